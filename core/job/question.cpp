// SPDX-License-Identifier: Apache-2.0
#include "core/job/question.h"

namespace core {

namespace {

template <typename Job>
std::optional<JobError> questionOfAny(const Job &job)
{
    switch (job.state) {
    case JobState::Error:
    case JobState::TransientError:
        return job.error.value_or(JobError{});
    case JobState::Transferred:
        return job.obstacle;
    case JobState::Suspended:
    case JobState::Queued:
    case JobState::Connecting:
    case JobState::Transferring:
    case JobState::Acknowledged:
    case JobState::Cancelled:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace

std::optional<JobError> questionOf(const JobSnapshot &job)
{
    return questionOfAny(job);
}

std::optional<JobError> questionOf(const JobRecord &job)
{
    return questionOfAny(job);
}

bool needsAnswer(const JobSnapshot &job)
{
    return job.state == JobState::Error || (job.state == JobState::Transferred && job.obstacle);
}

bool needsAttention(const JobSnapshot &job, const QDateTime &nowUtc)
{
    return needsAnswer(job) ||
           (job.state == JobState::TransientError && job.troubleSince &&
            job.troubleSince->msecsTo(nowUtc) > std::chrono::milliseconds(kOfferedAfter).count());
}

} // namespace core
