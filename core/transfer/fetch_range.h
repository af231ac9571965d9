// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_frame.h"
#include "core/transfer/step_result.h"

namespace core {

/// Whether the name may be given to the file, by what stands under it and what the job says to do
/// then. Asked before anything is fetched rather than after all of it.
[[nodiscard]] QCoro::Task<StepResult<>> checkName(DownloadFrame *frame, QString fileName);

/// Asks for bytes that are missing, and takes what comes: a web page is refused, what we have is
/// compared, what is new is written. Before an answer that may be owed to the Range of the request
/// is the last word, the file is asked for once without; what comes of that counts.
[[nodiscard]] QCoro::Task<StepResult<>> fetchRange(DownloadFrame *frame, OpenRange range);

} // namespace core
