// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_orders.h"

#include "core/disk/folder.h"
#include "core/http/http_date.h"
#include "core/queue/apply_fix.h"
#include "core/queue/file_names.h"

#include <algorithm>
#include <utility>

namespace core {

namespace {

bool isSameFile(const PartIdentity &one, const PartIdentity &other)
{
    return one.inode == other.inode && one.device == other.device;
}

/// The system may give the inode of a file that is gone to a new one.
void forgetSuperseded(FileRecord *file, const PartIdentity &part)
{
    file->superseded.removeIf(
        [&part](const OlderPart &older) { return isSameFile(older.part, part); });
}

/// The file that is to be sent is not ours to throw away.
bool isAboutFetchedBytes(const JobError &error)
{
    return error.cause == Cause::HashMismatch && error.type == JobType::Download;
}

/// Files are fetched in order, so that parts are near each other: a job may have very many files.
PartIdentity siblingOf(const JobRecord &job, int index)
{
    constexpr int kNear = 50;
    const int end = std::min(index + kNear, int(job.files.size()));
    for (int i = std::max(0, index - kNear); i < end; ++i) {
        const FileRecord &file = job.files.at(i);
        if (i != index && !file.part.isEmpty() && liesIn(file.part, job.folder)) {
            return file.part;
        }
    }
    return {};
}

} // namespace

QString withoutCapitals(const QString &name)
{
    return name.normalized(QString::NormalizationForm_C).toCaseFolded();
}

QSet<QString> namesPublished(const JobRecord &job)
{
    QSet<QString> names;
    for (const FileRecord &file : job.files) {
        if (file.state == FileState::Published) {
            names.insert(withoutCapitals(file.publishedPath.section(u'/', -1)));
        }
    }
    return names;
}

CompletionOrder completionOrderOf(const JobRecord &job,
                                  const std::function<bool(int index)> &isProven)
{
    CompletionOrder order{.missingFolder = job.options.missingFolder};
    if (job.type == JobType::Upload) {
        return order; // what there is to be done was done on the server
    }
    QSet<QString> siblings = namesPublished(job);
    const auto &around = job.options.environment;
    const int umask = around ? around->umask : systemClientEnvironment().umask;
    for (int i = 0; i < int(job.files.size()); ++i) {
        const FileRecord &file = job.files.at(i);
        if (file.state == FileState::Whole) {
            const bool isToBeChecked = file.acceptance != Acceptance::AsItIs && !isProven(i);
            const bool isOfSibling = siblings.contains(withoutCapitals(file.name));
            siblings.insert(withoutCapitals(file.name));
            const auto modified = parseHttpDate(file.validator.lastModified);
            order.publish.append(
                {i,
                 PublishOrder{.part = file.part,
                              .sizeBytes = file.sizeBytes.value_or(0),
                              .folder = job.folder,
                              .fileName = file.name,
                              .existing = isOfSibling
                                              ? ExistingFile::KeepBoth
                                              : file.existing.value_or(job.options.existing),
                              .lastModified = modified.value_or(QDateTime()),
                              .umask = mode_t(umask)},
                 file.durable, file.seal, isToBeChecked ? file.spec.hash : std::nullopt});
        }
    }
    return order;
}

void noteCopy(FileRecord *file, const PartIdentity &copy)
{
    forgetSuperseded(file, copy);
    file->superseded.append({copy});
}

void takePart(FileRecord *file, const PartIdentity &part)
{
    const PartIdentity before = std::exchange(file->part, part);
    forgetSuperseded(file, part);
    // The same file may have got another name, or somebody put a copy in its place.
    if (!before.isEmpty() && before.path != part.path && !isSameFile(before, part)) {
        file->superseded.append({before});
    }
}

void giveUpPart(FileRecord *file)
{
    if (!file->part.isEmpty()) {
        file->superseded.append({.part = file->part,
                                 .bytes = file->durable.sizeBytes(),
                                 .isWhole = file->sizeBytes && !file->durable.isEmpty() &&
                                            file->durable == RangeSet::prefix(*file->sizeBytes)});
    }
    file->part = {};
    file->durable = {};
    file->seal = {};
    if (file->state == FileState::Whole) {
        file->state = FileState::Pending;
    }
}

void takeBack(FileRecord *file)
{
    const auto whole = std::ranges::find(file->superseded.rbegin(), file->superseded.rend(), true,
                                         &OlderPart::isWhole);
    if (whole == file->superseded.rend()) {
        return;
    }
    const PartIdentity part = whole->part;
    const qint64 sizeBytes = whole->bytes;
    forgetSuperseded(file, part);
    giveUpPart(file);
    file->part = part;
    file->sizeBytes = sizeBytes;
    file->durable = RangeSet::prefix(sizeBytes);
    file->validator = {};
    file->promisedHash.reset();
}

void noteAside(const FileRecord &file, JobError *error)
{
    for (const OlderPart &older : file.superseded) {
        error->fileBytesAside = std::max(error->fileBytesAside, older.bytes);
        error->isWholeAside = error->isWholeAside || older.isWhole;
    }
}

Acceptance asItComes(Acceptance acceptance)
{
    return acceptance == Acceptance::Unpacked ? Acceptance::Unpack : acceptance;
}

void takeDurable(FileRecord *file, const RangeSet &durable, const PartSeal &seal)
{
    const bool isBegunAnew = file->acceptance == Acceptance::Unpacked &&
                             durable.sizeBytes() < file->sizeBytes.value_or(0);
    file->durable = isBegunAnew ? RangeSet() : durable;
    file->seal = isBegunAnew ? PartSeal() : seal;
    if (isBegunAnew) {
        file->acceptance = Acceptance::Unpack;
        file->validator = {};
        file->sizeBytes.reset();
    }
}

QList<PartIdentity> partsGivenUp(const JobRecord &job)
{
    QList<PartIdentity> parts;
    for (const FileRecord &file : job.files) {
        for (const OlderPart &older : file.superseded) {
            parts.append(older.part);
        }
    }
    return parts;
}

bool hasLeftOvers(const JobRecord &job)
{
    return isFinal(job.state) && std::ranges::any_of(job.files, [&job](const FileRecord &file) {
               const bool isCancelled = job.state == JobState::Cancelled;
               return !file.superseded.isEmpty() || (isCancelled && !file.part.isEmpty());
           });
}

bool isToBeMoved(const JobRecord &job, const FileRecord &file)
{
    return !file.part.isEmpty() && !liesIn(file.part, job.folder);
}

TransferLimits within(TransferLimits limits, std::chrono::milliseconds patience,
                      std::chrono::milliseconds left)
{
    if (patience.count() > 0) {
        limits.exchange.silence = std::min(limits.exchange.silence, patience);
        limits.exchange.patience = left;
    }
    return limits;
}

DownloadOrder orderFor(const JobRecord &job, int index, const TransferLimits &limits,
                       const QString &stateFolder)
{
    const FileRecord &file = job.files.at(index);
    return {
        .file = {job.id, index},
        .attempt = file.failures + 1,
        .url = file.spec.url,
        .options = job.options,
        .target = {.folder = job.folder,
                   .known = {.name = file.name,
                             .sizeBytes = file.sizeBytes,
                             .validator = file.validator,
                             .promisedHash = file.promisedHash,
                             .part = file.part},
                   .mark = {{job.id, index}, stateFolder},
                   .sibling = siblingOf(job, index),
                   .durable = file.durable,
                   .seal = file.seal,
                   .hash = file.spec.hash,
                   .acceptance = file.acceptance},
        .existing = file.existing.value_or(job.options.existing),
        .limits = limits,
        .hasNamesake = hasNamesakeBefore(job, index),
    };
}

UploadOrder uploadOrderFor(const JobRecord &job, int index, const TransferLimits &limits)
{
    const FileRecord &file = job.files.at(index);
    return {.file = {job.id, index},
            .attempt = file.failures + 1,
            .url = file.spec.url,
            .options = job.options,
            .path = job.folder + u'/' + file.name,
            .hash = file.spec.hash,
            .known = file.upload,
            .confirmedBytes = file.durable.prefixBytes(),
            .existing = file.existing.value_or(job.options.existing),
            .acceptance = file.acceptance,
            .limits = limits};
}

void revive(FileRecord *file)
{
    if (file->error && isAboutFetchedBytes(*file->error)) {
        restart(file); // they are known to be wrong
    }
    file->state = FileState::Pending;
    file->failures = 0;
    file->due.reset();
}

void revive(JobRecord *job, const QList<FileId> &butFailed)
{
    const QSet<FileId> left(butFailed.begin(), butFailed.end());
    for (int i = 0; i < int(job->files.size()); ++i) {
        FileRecord &file = job->files[i];
        if (file.state == FileState::Waiting ||
            (file.state == FileState::Failed && !left.contains({job->id, i}))) {
            revive(&file);
        }
    }
}

JobRecord awakened(JobRecord job, const QDateTime &nowUtc)
{
    for (FileRecord &file : job.files) {
        if (file.state == FileState::Active) {
            file.state = FileState::Pending;
        }
        if (file.due) {
            const qint64 left = nowUtc.msecsTo(file.due->at);
            const auto clamped = std::clamp<qint64>(left, 0, file.due->delay.count());
            file.due->at = nowUtc.addMSecs(clamped);
        }
    }
    return job;
}

} // namespace core
