// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/job/timeline.h"

namespace core {

/// An entry of the timeline of a job as a line for the log: English and exact, with the names that
/// the store and JSON use.
[[nodiscard]] QString logLine(JobId job, const TimelineEntry &entry);

} // namespace core
