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

using Files = QList<CompletionOrder::File>;
using Paths = QList<DiskResult<QString>>;

Paths publishIn(const QList<PublishOrder> &orders, MissingFolder missing)
{
    const PublishOrder &first = orders.first(); // of one job, and so for one folder
    const auto folder = inspectFolder(first.folder, missing, first.part.device);
    return folder ? giveFinalNames(orders) : Paths(orders.size(), tl::unexpected(folder.error()));
}

// Work for another thread is put together outside the coroutines: GCC 12 destroys the captures of a
// lambda once too often when it is made inside the expression that is awaited.

QFuture<DiskResult<FolderFacts>> startInspection(Volume *volume, const QString &folder,
                                                 MissingFolder missing)
{
    return volume->run<FolderFacts>([folder, missing] { return inspectFolder(folder, missing); });
}

QFuture<DiskResult<Paths>> startPublish(Volume *volume, const Files &files, MissingFolder missing)
{
    QList<PublishOrder> orders;
    for (const CompletionOrder::File &file : files) {
        orders.append(file.publish);
    }
    return volume->run<Paths>(
        [orders, missing]() -> DiskResult<Paths> { return publishIn(orders, missing); });
}

QFuture<DiskResult<bool>> startDiscard(Volume *volume, const PartIdentity &part)
{
    return volume->run<bool>(
        [part]() -> DiskResult<bool> { return discard(part).map([] { return true; }); });
}

/// Brings the part into the folder; false when it could not be written down that it is on its way.
QCoro::Task<DiskResult<bool>> bring(Volumes *volumes, PublishOrder *order, MissingFolder missing,
                                    PartRecords records)
{
    if (liesIn(order->part, order->folder)) {
        co_return true;
    }
    const auto found = volumes->forFolder(order->folder);
    const auto volume = co_await found;
    if (!volume) {
        co_return tl::unexpected(volume.error());
    }
    const auto inspection = startInspection(*volume, order->folder, missing);
    const auto facts = co_await inspection;
    if (!facts) {
        co_return tl::unexpected(facts.error());
    }
    const auto brought = co_await bringPart(volumes, order->part, order->folder, order->fileName,
                                            std::move(records));
    if (!brought || !liesIn(*brought, order->folder)) {
        co_return brought.map([](const PartIdentity & /*as it was*/) { return false; });
    }
    order->part = *brought;
    co_return true;
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

QString folderOfPart(const CompletionOrder::File &file)
{
    return QFileInfo(file.publish.part.path).absolutePath();
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

/// Whether somebody else may have written to these parts. One that cannot be looked at is not
/// doubted: it may have its name already, which publishing finds out.
QFuture<DiskResult<QList<bool>>> startLookAt(Volume *volume, const Files &files)
{
    QList<PartClaim> claims;
    for (const CompletionOrder::File &file : files) {
        claims.append(claimOf(file));
    }
    return volume->run<QList<bool>>([claims]() -> DiskResult<QList<bool>> {
        QList<bool> doubtful;
        for (const PartClaim &claim : claims) {
            doubtful.append(!isAsClaimed(claim).value_or(true));
        }
        return doubtful;
    });
}

QFuture<DiskResult<RecheckedPart>> startRecheck(Volumes *volumes, const CompletionOrder::File &file,
                                                const std::stop_token &stop)
{
    return volumes->runLong<RecheckedPart>(
        file.publish.folder, [claim = claimOf(file), stop] { return recheckWhole(claim, stop); });
}

QCoro::Task<QList<bool>> doubtfulOf(Volumes *volumes, Files files)
{
    const auto found = volumes->forFolder(folderOfPart(files.first()));
    const auto volume = co_await found;
    if (!volume) {
        co_return QList<bool>(files.size(), false);
    }
    const auto look = startLookAt(*volume, files);
    const auto doubtful = co_await look;
    co_return *doubtful;
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

/// Checks what is to be checked of one file; whether it may have its name.
QCoro::Task<DiskResult<bool>> isGood(Volumes *volumes, CompletionOrder::File *file, bool isDoubtful,
                                     std::stop_token stop, CompletionReport *report)
{
    if (isDoubtful) {
        const auto sound = co_await isSound(volumes, file, stop, report);
        if (!sound || !*sound) {
            co_return sound;
        }
    }
    co_return co_await isRight(volumes, file, stop, report);
}

void meet(const DiskError &error, const CompletionOrder::File &file, CompletionReport *report)
{
    if (!report->obstacle) {
        report->obstacle = obstacleFrom(error, file);
    }
}

/// Those of the files that may have their names and lie where they get them.
QCoro::Task<Files> madeReady(Volumes *volumes, Files files, MissingFolder missing,
                             std::stop_token stop, const CompletionEvents *events,
                             CompletionReport *report)
{
    Files ready;
    const QList<bool> doubtful = co_await doubtfulOf(volumes, files);
    for (qsizetype i = 0; i < files.size() && !report->isBrokenOff; ++i) {
        CompletionOrder::File &file = files[i];
        if (stop.stop_requested()) {
            report->isBrokenOff = true;
            break;
        }
        const auto good = co_await isGood(volumes, &file, doubtful.at(i), stop, report);
        auto there = good;
        if (good.value_or(false)) {
            there = co_await bring(volumes, &file.publish, missing, events->records(file.index));
            report->isBrokenOff = there && !*there;
        }
        if (!there) {
            meet(there.error(), file, report);
        } else if (*there) {
            ready.append(file);
        }
    }
    co_return ready;
}

/// Gives all of them their names, and tells of it.
QCoro::Task<> publish(Volumes *volumes, Files files, MissingFolder missing,
                      const CompletionEvents *events, CompletionReport *report)
{
    const auto found = volumes->forFolder(files.first().publish.folder);
    const auto volume = co_await found;
    if (!volume) {
        meet(volume.error(), files.first(), report);
        co_return;
    }
    const auto publishing = startPublish(*volume, files, missing);
    const auto paths = co_await publishing;
    for (qsizetype i = 0; i < files.size(); ++i) {
        const DiskResult<QString> &path = paths->at(i);
        if (path) {
            events->published(files.at(i).index, *path);
        } else {
            meet(path.error(), files.at(i), report);
        }
    }
}

/// The next files that get their names together: few, so that a person sees them come, with their
/// parts in one folder; a large one takes its time by itself.
Files nextTogether(const Files &files, qsizetype first)
{
    constexpr qsizetype kTogether = 32;
    constexpr qint64 kLargeBytes = qint64(1024) * 1024;
    Files together;
    while (first < files.size() && together.size() < kTogether &&
           folderOfPart(files.at(first)) == folderOfPart(together.value(0, files.at(first)))) {
        together.append(files.at(first++));
        if (together.last().publish.sizeBytes >= kLargeBytes) {
            break;
        }
    }
    return together;
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
    for (qsizetype first = 0; first < order.publish.size() && !report.isBrokenOff;) {
        const Files together = nextTogether(order.publish, first);
        first += together.size();
        const Files ready =
            co_await madeReady(volumes, together, order.missingFolder, stop, &events, &report);
        if (!ready.isEmpty()) {
            co_await publish(volumes, ready, order.missingFolder, &events, &report);
        }
    }
    co_return report;
}

} // namespace core
