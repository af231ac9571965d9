// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/question.h"

#include "core/remedy/catalogue.h"

namespace ui {

std::optional<core::JobError> questionOf(const core::JobSnapshot &job)
{
    switch (job.state) {
    case core::JobState::Error:
    case core::JobState::TransientError:
        return job.error;
    case core::JobState::Transferred:
        return job.obstacle;
    case core::JobState::Suspended:
    case core::JobState::Queued:
    case core::JobState::Connecting:
    case core::JobState::Transferring:
    case core::JobState::Acknowledged:
    case core::JobState::Cancelled:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

bool isSameQuestion(const core::JobError &one, const core::JobError &other)
{
    return one.cause == other.cause && one.fileIndex == other.fileIndex && one.url == other.url &&
           one.localPath == other.localPath && one.certificate == other.certificate &&
           one.proxy == other.proxy && one.foundHash == other.foundHash &&
           core::fixesFor(one) == core::fixesFor(other);
}

} // namespace ui
