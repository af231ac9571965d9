// SPDX-License-Identifier: Apache-2.0
#include "ui/models/job_group.h"

#include "core/job/question.h"

#include <QCoreApplication>

namespace ui {

JobGroup groupOf(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    if (core::needsAttention(job, nowUtc)) {
        return JobGroup::NeedsAttention;
    }
    switch (job.state) {
    case core::JobState::Connecting:
    case core::JobState::Transferring:
        return JobGroup::Active;
    case core::JobState::Suspended:
        return JobGroup::Paused;
    case core::JobState::Queued:
    case core::JobState::TransientError:
        return JobGroup::Waiting;
    case core::JobState::Error:
        return JobGroup::NeedsAttention;
    case core::JobState::Transferred:
    case core::JobState::Acknowledged:
        return JobGroup::Finished;
    case core::JobState::Cancelled:
        return JobGroup::Cancelled;
    }
    Q_UNREACHABLE();
}

QString label(JobGroup group)
{
    switch (group) {
    case JobGroup::All:
        return QCoreApplication::translate("JobGroup", "All");
    case JobGroup::Active:
        return QCoreApplication::translate("JobGroup", "Active");
    case JobGroup::Waiting:
        return QCoreApplication::translate("JobGroup", "Waiting");
    case JobGroup::Paused:
        return QCoreApplication::translate("JobGroup", "Paused");
    case JobGroup::NeedsAttention:
        return QCoreApplication::translate("JobGroup", "Needs attention");
    case JobGroup::Finished:
        return QCoreApplication::translate("JobGroup", "Finished");
    case JobGroup::Cancelled:
        return QCoreApplication::translate("JobGroup", "Cancelled");
    case JobGroup::Uploads:
        return QCoreApplication::translate("JobGroup", "Uploads");
    }
    Q_UNREACHABLE();
}

} // namespace ui
