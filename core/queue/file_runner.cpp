// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_runner.h"

#include "core/queue/file_names.h"
#include "core/queue/job_orders.h"
#include "core/queue/timeline_entries.h"
#include "core/system/when_ready.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/range_manners.h"
#include "core/transfer/throttle.h"

#include <algorithm>

namespace core {

namespace {

/// Of a job of more files it is not told of each that it was begun, and fetched in one go.
constexpr int kToldOfEach = 50;

/// Where its name is taken, nobody is asked for it.
bool mayEndUnasked(const JobRecord &job, const FileRecord &file)
{
    const ExistingFile existing = file.existing.value_or(job.options.existing);
    const bool isNameLookedAt =
        existing == ExistingFile::Skip || (existing == ExistingFile::Ask && !file.name.isEmpty());
    return job.type == JobType::Download && file.failures == 0 && file.durable.isEmpty() &&
           isNameLookedAt;
}

} // namespace

FileRunner::FileRunner(World world, JobRecords *records, JobLife *life, const RunScope *scope,
                       JobListener *listener, Mediator *mediator)
    : m_world(std::move(world))
    , m_records(records)
    , m_life(life)
    , m_scope(scope)
    , m_listener(listener)
    , m_mediator(mediator)
    , m_pace(m_world.clock)
    , m_retries(records, life, &m_pace, m_world.clock, this)
    , m_outage(records, life, m_world.clock, m_world.isThisComputer, this)
    , m_attempts(m_world.transfer, this)
    , m_turns(m_world.clock)
    , m_nextTurn(m_world.clock)
{
}

void FileRunner::start(FileId file)
{
    m_records->changeFile(file, [](FileRecord &record) { record.state = FileState::Active; });
    const JobRecord &job = *m_records->find(file.job);
    if (m_attempts.countOf(file.job) == 0) {
        m_turns.begin(file.job);
        changed(file.job);
    }
    if (job.state == JobState::Queued) {
        m_life->transition(file.job, JobEvent::Start);
        static_cast<void>(m_records->commit(file.job));
    }
    m_pace.asked(file.job);
    const auto patience = job.options.noProgressTimeout;
    const TransferLimits limits =
        within(m_world.limits, patience, patience - m_pace.troubleFor(file.job));
    const AttemptOrder order =
        job.type == JobType::Upload
            ? AttemptOrder(uploadOrderFor(job, file.index, limits))
            : AttemptOrder(orderFor(job, file.index, limits, m_world.stateFolder));
    const FileRecord &record = job.files.at(file.index);
    if (job.files.size() > kToldOfEach && record.failures == 0 && record.durable.isEmpty()) {
        m_quiet.insert(file);
    } else {
        m_unasked.insert(file, timeline_entry::attemptStarted(order));
        if (!mayEndUnasked(job, record)) {
            noteStart(file);
        }
    }
    m_attempts.start(order);
}

void FileRunner::settle(JobId id)
{
    const JobRecord *job = m_records->find(id);
    const bool isToBeSettled = job != nullptr && isUnderWay(*job) && m_scope->covers(id) &&
                               !m_mediator->isBusy(id) && !m_isClosing &&
                               m_attempts.countOf(id) == 0;
    if (!isToBeSettled) {
        return;
    }
    const JobTotals &totals = m_records->totals(id);
    const bool isAnyToCome = std::ranges::any_of(totals.pending(), [&](const PendingFile &file) {
        return !m_retries.isHeld(*job, file.index);
    });
    if (isAnyToCome && !m_outage.isCutOff(id)) {
        if (isRunning(job->state)) {
            m_life->transition(id, JobEvent::Preempt);
        }
    } else if (totals.count(FileState::Waiting) + totals.count(FileState::Failed) > 0) {
        m_retries.settle(id);
    } else {
        if (job->state == JobState::Queued) {
            m_life->transition(id, JobEvent::Start);
        }
        m_life->transition(id, JobEvent::AllWhole);
        m_mediator->transferred(id);
    }
    static_cast<void>(m_records->commit(id));
}

void FileRunner::filesChosen(JobId id)
{
    const JobRecord &job = *m_records->find(id);
    for (const FileId file : m_attempts.filesOf(id)) {
        if (job.files.at(file.index).state == FileState::Unwanted) {
            m_attempts.stop(file);
        }
    }
    m_pace.measureAnew(id);
    m_retries.filesChosen(id);
    settle(id);
}

void FileRunner::takeUp(const JobRecord &job)
{
    if (m_scope->covers(job.id)) {
        m_retries.takeUp(job);
    }
    if (job.state == JobState::TransientError) {
        m_pace.troubled(job.id);
    }
}

void FileRunner::changed(JobId id)
{
    const JobOptions &options = m_records->find(id)->options;
    m_world.transfer.throttles->limit(id, options.limitBytesPerSecond);
    m_world.transfer.managers->hosts().ask(id, options.connections);
}

void FileRunner::forget(JobId id)
{
    m_pace.forget(id);
    m_turns.forget(id);
    m_bearingSeen.remove(id);
}

void FileRunner::stop(JobId id)
{
    m_attempts.stop(id);
    m_retries.cancel(id);
}

void FileRunner::close()
{
    m_isClosing = true;
    m_attempts.stopAll();
}

std::optional<FileId> FileRunner::nextRetry(JobId id) const
{
    return m_retries.next(id);
}

} // namespace core
