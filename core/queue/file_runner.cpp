// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_runner.h"

#include "core/queue/job_orders.h"
#include "core/queue/timeline_entries.h"
#include "core/system/when_ready.h"

#include <algorithm>

namespace core {

namespace {

bool isUnderWay(const JobRecord &job)
{
    return job.state == JobState::Queued || isRunning(job.state);
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
{
}

QList<Candidate> FileRunner::candidates() const
{
    QList<Candidate> made;
    const Settings &settings = m_records->settings();
    for (const auto &[id, job] : m_records->jobs()) {
        const bool mayRun = isUnderWay(job) && m_scope->covers(id) && !m_mediator->isBusy(id) &&
                            job.type == JobType::Download && !m_outage.isCutOff(id);
        if (!mayRun) {
            continue;
        }
        Candidate candidate{.job = id, .priority = job.priority, .active = m_attempts.countOf(id)};
        for (const int index : m_records->totals(id).pending()) {
            if (candidate.pending.size() >= settings.filesAtOnce) {
                break;
            }
            if (!m_attempts.has({id, index})) {
                candidate.pending.append({index, originOf(job.files.at(index).spec.url)});
            }
        }
        made.append(candidate);
    }
    return made;
}

void FileRunner::schedule()
{
    if (m_isClosing || m_records->isFailing()) { // what is begun must be known afterwards
        return;
    }
    const QList<FileId> starts =
        filesToStart(candidates(), m_records->settings(), m_attempts.connections());
    for (const FileId file : starts) {
        const JobRecord &job = *m_records->find(file.job);
        if (isToBeMoved(job, job.files.at(file.index)) && !m_records->isSaved(file.job)) {
            scheduleWhenSaved(file.job);
        } else {
            start(file);
        }
    }
}

/// A part goes into another folder when the list says where to look for it.
void FileRunner::scheduleWhenSaved(JobId id)
{
    if (m_awaitingSaved.contains(id)) {
        return;
    }
    m_awaitingSaved.insert(id);
    whenReady(m_records->saved(id), this, [this, id](bool isSaved) {
        m_awaitingSaved.remove(id);
        if (isSaved) {
            schedule();
        }
    });
}

void FileRunner::start(FileId file)
{
    m_records->changeFile(file, [](FileRecord &record) { record.state = FileState::Active; });
    const JobRecord &job = *m_records->find(file.job);
    if (job.state == JobState::Queued) {
        m_life->transition(file.job, JobEvent::Start);
        static_cast<void>(m_records->commit(file.job));
    }
    const DownloadOrder order = orderFor(job, file.index, m_world.limits, m_world.stateFolder);
    m_life->note(file.job, timeline_entry::attemptStarted(order), file.index);
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
    if (!totals.pending().empty() && !m_outage.isCutOff(id)) {
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

void FileRunner::takeUp(const JobRecord &job)
{
    if (m_scope->covers(job.id)) {
        m_retries.takeUp(job);
    }
    if (job.state == JobState::TransientError) {
        m_pace.troubled(job.id);
    }
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

void FileRunner::setOnline(bool isOnline)
{
    if (!m_outage.become(isOnline)) {
        return;
    }
    const JobIds all = m_records->ids();
    for (const JobId id : all) {
        if (m_scope->covers(id) && !m_mediator->isBusy(id)) {
            m_outage.apply(id);
            static_cast<void>(m_records->commit(id));
        }
    }
    schedule();
    for (const JobId id : all) {
        settle(id);
    }
}

QFuture<bool> FileRunner::identified(FileId file, const Identification &what)
{
    if (m_records->find(file.job) == nullptr) {
        return readyFuture(false);
    }
    m_records->changeFile(file, [&what](FileRecord &record) {
        record.name = what.name;
        record.sizeBytes = what.sizeBytes;
        record.validator = what.validator;
        record.promisedHash = what.promisedHash;
        takePart(&record, what.part);
    });
    // Where it cannot be stored the records tell of that, and the bytes come all the same.
    return m_records->commit(file.job).then(
        [](const StoreResult<> &saved) { return saved.has_value(); });
}

QFuture<bool> FileRunner::copied(FileId file, const PartIdentity &copy)
{
    if (m_records->find(file.job) == nullptr) {
        return readyFuture(false);
    }
    m_records->changeFile(file, [&copy](FileRecord &record) { noteCopy(&record, copy); });
    return m_records->commit(file.job).then([](const StoreResult<> & /*saved*/) { return true; });
}

void FileRunner::received(FileId file)
{
    const JobRecord *job = m_records->find(file.job);
    if (job == nullptr || !isRunning(job->state)) {
        return;
    }
    if (job->state == JobState::Connecting) {
        m_life->transition(file.job, JobEvent::FirstByte);
        static_cast<void>(m_records->commit(file.job));
    }
    m_pace.progressed(file.job,
                      m_records->totals(file.job).progress().bytesDone + bytesNotYetDurable(*job));
    m_listener->jobChanged(file.job);
}

void FileRunner::durable(FileId file, const RangeSet &ranges, const PartSeal &seal)
{
    if (m_records->find(file.job) == nullptr) {
        return;
    }
    m_records->changeFile(file, [&ranges, &seal](FileRecord &record) {
        const bool hasGained = ranges.sizeBytes() > record.durable.sizeBytes();
        record.durable = ranges;
        record.seal = seal;
        if (hasGained) {
            record.failures = 0;
            record.error.reset();
        }
    });
    static_cast<void>(m_records->commit(file.job));
}

void FileRunner::damaged(FileId file, qint64 bytes)
{
    if (m_records->find(file.job) != nullptr) {
        m_life->note(file.job, happening::Damaged{.bytes = bytes}, file.index);
        static_cast<void>(m_records->commit(file.job));
    }
}

void FileRunner::partLost(FileId file)
{
    const JobRecord *job = m_records->find(file.job);
    if (job == nullptr) {
        return;
    }
    const qint64 lostBytes = job->files.at(file.index).durable.sizeBytes();
    if (lostBytes > 0) {
        m_life->note(file.job, happening::Damaged{.bytes = lostBytes}, file.index);
    }
    m_records->changeFile(file, [](FileRecord &record) {
        record.part = {};
        record.durable = {};
        record.seal = {};
        record.validator = {};
        record.promisedHash.reset();
        record.sizeBytes.reset();
    });
    static_cast<void>(m_records->commit(file.job));
}

void FileRunner::ended(FileId file, const AttemptOutcome &end)
{
    const JobRecord *job = m_records->find(file.job);
    if (job == nullptr) {
        return;
    }
    const bool isWanted = isRunning(job->state) && !m_mediator->isBusy(file.job);
    const AttemptOutcome outcome = m_outage.explained(file, end, isWanted && !m_isClosing);
    if (const auto *error = std::get_if<JobError>(&outcome); error != nullptr && isWanted) {
        m_retries.failed(file, *error);
    } else if (const auto *receipt = std::get_if<Receipt>(&outcome)) {
        takeReceipt(file, *receipt);
        noteEnd(file, outcome);
    } else {
        // Stopped, or it failed when nobody wanted it any more.
        const bool isUnwanted = std::holds_alternative<NotWanted>(outcome);
        m_records->changeFile(file, [isUnwanted](FileRecord &record) {
            record.state = isUnwanted ? FileState::Unwanted : FileState::Pending;
        });
        noteEnd(file, outcome);
    }
    static_cast<void>(m_records->commit(file.job));
    schedule();
    settle(file.job);
}

void FileRunner::takeReceipt(FileId file, const Receipt &receipt)
{
    m_records->changeFile(file, [&receipt](FileRecord &record) {
        record.state = FileState::Whole;
        record.sizeBytes = receipt.sizeBytes;
        record.sizeSource = receipt.sizeSource;
        record.durable = RangeSet::prefix(receipt.sizeBytes);
        record.error.reset();
        record.failures = 0;
    });
    m_mediator->proven(file);
}

void FileRunner::noteEnd(FileId file, const AttemptOutcome &outcome)
{
    const FileRecord &record = m_records->find(file.job)->files.at(file.index);
    m_life->note(file.job, timeline_entry::attemptEnded(outcome, record.durable.sizeBytes()),
                 file.index);
}

std::optional<FileId> FileRunner::nextRetry(JobId id) const
{
    return m_retries.next(id);
}

qint64 FileRunner::bytesNotYetDurable(const JobRecord &job) const
{
    qint64 bytes = 0;
    for (const FileId file : m_attempts.filesOf(job.id)) {
        const qint64 durable = job.files.at(file.index).durable.sizeBytes();
        bytes += std::max<qint64>(0, m_attempts.bytesDone(file) - durable);
    }
    return bytes;
}

LiveFigures FileRunner::live(const JobRecord &job) const
{
    LiveFigures figures{.bytesNotYetDurable = bytesNotYetDurable(job)};
    const QList<FileId> active = m_attempts.filesOf(job.id);
    if (!active.isEmpty()) {
        figures.currentFile = displayName(job.files.at(active.first().index));
    }
    if (job.state == JobState::Transferring) {
        const Progress progress = m_records->totals(job.id).progress();
        figures.bytesPerSecond = m_pace.bytesPerSecond(job.id);
        if (progress.bytesTotal) {
            figures.remaining = m_pace.remaining(job.id, *progress.bytesTotal - progress.bytesDone -
                                                             figures.bytesNotYetDurable);
        }
    }
    if (job.state == JobState::TransientError) {
        if (const auto file = m_retries.next(job.id)) {
            figures.due = job.files.at(file->index).due;
        }
        figures.troubleSince = m_world.clock->utcNow().addMSecs(-m_pace.troubleFor(job.id).count());
    }
    return figures;
}

} // namespace core
