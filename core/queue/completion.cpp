// SPDX-License-Identifier: Apache-2.0
#include "core/queue/completion.h"

#include "core/disk/folder.h"
#include "core/disk/volumes.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/diagnose.h"

#include <QCoroFuture>
#include <QDir>
#include <QFileInfo>

#include <utility>

namespace core {

namespace {

DiskResult<QString> publishIn(const PublishOrder &order, MissingFolder missing)
{
    return inspectFolder(order.folder, missing, order.part.device)
        .and_then([&order](const FolderFacts & /*good*/) { return giveFinalName(order); });
}

// Work for another thread is put together outside the coroutines: GCC 12 destroys the captures of a
// lambda once too often when it is made inside the expression that is awaited.

QFuture<DiskResult<FolderFacts>> startInspection(Volume *volume, const QString &folder,
                                                 MissingFolder missing)
{
    return volume->run<FolderFacts>([folder, missing] { return inspectFolder(folder, missing); });
}

QFuture<DiskResult<QString>> startPublish(Volume *volume, const PublishOrder &order,
                                          MissingFolder missing)
{
    return volume->run<QString>([order, missing] { return publishIn(order, missing); });
}

QFuture<DiskResult<bool>> startSync(Volume *volume, const QString &folder)
{
    return volume->run<bool>([folder] { return syncPublished(folder).map([] { return true; }); });
}

QFuture<DiskResult<bool>> startDiscard(Volume *volume, const PartIdentity &part)
{
    return volume->run<bool>(
        [part]() -> DiskResult<bool> { return discard(part).map([] { return true; }); });
}

/// The path of the file by its final name; empty when it could not be written down that it is on
/// its way.
QCoro::Task<DiskResult<QString>> nameOne(Volumes *volumes, PublishOrder order,
                                         MissingFolder missing, PartRecords records)
{
    const auto found = volumes->forFolder(order.folder);
    const auto volume = co_await found;
    if (!volume) {
        co_return tl::unexpected(volume.error());
    }
    if (!liesIn(order.part, order.folder)) {
        const auto inspection = startInspection(*volume, order.folder, missing);
        const auto facts = co_await inspection;
        if (!facts) {
            co_return tl::unexpected(facts.error());
        }
        const auto brought = co_await bringPart(volumes, order.part, order.folder, order.fileName,
                                                std::move(records));
        if (!brought || !liesIn(*brought, order.folder)) {
            co_return brought.map([](const PartIdentity & /*as it was*/) { return QString(); });
        }
        order.part = *brought;
    }
    const auto published = startPublish(*volume, order, missing);
    co_return co_await published;
}

JobError obstacleFrom(const DiskError &error, const CompletionOrder::File &file)
{
    JobError obstacle = diagnose(error);
    obstacle.step = Step::Publish;
    obstacle.fileIndex = file.index;
    if (!isAboutPart(obstacle)) {
        obstacle.localPath = file.publish.folder + u'/' + file.publish.fileName;
    }
    obstacle.fileBytesDone = file.publish.sizeBytes;
    obstacle.fileBytesTotal = file.publish.sizeBytes;
    return obstacle;
}

/// Reads the whole file, so it is nothing for a writer thread either.
QFuture<DiskResult<QByteArray>> startHash(Volumes *volumes, const CompletionOrder::File &file)
{
    return volumes->runLong<QByteArray>(
        file.publish.folder, [part = file.publish.part, algorithm = file.unproven->algorithm] {
            return hashOf(part, algorithm);
        });
}

JobError rejectionOf(const CompletionOrder::File &file, const QByteArray &digestHex)
{
    JobError error{.cause = Cause::HashMismatch,
                   .step = Step::Verify,
                   .fileIndex = file.index,
                   .localPath = file.publish.part.path,
                   .fileBytesDone = file.publish.sizeBytes,
                   .fileBytesTotal = file.publish.sizeBytes,
                   .wantedHash = file.unproven,
                   .foundHash = ExpectedHash{file.unproven->algorithm, digestHex}};
    error.evidence.detail =
        QStringLiteral("the checksum is %1").arg(QString::fromLatin1(digestHex));
    return error;
}

PartClaim claimOf(const CompletionOrder::File &file)
{
    return {file.publish.part, file.durable, file.seal};
}

/// What lies beyond the end of a whole file is cut off, as from any part that is gone on with.
DiskResult<RecheckedPart> recheckWhole(const PartClaim &claim, const std::stop_token &stop)
{
    auto found = recheck(claim, stop);
    if (found && found->damagedBytes == 0) {
        if (const auto cut = PartFile::reopen(found->part, found->sound); !cut) {
            return tl::unexpected(cut.error());
        }
    }
    return found;
}

QFuture<DiskResult<bool>> startLookAt(Volume *volume, const CompletionOrder::File &file)
{
    return volume->run<bool>([claim = claimOf(file)] { return isAsClaimed(claim); });
}

QFuture<DiskResult<RecheckedPart>> startRecheck(Volumes *volumes, const CompletionOrder::File &file,
                                                const std::stop_token &stop)
{
    return volumes->runLong<RecheckedPart>(
        file.publish.folder, [claim = claimOf(file), stop] { return recheckWhole(claim, stop); });
}

/// Whether somebody else may have written to the part. One that cannot be looked at is not doubted:
/// it may have its name already, which publishing finds out.
QCoro::Task<bool> isDoubtful(Volumes *volumes, CompletionOrder::File file)
{
    const auto found = volumes->forFolder(QFileInfo(file.publish.part.path).absolutePath());
    const auto volume = co_await found;
    if (!volume) {
        co_return false;
    }
    const auto look = startLookAt(*volume, file);
    const auto isAsItWas = co_await look;
    co_return !isAsItWas.value_or(true);
}

/// Whether every byte is what was received; what is not is reported. Of another file in place of
/// the part publishing has its own to say.
QCoro::Task<DiskResult<bool>> isSound(Volumes *volumes, CompletionOrder::File *file,
                                      std::stop_token stop, CompletionReport *report)
{
    if (file->seal.hashes.isEmpty()) {
        co_return true;
    }
    const auto rechecking = startRecheck(volumes, *file, stop);
    const auto found = co_await rechecking;
    if (!found && stop.stop_requested()) {
        report->isBrokenOff = true;
        co_return false;
    }
    if (!found) {
        co_return causeOf(found.error()) == Cause::PartChanged ? DiskResult<bool>(true)
                                                               : tl::unexpected(found.error());
    }
    if (found->damagedBytes > 0) {
        report->damaged.emplaceBack(file->index, *found);
        co_return false;
    }
    file->publish.part = found->part;
    co_return true;
}

/// Compares the file with its checksum, if that is to be done. One that does not match was perhaps
/// spoilt here.
QCoro::Task<DiskResult<bool>> isRight(Volumes *volumes, CompletionOrder::File *file,
                                      std::stop_token stop, CompletionReport *report)
{
    if (!file->unproven) {
        co_return true;
    }
    const auto hashing = startHash(volumes, *file);
    const auto digest = co_await hashing;
    if (!digest) {
        co_return tl::unexpected(digest.error());
    }
    if (*digest == file->unproven->digestHex) {
        co_return true;
    }
    const auto sound = co_await isSound(volumes, file, std::move(stop), report);
    if (sound.value_or(true)) {
        report->rejected.append(rejectionOf(*file, *digest));
    }
    co_return false;
}

/// Files that have their names, which are not on the disk yet.
struct Named {
    struct File {
        CompletionOrder::File file;
        QString path;
    };

