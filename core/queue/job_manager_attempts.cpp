// SPDX-License-Identifier: Apache-2.0
// Files under way: who is started, and what becomes of what the attempts tell.
#include "core/queue/chronicle.h"
#include "core/queue/job_manager.h"
#include "core/queue/retry_policy.h"
#include "core/remedy/catalogue.h"

#include <algorithm>

namespace core {

QList<Candidate> JobManager::candidates() const
{
    QList<Candidate> made;
    for (const auto &[id, job] : m_ledger.jobs()) {
        const bool mayRun = (job.state == JobState::Queued || isRunning(job.state)) && isOurs(id) &&
                            !m_busy.contains(id) && job.type == JobType::Download && !isCutOff(id);
        if (!mayRun) {
            continue;
        }
        Candidate candidate{.job = id, .priority = job.priority, .active = m_attempts.countOf(id)};
        for (const int index : m_ledger.tally(id).pending()) {
            if (candidate.pending.size() >= settings().filesAtOnce) {
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

void JobManager::schedule()
{
    if (m_isClosing) {
        return;
    }
    const QList<FileId> starts = filesToStart(candidates(), settings(), m_attempts.connections());
    for (const FileId file : starts) {
        startFile(file);
    }
}

void JobManager::startFile(FileId file)
{
    m_ledger.changeFile(file, [](FileRecord &record) { record.state = FileState::Active; });
    const JobRecord &job = *m_ledger.find(file.job);
    if (job.state == JobState::Queued) {
        move(file.job, JobEvent::Start);
        static_cast<void>(m_ledger.commit(file.job));
    }
    const DownloadOrder order = orderFor(job, file.index, m_world.limits);
    note(file.job, chronicle::attemptStarted(order), file.index);
    m_attempts.start(order);
}

QFuture<void> JobManager::identify(FileId file, const Identification &what)
{
    if (m_ledger.find(file.job) == nullptr) {
        return QtFuture::makeReadyFuture();
    }
    m_ledger.changeFile(file, [&what](FileRecord &record) {
        record.name = what.name;
        record.sizeBytes = what.sizeBytes;
        record.validator = what.validator;
        record.promisedHash = what.promisedHash;
        record.part = what.part;
    });
    // Where it cannot be stored the ledger tells of that, and the bytes come all the same.
    return m_ledger.commit(file.job).then([](const StoreResult<> & /*saved*/) {});
}

qint64 JobManager::liveBytes(const JobRecord &job) const
{
    qint64 bytes = 0;
    for (const FileId file : m_attempts.filesOf(job.id)) {
        const qint64 durable = job.files.at(file.index).durable.sizeBytes();
        bytes += std::max<qint64>(0, m_attempts.bytesDone(file) - durable);
    }
    return bytes;
}

void JobManager::onReceived(FileId file)
{
    const JobRecord *job = m_ledger.find(file.job);
    if (job == nullptr || !isRunning(job->state)) {
        return;
    }
    if (job->state == JobState::Connecting) {
        move(file.job, JobEvent::FirstByte);
        static_cast<void>(m_ledger.commit(file.job));
    }
    m_vitals.progressed(file.job, m_ledger.tally(file.job).progress().bytesDone + liveBytes(*job));
    Q_EMIT jobChanged(file.job);
}

void JobManager::onDurable(FileId file, const RangeSet &ranges)
{
    if (m_ledger.find(file.job) == nullptr) {
        return;
    }
    m_ledger.changeFile(file, [&ranges](FileRecord &record) {
        record.durable = ranges;
        record.failures = 0;
        record.error.reset();
    });
    static_cast<void>(m_ledger.commit(file.job));
}

void JobManager::onPartLost(FileId file)
{
    if (m_ledger.find(file.job) == nullptr) {
        return;
    }
    m_ledger.changeFile(file, [](FileRecord &record) {
        record.part = {};
        record.durable = {};
        record.validator = {};
        record.promisedHash.reset();
        record.sizeBytes.reset();
    });
    static_cast<void>(m_ledger.commit(file.job));
}

void JobManager::onEnded(FileId file, const AttemptOutcome &ended)
{
    const JobRecord *job = m_ledger.find(file.job);
    if (job == nullptr) {
        return;
    }
    const AttemptOutcome outcome = withNetwork(file, ended);
    if (const auto *receipt = std::get_if<Receipt>(&outcome)) {
        takeReceipt(file, *receipt);
        noteEnd(file, outcome);
    } else if (std::holds_alternative<NotWanted>(outcome)) {
        m_ledger.changeFile(file, [](FileRecord &record) { record.state = FileState::Unwanted; });
        noteEnd(file, outcome);
    } else if (const auto *error = std::get_if<JobError>(&outcome);
               error != nullptr && isRunning(job->state) && !m_busy.contains(file.job)) {
        takeError(file, *error);
    } else {
        // Stopped, or it failed when nobody wanted it any more.
        m_ledger.changeFile(file, [](FileRecord &record) { record.state = FileState::Pending; });
        noteEnd(file, outcome);
    }
    static_cast<void>(m_ledger.commit(file.job));
    schedule();
    reconsider(file.job);
}

void JobManager::noteEnd(FileId file, const AttemptOutcome &outcome)
{
    const FileRecord &record = m_ledger.find(file.job)->files.at(file.index);
    note(file.job, chronicle::attemptEnded(outcome, record.durable.sizeBytes()), file.index);
}

void JobManager::takeReceipt(FileId file, const Receipt &receipt)
{
    m_ledger.changeFile(file, [&receipt](FileRecord &record) {
        record.state = FileState::Whole;
        record.sizeBytes = receipt.sizeBytes;
        record.sizeSource = receipt.sizeSource;
        record.durable = RangeSet::prefix(receipt.sizeBytes);
        record.error.reset();
        record.failures = 0;
    });
}

void JobManager::takeError(FileId file, JobError error)
{
    const JobRecord &job = *m_ledger.find(file.job);
    const FileRecord &record = job.files.at(file.index);
    const Progress progress = m_ledger.tally(file.job).progress();
    error.jobBytesDone = progress.bytesDone;
    error.jobFilesDone = progress.filesDone;
    error.jobFilesTotal = progress.filesTotal;
    m_vitals.troubled(file.job);
    if (error.cause != Cause::Offline) {
        m_ledger.change(file.job, [](JobRecord &row) { ++row.errorCount; });
    }
    const auto delay = retryDelay({
        .error = error,
        .failures = record.failures + 1,
        .everAnswered = record.sizeBytes || !record.validator.isEmpty(),
        .troubleFor = m_vitals.troubleFor(file.job),
        .minDelay = job.options.minRetryDelay,
        .noProgressTimeout = job.options.noProgressTimeout,
        .jitter = m_world.random(),
    });
    note(file.job, chronicle::failed(error, delay), file.index);
    if (delay) {
        delayFile(file, error, *delay);
    } else {
        failFile(file, error);
    }
}

void JobManager::delayFile(FileId file, const JobError &error, std::chrono::milliseconds delay)
{
    const Due due{m_world.clock->utcNow().addMSecs(delay.count()), delay};
    m_ledger.changeFile(file, [&](FileRecord &record) {
        record.state = FileState::Waiting;
        record.error = error;
        record.due = due;
        ++record.failures;
    });
    m_waits.set(file, m_world.clock->now() + delay);
}

void JobManager::failFile(FileId file, const JobError &error)
{
    m_ledger.changeFile(file, [&error](FileRecord &record) {
        record.state = FileState::Failed;
        record.error = error;
        ++record.failures;
    });
    const bool stopsJob = catalogueRow(error.cause).scope == Scope::Job ||
                          m_ledger.find(file.job)->options.firstError == FirstError::StopJob;
    if (stopsJob) {
        failJob(file.job, JobEvent::FailForGood);
        m_attempts.stop(file.job);
        m_waits.cancel(file.job);
    }
}

void JobManager::onRetryDue(FileId file)
{
    const JobRecord *job = m_ledger.find(file.job);
    if (job == nullptr || job->files.at(file.index).state != FileState::Waiting) {
        return;
    }
    m_ledger.changeFile(file, [](FileRecord &record) {
        record.state = FileState::Pending;
        record.due.reset();
    });
    if (job->state == JobState::TransientError) {
        move(file.job, JobEvent::RetryDue);
    }
    static_cast<void>(m_ledger.commit(file.job));
    schedule();
}

void JobManager::onRoom(JobId id)
{
    const JobRecord *job = m_ledger.find(id);
    if (job == nullptr || job->state != JobState::Error) {
        return;
    }
    raise(id);
    static_cast<void>(m_ledger.commit(id));
    schedule();
}

LiveFigures JobManager::live(const JobRecord &job) const
{
    LiveFigures figures{.bytesNotYetDurable = liveBytes(job)};
    const QList<FileId> active = m_attempts.filesOf(job.id);
    if (!active.isEmpty()) {
        figures.currentFile = displayName(job.files.at(active.first().index));
    }
    if (job.state == JobState::Transferring) {
        const Progress progress = m_ledger.tally(job.id).progress();
        figures.bytesPerSecond = m_vitals.bytesPerSecond(job.id);
        if (progress.bytesTotal) {
            figures.remaining = m_vitals.remaining(
                job.id, *progress.bytesTotal - progress.bytesDone - figures.bytesNotYetDurable);
        }
    }
    if (job.state == JobState::TransientError) {
        if (const auto file = m_waits.earliestFile(job.id)) {
            figures.due = job.files.at(file->index).due;
        }
        figures.troubleSince =
            m_world.clock->utcNow().addMSecs(-m_vitals.troubleFor(job.id).count());
    }
    return figures;
}

} // namespace core
