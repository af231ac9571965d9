// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_session.h"
#include "core/transfer/stage.h"

#include <QCoroTask>

namespace core {

// The steps of an attempt that ask the server. The session belongs to the frame of the attempt,
// which awaits each of them.

/// Asks, follows redirects, and comes back with a verdict that is not one. Every attempt starts at
/// the job's own address: what a redirect led to may have expired.
[[nodiscard]] QCoro::Task<Stage<Verdict>> request(DownloadSession *session, RangeAsk ask);

/// What lies beyond the bytes that came.
enum class Beyond {
    Nothing, ///< the server says that this is all
    More,    ///< the body ended before the file
    Unknown, ///< it does not say
};

/// Damaged chunks and a lost connection look to QNetworkAccessManager like the end of a body. Where
/// nobody has said how long the file is, one more request asks for what follows the last byte: a
/// server that knows ranges answers with the length (RFC 9110, 14.4 and 15.5.17).
[[nodiscard]] QCoro::Task<Stage<Beyond>> lookBeyondEnd(DownloadSession *session);

} // namespace core
