// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_frame.h"

namespace core {

/// With the reason why the server refused (JobError::reason), as far as it can be told: from what
/// came before or, where a link was refused from the beginning, by asking once more with the header
/// that may have been missing. What is answered then only tells; it is not used. Where further
/// connections of other files may be the reason, their number goes down.
[[nodiscard]] QCoro::Task<AttemptOutcome> withReason(DownloadFrame *frame, AttemptOutcome outcome);

} // namespace core
