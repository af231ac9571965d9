// SPDX-License-Identifier: Apache-2.0
// What is asked of the jobs, and what is written down of them.
#include "core/queue/job_manager.h"
#include "core/store/store_thread.h"

namespace core {

void JobManager::note(JobId id, const Happening &what, std::optional<int> file)
{
    const TimelineEntry entry{.time = m_world.clock->utcNow(), .fileIndex = file, .what = what};
    m_ledger.note(id, entry);
    Q_EMIT noted(id, entry);
}

/// A command that is accepted and changes nothing is no news.
void JobManager::noteDecision(JobId id, JobEvent command, Decider by)
{
    const JobState state = m_ledger.find(id)->state;
    if (next(state, command) != state) {
        note(id, happening::Decided{.command = command, .by = by});
    }
}

JobIds JobManager::ids() const
{
    JobIds all;
    for (const auto &[id, job] : m_ledger.jobs()) {
        all.append(id);
    }
    return all;
}

bool JobManager::isOurs(JobId id) const
{
    return m_world.run == RunPolicy::Everything ||
           (m_world.run == RunPolicy::OnlyCommanded && m_commanded.contains(id));
}

std::optional<JobSnapshot> JobManager::snapshot(JobId id) const
{
    const JobRecord *job = m_ledger.find(id);
    return job == nullptr ? std::nullopt
                          : std::optional(snapshotOf(*job, m_ledger.tally(id), live(*job)));
}

std::optional<int> JobManager::fileCount(JobId id) const
{
    const JobRecord *job = m_ledger.find(id);
    return job == nullptr ? std::nullopt : std::optional(int(job->files.size()));
}

QList<FileSnapshot> JobManager::files(JobId id, int first, int count) const
{
    QList<FileSnapshot> page;
    const JobRecord *job = m_ledger.find(id);
    if (job == nullptr || first < 0 || count < 0) {
        return page;
    }
    const int end = int(std::min<qsizetype>(job->files.size(), qsizetype(first) + count));
    for (int i = first; i < end; ++i) {
        page.append(snapshotOf(*job, i, m_attempts.bytesDone({id, i})));
    }
    return page;
}

QFuture<Answer<TimelinePage>> JobManager::timeline(JobId id, int first, int count) const
{
    if (m_ledger.find(id) == nullptr) {
        return QtFuture::makeReadyFuture(Answer<TimelinePage>(tl::unexpected(
            Refusal{.kind = RefusalKind::UnknownJob, .job = id, .subject = text(id)})));
    }
    return m_world.store->timeline(id, first, count)
        .then([](const StoreResult<TimelinePage> &page) -> Answer<TimelinePage> {
            if (page) {
                return *page;
            }
            return tl::unexpected(
                Refusal{.kind = RefusalKind::StoreFailed, .subject = page.error().detail});
        });
}

} // namespace core
