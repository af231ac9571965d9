// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_state.h"
#include "core/job/timeline.h"

namespace core {

/// The job that something is told of.
struct ToldJob {
    int fileCount = 1; ///< with more than one it is said which file it is about
    JobType type = JobType::Download;

    bool operator==(const ToldJob &) const = default;
};

/// What happened, as one plain sentence without a full stop: "Connection lost at 24.0 of 40.0 MB;
/// trying again in 4 s". Plain text; no queries of addresses, no secrets.
[[nodiscard]] QString describe(const TimelineEntry &entry, const ToldJob &job);

} // namespace core
