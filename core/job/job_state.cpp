// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_state.h"

#include "core/job/parse_name.h"

namespace core {

const char *name(JobState value)
{
    switch (value) {
    case JobState::Suspended:
        return "Suspended";
    case JobState::Queued:
        return "Queued";
    case JobState::Connecting:
        return "Connecting";
    case JobState::Transferring:
        return "Transferring";
    case JobState::TransientError:
        return "TransientError";
    case JobState::Error:
        return "Error";
    case JobState::Transferred:
        return "Transferred";
    case JobState::Acknowledged:
        return "Acknowledged";
    case JobState::Cancelled:
        return "Cancelled";
    }
    Q_UNREACHABLE();
}

const char *name(JobEvent value)
{
    switch (value) {
    case JobEvent::Resume:
        return "Resume";
    case JobEvent::Suspend:
        return "Suspend";
    case JobEvent::Complete:
        return "Complete";
    case JobEvent::Cancel:
        return "Cancel";
    case JobEvent::Start:
        return "Start";
    case JobEvent::FirstByte:
        return "FirstByte";
    case JobEvent::AllWhole:
        return "AllWhole";
    case JobEvent::Preempt:
        return "Preempt";
    case JobEvent::FailForNow:
        return "FailForNow";
    case JobEvent::FailForGood:
        return "FailForGood";
    case JobEvent::RetryDue:
        return "RetryDue";
    case JobEvent::NetworkBack:
        return "NetworkBack";
    case JobEvent::NoProgressExpired:
        return "NoProgressExpired";
    case JobEvent::ObstacleGone:
        return "ObstacleGone";
    case JobEvent::Obstructed:
        return "Obstructed";
    case JobEvent::Rejected:
        return "Rejected";
    }
    Q_UNREACHABLE();
}

const char *name(JobType value)
{
    switch (value) {
    case JobType::Download:
        return "Download";
    case JobType::Upload:
        return "Upload";
    case JobType::UploadReply:
        return "UploadReply";
    }
    Q_UNREACHABLE();
}

std::optional<JobState> parseJobState(QStringView text)
{
    return parseName(kJobStates, text);
}

std::optional<JobType> parseJobType(QStringView text)
{
    return parseName(std::array{JobType::Download, JobType::Upload, JobType::UploadReply}, text);
}

} // namespace core
