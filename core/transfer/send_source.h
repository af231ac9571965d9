// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/upload_frame.h"

#include <QCoroTask>

namespace core {

/// What came of a request with bytes of the local file: the answer, or nothing when all of them
/// were sent and none came, so that nobody knows what the server did with them.
using SendEnd = std::optional<ResponseVerdict>;

/// Sends the request once, with that range of the file as its body. Where it breaks off in the
/// middle, the error is what the server has against it, if it says so. A file that changes
/// meanwhile ends it before the last byte is sent.
[[nodiscard]] QCoro::Task<StepResult<SendEnd>> sendSource(UploadFrame *frame, ExchangeOrder asked,
                                                          ByteRange range);

} // namespace core
