// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_names.h"
#include "core/queue/file_runner.h"
#include "core/queue/job_orders.h"
#include "core/queue/timeline_entries.h"
#include "core/system/mapped_future.h"
#include "core/system/when_ready.h"
#include "core/transfer/exchange/network_manager_pool.h"

// What attempts tell of their files.

namespace core {

namespace {

/// The name was taken, and that was seen before any server was asked.
bool endedUnasked(const AttemptOutcome &end)
{
    const auto *error = std::get_if<JobError>(&end);
    return std::holds_alternative<NotWanted>(end) ||
           (error != nullptr && error->httpStatus == 0 &&
            (error->cause == Cause::NameExists || error->cause == Cause::NotRegularFile));
}

} // namespace

QString FileRunner::named(FileId file, const QString &proposed)
{
    const JobRecord *job = m_records->find(file.job);
    if (job == nullptr) {
        return proposed;
    }
    noteStart(file);
    const QString name = nameInTurn(*job, m_records->totals(file.job), file.index, proposed);
    m_records->nameFile(file, name);
    if (name != proposed) {
        if (job->options.existing == ExistingFile::Replace) {
            // Nobody has asked to replace what has the name that was made up.
            m_records->changeFile(file, [](FileRecord &numbered) {
                numbered.existing = numbered.existing.value_or(ExistingFile::KeepBoth);
            });
        }
        noted(file, Note::NumberedName);
    }
    return name;
}

void FileRunner::noted(FileId file, Note note)
{
    if (const JobRecord *job = m_records->find(file.job)) {
        const QString name = displayName(job->files.at(file.index));
        noteStart(file);
        m_life->note(file.job, happening::Noted{.note = note, .fileName = name}, file.index);
        static_cast<void>(m_records->commit(file.job));
    }
}

void FileRunner::rememberServer(const JobRecord &job, const FileRecord &file)
{
    const auto &managers = m_world.transfer.managers;
    const QByteArray servedAs = managers->answers().servedAs(job.id, file.spec.url);
    if (!servedAs.isEmpty() && servedAs != job.servedAs) {
        m_records->change(job.id, [&servedAs](JobRecord &record) { record.servedAs = servedAs; });
    }
    const HostConnections &hosts = managers->hosts();
    if (m_bearingSeen.value(job.id) == hosts.changes()) {
        return;
    }
    m_bearingSeen.insert(job.id, hosts.changes());
    const auto borne = hosts.borneBy(originOf(job.files.first().spec.url));
    if (borne && borne != job.connectionsBorne) {
        m_records->change(job.id, [&borne](JobRecord &record) { record.connectionsBorne = borne; });
    }
}

QFuture<bool> FileRunner::identified(FileId file, const Identification &what)
{
    if (m_records->find(file.job) == nullptr) {
        return readyFuture(false);
    }
    noteStart(file);
    m_records->changeFile(file, [&what](FileRecord &record) {
        record.sizeBytes = what.sizeBytes;
        record.validator = what.validator;
        record.promisedHash = what.promisedHash;
        takePart(&record, what.part);
    });
    // Where it cannot be stored the records tell of that, and the bytes come all the same.
    return m_records->savedAtOnce(file.job);
}

QFuture<bool> FileRunner::copied(FileId file, const PartIdentity &copy)
{
    if (m_records->find(file.job) == nullptr) {
        return readyFuture(false);
    }
    m_records->changeFile(file, [&copy](FileRecord &record) { noteCopy(&record, copy); });
    return mappedFuture(m_records->commit(file.job),
                        [](const StoreResult<> & /*saved*/) { return true; });
}

QFuture<bool> FileRunner::unpacked(FileId file, const UnpackedPart &what)
{
    if (m_records->find(file.job) == nullptr) {
        return readyFuture(false);
    }
    m_records->changeFile(file, [&what](FileRecord &record) {
        takePart(&record, what.part);
        record.acceptance = Acceptance::Unpacked;
        record.sizeBytes = what.sizeBytes;
        record.durable = RangeSet::prefix(what.sizeBytes);
        record.seal = what.seal;
        record.promisedHash.reset(); // it is of the file as it came (RFC 9530, 3)
    });
    noted(file, Note::Unpacked);
    return mappedFuture(m_records->saved(file.job), [](bool isSaved) { return isSaved; });
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
    const qint64 durable = m_records->totals(file.job).progress().bytesDone;
    const qint64 done = durable + bytesNotYetDurable(*job);
    const bool isUpload = job->type == JobType::Upload;
    m_pace.progressed(file.job, done, isUpload ? std::optional(durable) : std::nullopt);
    m_listener->jobChanged(file.job);
}

void FileRunner::durable(FileId file, const RangeSet &ranges, const PartSeal &seal)
{
    if (m_records->find(file.job) == nullptr) {
        return;
    }
    m_records->changeFile(file, [&ranges, &seal](FileRecord &record) {
        const bool hasGained = ranges.sizeBytes() > record.durable.sizeBytes();
        takeDurable(&record, ranges, seal);
        if (hasGained) {
            record.failures = 0;
            record.error.reset();
        }
    });
    static_cast<void>(m_records->commit(file.job));
}

void FileRunner::rechecked(FileId file, qint64 damagedBytes, qint64 missingBytes)
{
    if (m_records->find(file.job) != nullptr) {
        m_life->note(file.job,
                     happening::Rechecked{.bytes = damagedBytes, .missingBytes = missingBytes},
                     file.index);
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
        m_life->note(file.job, happening::Rechecked{.bytes = lostBytes, .missingBytes = lostBytes},
                     file.index);
    }
    m_records->changeFile(file, [](FileRecord &record) {
        record.part = {};
        record.durable = {};
        record.seal = {};
        record.validator = {};
        record.promisedHash.reset();
        record.sizeBytes.reset();
        record.acceptance = asItComes(record.acceptance);
    });
    static_cast<void>(m_records->commit(file.job));
}

QFuture<bool> FileRunner::learned(FileId file, const UploadMark &mark, qint64 sizeBytes)
{
    if (m_records->find(file.job) == nullptr) {
        return readyFuture(false);
    }
    m_records->changeFile(file, [&mark, sizeBytes](FileRecord &record) {
        record.upload = mark;
        record.sizeBytes = sizeBytes;
    });
    return m_records->savedAtOnce(file.job);
}

void FileRunner::ended(FileId file, const AttemptOutcome &end)
{
    const JobRecord *job = m_records->find(file.job);
    if (job == nullptr) {
        return;
    }
    rememberServer(*job, job->files.at(file.index));
    if (endedUnasked(end)) {
        m_unasked.remove(file);
    }
    noteStart(file);
    // It may have been left out since, and even be wanted again.
    const FileState state = job->files.at(file.index).state;
    const bool isWanted =
        isRunning(job->state) && !m_mediator->isBusy(file.job) && state == FileState::Active;
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
            record.state = isUnwanted                          ? FileState::Unwanted
                           : record.state == FileState::Active ? FileState::Pending
                                                               : record.state;
        });
        noteEnd(file, outcome);
    }
    m_quiet.remove(file);
    static_cast<void>(m_records->commit(file.job));
    schedule();
    settle(file.job);
}

void FileRunner::noteStart(FileId file)
{
    if (m_unasked.contains(file)) {
        m_life->note(file.job, m_unasked.take(file), file.index);
    }
}

void FileRunner::takeReceipt(FileId file, const Receipt &receipt)
{
    m_records->changeFile(file, [&receipt](FileRecord &record) {
        const bool isLeftOut = record.state == FileState::Unwanted;
        record.state = isLeftOut ? FileState::Unwanted : FileState::Whole;
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
    const qint64 bytes = record.durable.sizeBytes();
    const bool isQuiet = m_quiet.contains(file);
    if (isQuiet && std::holds_alternative<Receipt>(outcome)) {
        m_life->gather(file.job, bytes);
    } else if (!isQuiet || bytes > 0) {
        m_life->note(file.job, timeline_entry::attemptEnded(outcome, bytes, displayName(record)),
                     file.index);
    }
}

} // namespace core
