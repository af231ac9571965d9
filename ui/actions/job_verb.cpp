// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/job_verb.h"

#include "core/job/question.h"

#include <algorithm>

namespace ui {

namespace {

bool changes(const core::JobSnapshot &job, core::JobEvent event)
{
    const auto to = core::next(job.type, job.state, event);
    return to && *to != job.state;
}

/// The engine refuses Resume as Empty when every file is here already.
bool hasFilesLeft(const core::JobSnapshot &job)
{
    return job.progress.filesDone < job.progress.filesTotal || job.progress.filesTotal == 0;
}

bool canResume(const core::JobSnapshot &job)
{
    return changes(job, core::JobEvent::Resume) && hasFilesLeft(job);
}

} // namespace

bool allows(const core::JobSnapshot &job, JobVerb verb, const QDateTime &nowUtc)
{
    switch (verb) {
    case JobVerb::Resume:
        return canResume(job);
    case JobVerb::Suspend:
        return changes(job, core::JobEvent::Suspend);
    case JobVerb::Complete:
        return changes(job, core::JobEvent::Complete);
    case JobVerb::Cancel:
        return changes(job, core::JobEvent::Cancel);
    case JobVerb::Fix:
        return core::needsAttention(job, nowUtc);
    case JobVerb::Open:
        return job.type == core::JobType::Download && job.state == core::JobState::Acknowledged &&
               job.progress.filesDone > 0;
    case JobVerb::OpenFolder:
        return !job.folder.isEmpty();
    case JobVerb::CopyLink:
        return job.firstUrl.isValid();
    case JobVerb::Recheck:
        return job.type == core::JobType::Download && job.progress.bytesDone > 0 && canResume(job);
    case JobVerb::Again:
    case JobVerb::Remove:
        return core::isFinal(job.state);
    }
    Q_UNREACHABLE();
}

bool isPartial(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Acknowledged &&
           job.progress.filesDone < job.progress.filesTotal;
}

std::optional<JobVerb> firstVerb(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    for (const JobVerb verb : {JobVerb::Fix, JobVerb::Open, JobVerb::Suspend, JobVerb::Resume}) {
        if (allows(job, verb, nowUtc)) {
            return verb;
        }
    }
    return std::nullopt;
}

QList<core::JobSnapshot> allowing(const QList<core::JobSnapshot> &jobs, JobVerb verb,
                                  const QDateTime &nowUtc)
{
    QList<core::JobSnapshot> chosen;
    std::ranges::copy_if(jobs, std::back_inserter(chosen),
                         [&](const core::JobSnapshot &job) { return allows(job, verb, nowUtc); });
    return chosen;
}

} // namespace ui
