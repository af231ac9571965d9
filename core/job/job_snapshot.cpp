// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_snapshot.h"

namespace core {

bool needsAttention(const JobSnapshot &job, const QDateTime &nowUtc)
{
    switch (job.state) {
    case JobState::Error:
        return true;
    case JobState::Transferred:
        return job.obstacle.has_value();
    case JobState::TransientError:
        return job.troubleSince
               && job.troubleSince->msecsTo(nowUtc)
                      > std::chrono::milliseconds(kOfferedAfter).count();
    case JobState::Suspended:
    case JobState::Queued:
    case JobState::Connecting:
    case JobState::Transferring:
    case JobState::Acknowledged:
    case JobState::Cancelled:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace core
