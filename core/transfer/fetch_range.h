// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_frame.h"
#include "core/transfer/step_result.h"

namespace core {

/// Asks for bytes that are missing, and takes what comes: a web page is refused, what we have is
/// compared, what is new is written. Before an answer that may be owed to the Range of the request
/// is the last word, the file is asked for once without; what comes of that counts.
[[nodiscard]] QCoro::Task<StepResult<>> fetchRange(DownloadFrame *frame, OpenRange range);

} // namespace core