    /// Few, so that a person sees them come; a large one took its time by itself.
    static constexpr qsizetype kTogether = 32;
    static constexpr qint64 kLargeBytes = qint64(1024) * 1024;

    [[nodiscard]] bool isEnough() const
    {
        return files.size() >= kTogether ||
               (!files.isEmpty() && files.last().file.publish.sizeBytes >= kLargeBytes);
    }

    QList<File> files;
};

/// Checks what is to be checked of one file, and gives it its name.
QCoro::Task<> carryOutOne(Volumes *volumes, CompletionOrder::File file, MissingFolder missing,
                          std::stop_token stop, const CompletionEvents *events, Named *named,
                          CompletionReport *report)
{
    DiskResult<bool> isGood = true;
    const bool isToBeRead = co_await isDoubtful(volumes, file);
    if (isToBeRead) {
        isGood = co_await isSound(volumes, &file, stop, report);
    }
    if (isGood.value_or(false)) {
        isGood = co_await isRight(volumes, &file, stop, report);
    }
    if (isGood && !*isGood) {
        co_return;
    }
    DiskResult<QString> path = isGood.map([](bool /*good*/) { return QString(); });
    if (path) {
        path = co_await nameOne(volumes, file.publish, missing, events->records(file.index));
    }
    if (path && path->isEmpty()) {
        report->isBrokenOff = true;
    } else if (path) {
        named->files.append({file, *path});
    } else if (!report->obstacle) {
        report->obstacle = obstacleFrom(path.error(), file);
    }
}

/// One sync for the names of all, and then they are told.
QCoro::Task<> settleNames(Volumes *volumes, Named *named, const CompletionEvents *events,
                          CompletionReport *report)
{
    const QList<Named::File> files = std::exchange(named->files, {});
    if (files.isEmpty()) {
        co_return;
    }
    const QString folder = files.first().file.publish.folder; // of the job, and so of all
    const auto found = volumes->forFolder(folder);
    const auto volume = co_await found;
    DiskResult<bool> synced = volume.map([](const Volume * /*there*/) { return true; });
    if (volume) {
        const auto syncing = startSync(*volume, folder);
        synced = co_await syncing;
    }
    if (!synced && !report->obstacle) {
        report->obstacle = obstacleFrom(synced.error(), files.first().file);
    }
    for (const Named::File &each : files) {
        if (synced) {
            events->published(each.file.index, each.path);
        }
    }
}

} // namespace

QCoro::Task<QList<PartIdentity>> discardParts(Volumes *volumes, QList<PartIdentity> parts)
{
    QList<PartIdentity> left;
    for (const PartIdentity &part : parts) {
        const auto found = volumes->forFolder(QFileInfo(part.path).absolutePath());
        const auto volume = co_await found;
        if (!volume) {
            left.append(part);
            continue;
        }
        const auto discarded = startDiscard(*volume, part);
        const auto gone = co_await discarded;
        if (!gone) {
            left.append(part);
        }
    }
    co_return left;
}

QCoro::Task<CompletionReport> carryOut(Volumes *volumes, CompletionOrder order,
                                       std::stop_token stop, CompletionEvents events)
{
    CompletionReport report;
    Named named;
    for (const CompletionOrder::File &file : order.publish) {
        if (stop.stop_requested()) {
            report.isBrokenOff = true;
            break;
        }
        co_await carryOutOne(volumes, file, order.missingFolder, stop, &events, &named, &report);
        if (named.isEnough()) {
            co_await settleNames(volumes, &named, &events, &report);
        }
    }
    co_await settleNames(volumes, &named, &events, &report);
    co_return report;
}

} // namespace core
