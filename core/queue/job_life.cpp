// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_life.h"

#include "core/queue/job_orders.h"
#include "core/queue/timeline_entries.h"
#include "core/system/when_ready.h"

namespace core {

JobLife::JobLife(JobRecords *records, const RunScope *scope, const Clock *clock,
                 JobListener *listener, Mediator *mediator)
    : m_records(records)
    , m_scope(scope)
    , m_clock(clock)
    , m_listener(listener)
    , m_mediator(mediator)
{
}

void JobLife::transition(JobId id, JobEvent event)
{
    const JobRecord &job = *m_records->find(id);
    const auto to = next(job.type, job.state, event);
    Q_ASSERT_X(to, "JobLife::transition", name(event));
    if (!to || *to == job.state) {
        return;
    }
    note(id, happening::StateChanged{.from = job.state, .to = *to, .event = event});
    m_records->change(id, [this, to](JobRecord &row) {
        row.state = *to;
        row.modifiedAt = m_clock->utcNow();
    });
    enter(id, *to, event);
    m_mediator->entered(job);
    m_listener->jobChanged(id);
}

void JobLife::enter(JobId id, JobState state, JobEvent event)
{
    switch (state) {
    case JobState::Transferring:
        m_records->change(id, [](JobRecord &job) { job.error.reset(); });
        return;
    case JobState::Error:
        tell(id);
        return;
    case JobState::Transferred:
        m_records->change(id, [this](JobRecord &job) {
            job.transferredAt = m_clock->utcNow();
            job.error.reset();
        });
        if (event == JobEvent::AllWhole &&
            m_records->find(id)->options.complete == CompleteMode::OnRequest) {
            tell(id);
        }
        return;
    case JobState::Suspended:
    case JobState::Queued:
    case JobState::Connecting:
    case JobState::TransientError:
    case JobState::Acknowledged:
    case JobState::Cancelled:
        // The state has moved on: what was to be told of the last one is not news any more.
        m_records->change(id, [](JobRecord &job) { job.untold = {}; });
        m_listener->noticeVoid(id);
        return;
    }
}

void JobLife::goOn(JobId id)
{
    JobRecord revived = *m_records->find(id);
    revive(&revived);
    m_records->replace(std::move(revived));
    noteDecision(id, JobEvent::Resume, Decider::Engine);
    transition(id, JobEvent::ObstacleGone);
}

void JobLife::fail(JobId id, JobEvent event, std::optional<JobError> error)
{
    if (error) {
        error = withProgress(*error, m_records->totals(id).progress());
    }
    m_records->change(id, [&error](JobRecord &job) { job.error = error; });
    transition(id, event);
}

void JobLife::ask(JobId id, const JobError &error)
{
    const JobError asked = withProgress(error, m_records->totals(id).progress());
    m_records->change(id, [&asked](JobRecord &job) { job.error = asked; });
    m_listener->noticeVoid(id);
    tell(id);
    m_listener->jobChanged(id);
}

void JobLife::recount(JobId id)
{
    const Progress progress = m_records->totals(id).progress();
    const auto count = [&progress](std::optional<JobError> *error) {
        if (*error) {
            *error = withProgress(**error, progress);
        }
    };
    for (int i = 0; i < int(m_records->find(id)->files.size()); ++i) {
        if (m_records->find(id)->files.at(i).error) {
            m_records->changeFile({id, i}, [&count](FileRecord &file) { count(&file.error); });
        }
    }
    m_records->change(id, [&count](JobRecord &job) {
        count(&job.error);
        count(&job.obstacle);
    });
}

void JobLife::obstruct(JobId id, JobError obstacle)
{
    obstacle = withProgress(obstacle, m_records->totals(id).progress());
    obstacle.time = m_clock->utcNow();
    m_records->change(id, [&obstacle](JobRecord &job) { job.obstacle = obstacle; });
    transition(id, JobEvent::Obstructed);
    m_mediator->entered(*m_records->find(id)); // also when it was Transferred already
    m_listener->jobChanged(id);
}

void JobLife::reject(JobId id, const QList<JobError> &files)
{
    const auto progress = m_records->totals(id).progress();
    for (JobError error : files) {
        error = withProgress(error, progress);
        error.time = m_clock->utcNow();
        error.url = m_records->find(id)->files.at(error.fileIndex).spec.url;
        m_records->changeFile({id, error.fileIndex}, [&error](FileRecord &file) {
            file.state = FileState::Failed;
            file.error = error;
        });
        note(id, timeline_entry::failed(error, std::nullopt), error.fileIndex);
    }
    transition(id, JobEvent::Obstructed); // unless it is Transferred already
    m_records->change(id, [&](JobRecord &job) {
        job.obstacle.reset();
        job.error = job.files.at(files.first().fileIndex).error;
        ++job.errorCount;
    });
    transition(id, JobEvent::Rejected);
}

void JobLife::tell(JobId id)
{
    m_records->change(id, [](JobRecord &job) {
        job.untold = {.frontEnds = true, .command = !job.options.notifyCommand.isEmpty()};
    });
    whenReady(m_records->commit(id), this, [this, id](const StoreResult<> & /*told of*/) {
        const JobRecord *job = m_records->find(id);
        if (job != nullptr && job->untold.isAny() && m_scope->covers(id)) {
            m_listener->noticeDue(id, job->untold);
        }
    });
}

void JobLife::gather(JobId id, qint64 bytes)
{
    constexpr int kMany = 500;
    constexpr qint64 kLongAgoSec = 30;
    const QDateTime now = m_clock->utcNow();
    Gathered &gathered = m_gathered[id];
    if (gathered.what.files == 0) {
        gathered.since = now;
    }
    ++gathered.what.files;
    gathered.what.bytes += bytes;
    if (gathered.what.files >= kMany || gathered.since.secsTo(now) >= kLongAgoSec) {
        noteGathered(id);
    }
}

// NOLINTNEXTLINE(misc-no-recursion): what was gathered is taken before it is noted
void JobLife::noteGathered(JobId id)
{
    if (m_gathered.contains(id)) {
        note(id, m_gathered.take(id).what);
    }
}

// NOLINTNEXTLINE(misc-no-recursion): see noteGathered()
void JobLife::note(JobId id, const Happening &what, std::optional<int> file)
{
    noteGathered(id);
    const TimelineEntry entry{.time = m_clock->utcNow(), .fileIndex = file, .what = what};
    m_records->note(id, entry);
    m_listener->noted(id, entry);
}

void JobLife::noteDecision(JobId id, JobEvent command, Decider by)
{
    const JobState state = m_records->find(id)->state;
    if (next(state, command) != state) {
        note(id, happening::Decided{.command = command, .by = by});
    }
}

} // namespace core
