// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/file/unpack_part.h"

#include "core/disk/part_file.h"
#include "core/disk/publish.h"
#include "core/disk/unpack.h"
#include "core/disk/volumes.h"
#include "core/remedy/diagnose.h"

#include <QCoroFuture>
#include <QFileInfo>

namespace core {

namespace {

// Work for another thread is put together outside the coroutines: GCC 12 destroys the captures of a
// lambda once too often when it is made inside the expression that is awaited.

QString folderOf(const FileTransfer &file)
{
    return QFileInfo(file.facts().part.path).absolutePath();
}

QFuture<DiskResult<UnpackedCopy>> startUnpacking(const FileTransfer &file,
                                                 const std::stop_token &stop)
{
    const UnpackOrder order{.part = file.facts().part,
                            .sizeBytes = file.bytesHeld(),
                            .fileName = file.facts().name,
                            .mark = file.order().mark};
    return file.volumes()->runLong<UnpackedCopy>(folderOf(file),
                                                 [order, stop] { return unpack(order, stop); });
}

/// As it looks from outside since.
struct NamedCopy {
    PartIdentity part;
    std::optional<PartStamp> stamp;
};

QFuture<DiskResult<NamedCopy>> startNamingUnpacked(const FileTransfer &file,
                                                   const std::shared_ptr<PartFile> &copy)
{
    return file.volumes()->runLong<NamedCopy>(folderOf(file), [copy] {
        return nameCopy(copy.get()).map([&copy](const PartIdentity &part) {
            return NamedCopy{part, copy->stamp()};
        });
    });
}

JobError whyNotUnpacked(const FileTransfer &file, const DiskError &failure)
{
    JobError error = diagnose(failure);
    if (error.cause == Cause::HashMismatch) {
        error.reason = Reason::NotUnpackable;
        error.evidence.detail = QStringLiteral("no whole sound stream of gzip or deflate");
    }
    if (failure.bytesWanted) { // beside what is held
        error.fileBytesTotal = file.bytesHeld() + *failure.bytesWanted;
    }
    return error;
}

tl::unexpected<JobError> notUnpacked(const FileTransfer &file, const DiskError &failure)
{
    return tl::unexpected(whyNotUnpacked(file, failure));
}

} // namespace

QCoro::Task<FileResult<>> unpackPart(FileTransfer *file, std::stop_token stop)
{
    const auto unpacking = startUnpacking(*file, stop);
    const auto made = co_await unpacking;
    if (!made) {
        co_return notUnpacked(*file, made.error());
    }
    UnpackedPart unpacked{
        .part = made->copy->identity(), .sizeBytes = made->sizeBytes, .seal = made->seal};
    for (bool isNamed = false; !isNamed; isNamed = made->copy->hasName()) {
        const auto recording = file->copied(unpacked.part);
        const bool isRecorded = co_await recording;
        if (!isRecorded || stop.stop_requested()) {
            co_return tl::unexpected(JobError{.cause = Cause::Internal, .step = Step::Verify});
        }
        const auto naming = startNamingUnpacked(*file, made->copy);
        const auto named = co_await naming;
        if (!named) {
            co_return notUnpacked(*file, named.error());
        }
        unpacked.part = named->part;
        unpacked.seal.stamp = named->stamp;
    }
    if (made->hasRest) {
        file->note(Note::RestLeftOut);
    }
    const auto recording = file->unpacked(unpacked);
    co_await recording;
    co_return FileResult<>();
}

} // namespace core
