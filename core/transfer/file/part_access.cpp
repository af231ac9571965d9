// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/file/part_access.h"

#include "core/disk/bring_part.h"
#include "core/disk/part_file.h"
#include "core/disk/publish.h"
#include "core/disk/volumes.h"
#include "core/remedy/diagnose.h"

#include <QCoroFuture>
#include <QDir>
#include <QFileInfo>

namespace core {

namespace {

// Work for another thread is put together outside the coroutines: GCC 12 destroys the captures of a
// lambda once too often when it is made inside the expression that is awaited.
QFuture<DiskResult<FolderFacts>> startInspection(const FileTransfer &file, MissingFolder missing)
{
    const QString folder = file.order().folder;
    std::optional<quint64> wasOn;
    for (const PartIdentity &part : {file.order().sibling, file.facts().part}) {
        if (!part.isEmpty() && liesIn(part, folder)) {
            wasOn = part.device;
        }
    }
    return file.volume()->run<FolderFacts>(
        [folder, missing, wasOn] { return inspectFolder(folder, missing, wasOn); });
}

QCoro::Task<DiskResult<PartIdentity>> startBringing(FileTransfer *file)
{
    return bringPart(file->volumes(), file->facts().part, file->order().folder, file->facts().name,
                     {.copied = [file](const PartIdentity &copy) { return file->copied(copy); },
                      .moved = [file](const PartIdentity &part) { return file->moved(part); }});
}

/// Whether anything has the name of the part.
QFuture<DiskResult<bool>> startLookFor(const FileTransfer &file, const PartIdentity &part)
{
    return file.volume()->run<bool>([path = part.path]() -> DiskResult<bool> {
        return QFileInfo(path).isSymLink() || QFileInfo::exists(path);
    });
}

QFuture<DiskResult<QByteArray>> startPeek(const FileTransfer &file, ByteRange range)
{
    const PartIdentity &part = file.facts().part;
    return file.volumes()->runLong<QByteArray>(
        QFileInfo(part.path).absolutePath(), [part, range] { return PartFile::peek(part, range); });
}

/// What a look from outside tells of a part.
struct SeenPart {
    RangeSet there;
    bool isAsClaimed = true;
};

QFuture<DiskResult<SeenPart>> startMeasuring(const FileTransfer &file)
{
    return file.volumes()->runLong<SeenPart>(
        QFileInfo(file.facts().part.path).absolutePath(), [claim = file.claimed()] {
            return notCutOff(claim).map([&claim](const RangeSet &there) {
                return SeenPart{there, isAsClaimed(claim).value_or(true)};
            });
        });
}

QFuture<DiskResult<NameUse>> startLookForName(const FileTransfer &file, const QString &fileName)
{
    return file.volume()->run<NameUse>(
        [path = file.order().folder, name = fileName] { return useOfNameIn(path, name); });
}

QFuture<DiskResult<bool>> startLookAt(const FileTransfer &file)
{
    return file.volume()->run<bool>([claim = file.claimed()] { return isAsClaimed(claim); });
}

QFuture<DiskResult<RecheckedPart>> startRecheck(const FileTransfer &file,
                                                const std::stop_token &stop)
{
    return file.volumes()->runLong<RecheckedPart>(
        file.order().folder, [claim = file.claimed(), stop] { return recheck(claim, stop); });
}

tl::unexpected<JobError> failed(const DiskError &error)
{
    return tl::unexpected(diagnose(error));
}

JobError failed(Cause cause, const QString &detail)
{
    return {.cause = cause, .step = Step::Verify, .evidence = {.detail = detail}};
}

/// Finds the volume, and that files can be made in the folder; its device.
QCoro::Task<FileResult<quint64>> lookAtFolder(FileTransfer *file, MissingFolder missing)
{
    const QString folder = file->order().folder;
    Volumes *const volumes = file->volumes();
    if (file->facts().part.isEmpty()) {
        if (const auto lately = volumes->foundLately(folder)) {
            file->setVolume(lately->volume);
            co_return lately->device;
        }
    }
    const auto looking = volumes->forFolder(folder);
    const auto volume = co_await looking;
    if (!volume) {
        co_return failed(volume.error());
    }
    file->setVolume(*volume);
    const auto inspection = startInspection(*file, missing);
    const auto facts = co_await inspection;
    if (!facts) {
        co_return failed(facts.error());
    }
    const Volumes::Found found{*volume, facts->device};
    volumes->found(folder, found);
    co_return found.device;
}

/// Brings the part into the folder of the job.
QCoro::Task<FileResult<>> fetchPart(FileTransfer *file)
{
    const auto brought = co_await startBringing(file);
    if (brought) {
        co_return FileResult<>();
    }
    if (causeOf(brought.error()) != Cause::PartMissing) {
        co_return failed(brought.error());
    }
    file->forgetPart();
    co_return FileResult<>();
}

/// What is claimed of a part that somebody else may have written to is not believed.
QCoro::Task<FileResult<>> doubtPart(FileTransfer *file, std::stop_token stop)
{
    const auto look = startLookAt(*file);
    const auto isAsItWas = co_await look;
    if (isAsItWas.value_or(true)) { // what keeps it from being looked at keeps it from being opened
        co_return FileResult<>();
    }
    co_return co_await recheckPart(file, std::move(stop));
}

/// Compares bytes with what is on the disk.
QCoro::Task<FileResult<>> compare(FileTransfer *file, qint64 offset, QByteArray bytes)
{
    const auto reading = file->volume()->read(*file->part(), offset, bytes.size());
    const auto ours = co_await reading;
    if (!ours) {
        co_return failed(ours.error());
    }
    if (*ours != bytes) {
        co_return tl::unexpected(
            failed(Cause::RemoteChanged, QStringLiteral("other bytes where they were compared")));
    }
    co_return FileResult<>();
}

} // namespace

QCoro::Task<FileResult<>> prepareFolder(FileTransfer *file, MissingFolder missing)
{
    const auto found = co_await lookAtFolder(file, missing);
    if (!found) {
        co_return tl::unexpected(found.error());
    }
    const PartIdentity &sibling = file->order().sibling;
    if (sibling.isEmpty() || sibling.device == *found) {
        co_return FileResult<>();
    }
    const auto look = startLookFor(*file, sibling);
    const auto isThere = co_await look;
    if (!isThere.value_or(true)) {
        co_return failed(DiskError{
            .step = Step::Prepare, .path = file->order().folder, .cause = Cause::DriveMissing});
    }
    co_return FileResult<>();
}

QCoro::Task<FileResult<>> recheckPart(FileTransfer *file, std::stop_token stop)
{
    const auto rechecking = startRecheck(*file, stop);
    const auto found = co_await rechecking;
    if (!found) {
        co_return failed(found.error());
    }
    const auto recording = file->trust(*found);
    co_await recording;
    co_return FileResult<>();
}

QCoro::Task<FileResult<>> reopenPart(FileTransfer *file, std::stop_token stop)
{
    if (file->facts().part.isEmpty()) {
        co_return FileResult<>();
    }
    if (!liesIn(file->facts().part, file->order().folder)) {
        const auto moved = co_await fetchPart(file);
        if (!moved || file->facts().part.isEmpty()) {
            co_return moved;
        }
    }
    const auto doubted = co_await doubtPart(file, stop);
    if (stop.stop_requested()) {
        co_return FileResult<>();
    }
    if (!doubted) {
        co_return doubted;
    }
    const auto reopening = file->volume()->reopenPart(file->facts().part, file->held());
    const auto opened = co_await reopening;
    if (opened) {
        file->adopt(*opened);
    } else if (causeOf(opened.error()) == Cause::PartMissing) {
        file->forgetPart();
    } else {
        co_return failed(opened.error());
    }
    co_return FileResult<>();
}

QCoro::Task<FileResult<QByteArray>> peekPart(FileTransfer *file, ByteRange range)
{
    const auto reading = startPeek(*file, range);
    const auto bytes = co_await reading;
    if (!bytes) {
        co_return failed(bytes.error());
    }
    co_return *bytes;
}

QCoro::Task<bool> lookAtPart(FileTransfer *file)
{
    if (file->facts().part.isEmpty()) {
        co_return true;
    }
    const auto measuring = startMeasuring(*file);
    const auto seen = co_await measuring;
    if (seen) {
        file->holdOnly(seen->there);
    } else if (causeOf(seen.error()) == Cause::PartMissing) {
        file->holdOnly({});
    }
    co_return !seen || seen->isAsClaimed;
}

QCoro::Task<NameUse> useOfName(FileTransfer *file, QString fileName)
{
    const auto look = startLookForName(*file, fileName);
    const auto use = co_await look;
    co_return use.value_or(NameUse::Free); // what keeps it from being looked at is met again
}

/// A fresh part gets its name once it is written down whose it is: whatever ends the program, no
/// part is left behind that no job knows of.
QCoro::Task<FileResult<>> makePart(FileTransfer *file)
{
    const auto making = file->volume()->preparePart(file->order().folder, file->facts().name,
                                                    file->facts().sizeBytes, file->order().mark);
    const auto made = co_await making;
    if (!made) {
        file->volumes()->notSoAnyMore(file->order().folder);
        co_return failed(made.error());
    }
    file->adopt(*made);
    while (true) {
        const auto recording = file->identify();
        co_await recording;
        const auto naming = file->volume()->giveName(made->handle);
        const auto named = co_await naming;
        if (!named) {
            co_return failed(named.error());
        }
        if (*named == file->facts().part) {
            co_return FileResult<>();
        }
        file->rename(*named); // the name was taken in between
    }
}

QCoro::Task<FileResult<>> takeBytes(FileTransfer *file, qint64 offset, QByteArray bytes,
                                    qint64 comparedUntil)
{
    const auto pieces = file->ranges().pieces({offset, offset + bytes.size()});
    for (const RangePiece &piece : pieces) {
        const QByteArray part =
            pieces.size() == 1 ? bytes // not copied: mostly all of it is new
                               : bytes.sliced(piece.range.first - offset, piece.range.sizeBytes());
        if (!piece.isHeld) {
            file->write(piece.range.first, part);
            continue;
        }
        const auto same = co_await compare(file, piece.range.first, part);
        if (!same) {
            co_return same;
        }
        if (piece.range.first < comparedUntil && comparedUntil <= piece.range.end) {
            file->identify();
        }
    }
    co_return FileResult<>();
}

QCoro::Task<FileResult<>> closePart(FileTransfer *file)
{
    if (!file->part()) {
        co_return FileResult<>();
    }
    const auto syncing = file->volume()->sync(*file->part());
    const auto synced = co_await syncing;
    if (synced) {
        file->claim(file->held(), *synced);
    } else {
        const auto salvaging = file->volume()->salvage(*file->part());
        const auto salvaged = co_await salvaging;
        file->claim(salvaged);
    }
    file->volume()->close(*file->part());
    if (!synced) {
        co_return failed(synced.error());
    }
    co_return FileResult<>();
}

QCoro::Task<FileResult<>> verifyHash(FileTransfer *file, ExpectedHash wanted)
{
    const auto digest = co_await file->hash().finish(file->facts().part, wanted.algorithm);
    if (!digest) {
        co_return failed(digest.error());
    }
    if (*digest == wanted.digestHex) {
        co_return FileResult<>();
    }
    JobError error = failed(Cause::HashMismatch,
                            QStringLiteral("the checksum is %1").arg(QString::fromLatin1(*digest)));
    error.foundHash = ExpectedHash{wanted.algorithm, *digest};
    error.wantedHash = std::move(wanted);
    co_return tl::unexpected(std::move(error));
}

} // namespace core
