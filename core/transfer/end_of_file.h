// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_frame.h"
#include "core/transfer/step_result.h"

namespace core {

/// What lies beyond the bytes that came.
enum class Beyond {
    Nothing, ///< the server says that this is all
    More,    ///< the body ended before the file
    Unknown, ///< it does not say
};

/// Damaged chunks and a lost connection look to QNetworkAccessManager like the end of a body. Where
/// nobody has said how long the file is, one more request asks for what follows the last byte: a
/// server that knows ranges answers with the length (RFC 9110, 14.4 and 15.5.17). One on this
/// computer that sends all again instead is listened to: whether it has more, or breaks off, or
/// ends sooner, which are errors of the attempt.
[[nodiscard]] QCoro::Task<StepResult<Beyond>> confirmEndOfFile(DownloadFrame *frame);

} // namespace core
