// SPDX-License-Identifier: Apache-2.0
#include "core/queue/completion.h"

#include "core/disk/folder.h"
#include "core/disk/volumes.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/diagnose.h"

#include <QCoroFuture>
#include <QDir>
#include <QFileInfo>

namespace core {

namespace {

DiskResult<PartIdentity> bringPart(const PublishOrder &order, MissingFolder missing)
{
    const auto facts = inspectFolder(order.folder, missing);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    return movePart(order.part, order.folder, order.fileName);
}

/// `original` is where the part lay before it was brought into the folder.
DiskResult<QString> publishIn(const PublishOrder &order, const PartIdentity &original,
                              MissingFolder missing)
{
    const auto facts = inspectFolder(order.folder, missing);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    auto published = publish(order);
    if (published && order.part != original) {
        (void)discard(original); // of a copy the original; one that cannot be removed is left
    }
    return published;
}

// Work for another thread is put together outside the coroutines: GCC 12 destroys the captures of a
// lambda once too often when it is made inside the expression that is awaited.

/// May be a copy, so it is nothing for a writer thread.
QFuture<DiskResult<PartIdentity>> startMove(Volumes *volumes, const PublishOrder &order,
                                            MissingFolder missing)
{
    return volumes->runLong<PartIdentity>([order, missing] { return bringPart(order, missing); });
}

QFuture<DiskResult<QString>> startPublish(Volume *volume, const PublishOrder &order,
                                          const PartIdentity &original, MissingFolder missing)
{
    return volume->run<QString>(
        [order, original, missing] { return publishIn(order, original, missing); });
}

QFuture<DiskResult<bool>> startDiscard(Volume *volume, const PartIdentity &part)
{
    return volume->run<bool>(
        [part]() -> DiskResult<bool> { return discard(part).map([] { return true; }); });
}

QCoro::Task<DiskResult<QString>> publishOne(Volumes *volumes, PublishOrder order,
                                            MissingFolder missing)
{
    const auto found = volumes->forFolder(order.folder);
    const auto volume = co_await found;
    if (!volume) {
        co_return tl::unexpected(volume.error());
    }
    const PartIdentity original = order.part;
    if (!liesIn(order.part, order.folder)) {
        const auto moving = startMove(volumes, order, missing);
        const auto moved = co_await moving;
        if (!moved) {
            co_return tl::unexpected(moved.error());
        }
        order.part = *moved;
    }
    const auto published = startPublish(*volume, order, original, missing);
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
        [part = file.publish.part, algorithm = file.unproven->algorithm] {
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

/// Checks what is to be checked of one file, and publishes it.
QCoro::Task<> carryOutOne(Volumes *volumes, CompletionOrder::File file, MissingFolder missing,
                          const OnPublished *published, CompletionReport *report)
{
    DiskResult<QString> path;
    if (file.unproven) {
        const auto hashing = startHash(volumes, file);
        const auto digest = co_await hashing;
        if (digest && *digest != file.unproven->digestHex) {
            report->rejected.append(rejectionOf(file, *digest));
            co_return;
        }
        path = digest.map([](const QByteArray & /*right*/) { return QString(); });
    }
    if (path) {
        path = co_await publishOne(volumes, file.publish, missing);
    }
    if (path) {
        (*published)(file.index, *path);
    } else if (!report->obstacle) {
        report->obstacle = obstacleFrom(path.error(), file);
    }
}

} // namespace

bool liesIn(const PartIdentity &part, const QString &folder)
{
    return QFileInfo(part.path).absolutePath() == QDir::cleanPath(folder);
}

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
                                       std::stop_token stop, OnPublished published)
{
    CompletionReport report;
    for (const CompletionOrder::File &file : order.publish) {
        if (stop.stop_requested()) {
            report.isBrokenOff = true;
            break;
        }
        co_await carryOutOne(volumes, file, order.missingFolder, &published, &report);
    }
    co_return report;
}

} // namespace core
