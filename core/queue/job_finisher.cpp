// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_finisher.h"

#include "core/queue/job_orders.h"
#include "core/queue/job_snapshots.h"
#include "core/queue/timeline_entries.h"
#include "core/system/when_ready.h"

#include <QCoroFuture>
#include <QFileInfo>

namespace core {

JobFinisher::JobFinisher(JobRecords *records, JobLife *life, Volumes *volumes, Mediator *mediator)
    : m_records(records)
    , m_life(life)
    , m_volumes(volumes)
    , m_mediator(mediator)
{
}

QFuture<Completion> JobFinisher::complete(JobId id, PartialFiles partial, Decider by)
{
    m_life->noteDecision(id, JobEvent::Complete, by);
    if (by == Decider::Person) {
        keepBesideWhatIsThere(id);
    }
    m_busy.insert(id);
    auto promise = std::make_shared<QPromise<Completion>>();
    promise->start();
    QCoro::connect(carryOutComplete(id, partial, by), this,
                   [promise](const Completion &completion) {
                       promise->addResult(completion);
                       promise->finish();
                   });
    return promise->future();
}

/// Where the name is what is asked about, to keep what is whole is an answer: beside what has it.
void JobFinisher::keepBesideWhatIsThere(JobId id)
{
    const JobRecord &job = *m_records->find(id);
    const bool isAsked = job.obstacle && job.obstacle->cause == Cause::NameExists;
    for (int i = 0; isAsked && i < int(job.files.size()); ++i) {
        const FileRecord &file = job.files.at(i);
        if (file.state == FileState::Whole &&
            file.existing.value_or(job.options.existing) == ExistingFile::Ask) {
            m_records->changeFile(
                {id, i}, [](FileRecord &record) { record.existing = ExistingFile::KeepBoth; });
        }
    }
}

QCoro::Task<Completion> JobFinisher::carryOutComplete(JobId id, PartialFiles partial, Decider by)
{
    // A job that is busy is not removed, so it is there after every wait below.
    const auto halted = m_mediator->halt(id);
    co_await halted;
    const auto intent = m_records->saved(id);
    const bool isIntended = co_await intent;
    if (!isIntended) {
        end(id);
        co_return Completion{.job = id};
    }
    const CompletionOrder order = orderOf(id);
    const CompletionEvents events = eventsOf(id);
    const std::stop_token stop = m_publishing[id].stop.get_token();
    CompletionReport report = co_await carryOut(m_volumes, order, stop, events);
    if (report.isBrokenOff && report.rejected.isEmpty() && !report.obstacle) {
        const auto kept = m_records->saved(id);
        co_await kept;
        const Completion left{.job = id, .manifest = manifestOf(*m_records->find(id))};
        end(id);
        co_return left; // in the state it was in, with what is left to be published
    }
    takeDamage(id, &report, by);
    closeUploads(id);
    Completion completion{.job = id, .manifest = manifestOf(*m_records->find(id))};
    completion.obstacle =
        report.rejected.isEmpty() ? report.obstacle : std::optional(report.rejected.first());
    m_life->note(id, timeline_entry::completed(completion));
    settle(id, report, partial);
    if (partial == PartialFiles::Remove && isFinal(m_records->find(id)->state)) {
        for (ManifestEntry &entry : completion.manifest.partial) {
            entry.path.clear();
        }
    }
    if (by == Decider::Engine && report.rejected.isEmpty() && report.damaged.isEmpty()) {
        m_life->tell(id);
    }
    const auto result = m_records->saved(id);
    if (!isFinal(m_records->find(id)->state)) {
        end(id); // a question can be answered as soon as it is seen
        co_await result;
        co_return completion;
    }
    const bool isKept = co_await result;
    if (isKept) {
        co_await removeParts(id);
    }
    end(id);
    co_return completion;
}

/// Whatever is whole of an upload is where it was to go.
void JobFinisher::closeUploads(JobId id)
{
    const JobRecord &job = *m_records->find(id);
    for (int i = 0; job.type == JobType::Upload && i < int(job.files.size()); ++i) {
        if (job.files.at(i).state == FileState::Whole) {
            m_records->changeFile({id, i},
                                  [](FileRecord &file) { file.state = FileState::Published; });
        }
    }
}

/// What is published is saved a few hundred files at a time, so that there is little left to save
/// when the program is to end.
CompletionEvents JobFinisher::eventsOf(JobId id)
{
    constexpr int kSaveEvery = 256;
    const auto published = [this, id, count = 0](int index, const QString &path) mutable {
        noteNumber({id, index}, QFileInfo(path).fileName());
        m_records->nameFile({id, index}, QFileInfo(path).fileName());
        m_records->changeFile({id, index}, [&path](FileRecord &file) {
            file.state = FileState::Published;
            file.publishedPath = path;
            file.part = {};
            file.seal = {};
        });
        if (++count % kSaveEvery == 0) {
            static_cast<void>(m_records->commit(id));
        }
    };
    return {.records =
                [this, id](int index) {
                    return recordsOf({id, index});
                },
            .published = published};
}

/// Nobody has said that it is to stand beside another one: the other is its sibling.
void JobFinisher::noteNumber(FileId file, const QString &published)
{
    const JobRecord &job = *m_records->find(file.job);
    const FileRecord &record = job.files.at(file.index);
    if (published != record.name &&
        record.existing.value_or(job.options.existing) != ExistingFile::KeepBoth) {
        m_life->note(file.job, happening::Noted{.note = Note::NumberedName, .fileName = published},
                     file.index);
    }
}

PartRecords JobFinisher::recordsOf(FileId file)
{
    const auto recordedBy = [this, file](auto note) {
        return [this, file, note](const PartIdentity &part) {
            m_records->changeFile(file, [&](FileRecord &record) { note(&record, part); });
            return m_records->saved(file.job);
        };
    };
    return {.copied = recordedBy(noteCopy), .moved = recordedBy(takePart)};
}

std::optional<QFuture<void>> JobFinisher::breakOff(JobId id)
{
    const auto found = m_publishing.find(id);
    if (found == m_publishing.end()) {
        return std::nullopt;
    }
    Publishing &publishing = found->second;
    publishing.stop.request_stop();
    publishing.awaitingEnd.push_back(std::make_shared<QPromise<void>>());
    publishing.awaitingEnd.back()->start();
    return publishing.awaitingEnd.back()->future();
}

void JobFinisher::close()
{
    for (auto &[id, publishing] : m_publishing) {
        publishing.stop.request_stop();
    }
}

/// Made outside the coroutine: see carryOut().
CompletionOrder JobFinisher::orderOf(JobId id) const
{
    return completionOrderOf(*m_records->find(id), [this, id](int index) {
        return isProven({id, index});
    });
}

void JobFinisher::proven(FileId file)
{
    const FileRecord &record = m_records->find(file.job)->files.at(file.index);
    if (record.spec.hash && record.acceptance != Acceptance::AsItIs) {
        m_proven.insert_or_assign(file, *record.spec.hash);
    }
}

bool JobFinisher::isProven(FileId file) const
{
    const auto found = m_proven.find(file);
    return found != m_proven.end() &&
           found->second == m_records->find(file.job)->files.at(file.index).spec.hash;
}

void JobFinisher::forget(JobId id)
{
    std::erase_if(m_proven, [id](const auto &entry) { return entry.first.job == id; });
}

/// What is left of a damaged file counts on. A job that has nothing else to do fetches the rest by
/// itself; of a job that a person wants ended as it is, the person is asked.
void JobFinisher::takeDamage(JobId id, CompletionReport *report, Decider by)
{
    const bool isAsked = by == Decider::Person || !m_records->totals(id).pending().empty() ||
                         m_records->find(id)->state != JobState::Transferred;
    for (const auto &[index, left] : report->damaged) {
        m_records->changeFile({id, index}, [&left](FileRecord &file) {
            file.state = FileState::Pending;
            file.part = left.part;
            takeDurable(&file, left.sound, left.seal);
        });
        m_proven.erase({id, index});
        m_life->note(
            id, happening::Rechecked{.bytes = left.damagedBytes, .missingBytes = left.missingBytes},
            index);
        if (isAsked) {
            report->rejected.append(
                JobError{.cause = Cause::PartChanged,
                         .step = Step::Verify,
                         .fileIndex = index,
                         .localPath = left.part.path,
                         .fileBytesDone = left.sound.sizeBytes(),
                         .fileBytesTotal = m_records->find(id)->files.at(index).sizeBytes});
        }
    }
}

void JobFinisher::settle(JobId id, const CompletionReport &report, PartialFiles partial)
{
    if (!report.rejected.isEmpty()) {
        m_life->reject(id, report.rejected);
        return;
    }
    if (!report.damaged.isEmpty()) { // whatever stands in the way is met again
        m_records->change(id, [](JobRecord &job) { job.obstacle.reset(); });
        m_life->noteDecision(id, JobEvent::Resume, Decider::Engine);
        m_life->transition(id, JobEvent::Resume);
        return;
    }
    if (report.obstacle) {
        m_life->obstruct(id, *report.obstacle);
        return;
    }
    giveUpParts(id, partial);
    m_records->change(id, [](JobRecord &job) { job.obstacle.reset(); });
    m_life->transition(id, JobEvent::Complete);
}

/// Nobody wants what there is of a file that was left out.
void JobFinisher::giveUpParts(JobId id, PartialFiles partial)
{
    for (int i = 0; i < int(m_records->find(id)->files.size()); ++i) {
        const FileRecord &file = m_records->find(id)->files.at(i);
        const bool isToGo = partial == PartialFiles::Remove ? file.state != FileState::Published
                                                            : file.state == FileState::Unwanted;
        if (isToGo && !file.part.isEmpty()) {
            m_records->changeFile({id, i}, [](FileRecord &changed) { giveUpPart(&changed); });
        }
    }
}

/// Those that cannot be removed stay on the record, and are tried again by the next program.
QCoro::Task<> JobFinisher::removeParts(JobId id)
{
    const QList<PartIdentity> parts = partsGivenUp(*m_records->find(id));
    const QList<PartIdentity> left = co_await discardParts(m_volumes, parts);
    forgetParts(id, left);
    const auto saved = m_records->commit(id);
    co_await saved;
}

void JobFinisher::forgetParts(JobId id, const QList<PartIdentity> &left)
{
    const auto isGone = [&left](const OlderPart &older) { return !left.contains(older.part); };
    for (int i = 0; i < int(m_records->find(id)->files.size()); ++i) {
        if (!m_records->find(id)->files.at(i).superseded.isEmpty()) {
            m_records->changeFile(
                {id, i}, [&isGone](FileRecord &changed) { changed.superseded.removeIf(isGone); });
        }
    }
}

QFuture<void> JobFinisher::discard(JobId id)
{
    m_busy.insert(id);
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QCoro::connect(carryOutDiscard(id), this, [promise](bool /*done*/) { promise->finish(); });
    return promise->future();
}

QCoro::Task<bool> JobFinisher::carryOutDiscard(JobId id)
{
    const auto halted = m_mediator->halt(id);
    co_await halted;
    const bool isCancelled = m_records->find(id)->state == JobState::Cancelled;
    if (isCancelled) {
        giveUpParts(id, PartialFiles::Remove);
    }
    const auto saving = m_records->commit(id);
    const auto saved = co_await saving;
    // A person who cancels a job on a full disk does it for the room, which the list may need too.
    const bool mayRemove = saved || isCancelled;
    if (mayRemove) {
        co_await removeParts(id);
    }
    end(id);
    co_return mayRemove;
}

void JobFinisher::end(JobId id)
{
    m_busy.remove(id);
    if (const auto published = m_publishing.extract(id); !published.empty()) {
        for (const auto &waiting : published.mapped().awaitingEnd) {
            waiting->finish();
        }
    }
    if (m_busy.isEmpty()) {
        for (const auto &waiting : std::exchange(m_awaitingIdle, {})) {
            waiting->finish();
        }
    }
    m_mediator->finished(id);
}

QFuture<void> JobFinisher::idle()
{
    if (m_busy.isEmpty()) {
        return readyFuture();
    }
    m_awaitingIdle.push_back(std::make_shared<QPromise<void>>());
    m_awaitingIdle.back()->start();
    return m_awaitingIdle.back()->future();
}

} // namespace core
