// SPDX-License-Identifier: Apache-2.0
#include "core/disk/publish.h"

#include "core/disk/found_part.h"
#include "core/disk/our_file.h"
#include "core/disk/part_file.h"
#include "core/disk/rename.h"
#include "core/disk/system_error.h"

#include <fcntl.h>

namespace core {

namespace {

constexpr qint64 kCopyBlockBytes = qint64(1024) * 1024;

DiskResult<> copyBytes(const OurFile &from, PartFile &to)
{
    (void)::posix_fadvise(from.descriptor.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
    QByteArray block(kCopyBlockBytes, Qt::Uninitialized);
    qint64 done = 0;
    while (done < from.facts.st_size) {
        const ssize_t got = uninterrupted([&] {
            return ::pread(from.descriptor.number(), block.data(), size_t(block.size()), done);
        });
        if (got < 0) {
            return systemError(Step::Write, from.folder.pathOf(from.name));
        }
        if (got == 0) { // it has become shorter
            return refusal(Step::Write, from.folder.pathOf(from.name), Cause::PartChanged);
        }
        if (auto written = to.writeAt(done, QByteArrayView(block).first(got)); !written) {
            return written;
        }
        done += got;
    }
    return {};
}

DiskResult<MovedPart> copyInto(const OurFile &from, const QString &folder, const QString &fileName)
{
    auto copy = PartFile::prepare(folder, fileName, from.facts.st_size);
    if (!copy) {
        return tl::unexpected(copy.error());
    }
    copyMark(from.descriptor.number(), copy->descriptor());
    if (const auto copied = copyBytes(from, *copy); !copied) {
        (void)discard(copy->identity()); // the first error is the one to tell
        return tl::unexpected(copied.error());
    }
    const PartIdentity part = copy->identity();
    return MovedPart{part, std::make_shared<PartFile>(std::move(*copy))};
}

/// The new identity of a part that has been renamed, once that is on the disk.
DiskResult<MovedPart> renamed(const PartIdentity &part, const OpenFolder &from,
                              const OpenFolder &to, const QString &name)
{
    struct stat facts = {};
    if (entryFacts(to, name, &facts) != 0 || !isSameFile(facts, part)) {
        return refusal(Step::Prepare, part.path, Cause::PartChanged);
    }
    for (const OpenFolder *folder : {&to, &from}) {
        if (const auto synced = syncFolder(*folder, Step::Prepare); !synced) {
            return tl::unexpected(synced.error());
        }
    }
    return MovedPart{identityOf(to, name, facts), nullptr};
}

/// Of a folder that is not there any more, or that something else stands in the place of: the part
/// is asked for in another one, so that it will not be waited for.
DiskError outOfReach(DiskError error)
{
    const Cause cause = causeOf(error);
    if (cause == Cause::FolderMissing || cause == Cause::DriveMissing ||
        cause == Cause::NotAFolder) {
        error.cause = Cause::PartMissing;
    }
    return error;
}

} // namespace

DiskResult<> discard(const PartIdentity &part)
{
    const qsizetype slash = part.path.lastIndexOf(u'/');
    const QString name = part.path.sliced(slash + 1);
    if (slash < 0 || !isOneComponent(name)) {
        return {};
    }
    const auto folder = openFolder(part.path.first(slash + 1), Step::Discard);
    if (!folder) {
        const bool gone = folder.error().osError == ENOENT || folder.error().osError == ENOTDIR;
        return gone ? DiskResult<>() : tl::unexpected(folder.error());
    }
    if (const int error = unlinkOurs(*folder, name, part); error != 0) {
        return systemError(Step::Discard, part.path, error);
    }
    return {};
}

DiskResult<PartIdentity> nameCopy(PartFile *copy)
{
    auto named = copy->giveName();
    if (!named || !copy->hasName()) {
        return named;
    }
    if (const auto synced = copy->sync(); !synced) {
        (void)discard(*named); // the first error is the one to tell
        return tl::unexpected(synced.error());
    }
    return named;
}

DiskResult<MovedPart> movePart(const PartIdentity &part, const QString &folder,
                               const QString &fileName)
{
    if (!isOneComponent(fileName)) {
        return refusal(Step::Prepare, fileName, Cause::Internal);
    }
    const auto target = openFolder(folder, Step::Prepare);
    if (!target) {
        return tl::unexpected(target.error());
    }
    const NameForm form = [&, maxBytes = target->maxNameBytes()](int number) {
        return partName(fileName, number, maxBytes);
    };
    const auto from = openOurFile(part, O_RDONLY, Step::Prepare);
    if (!from) {
        // Renamed already, by a run that did not live to say so.
        const auto name = findByIdentity(*target, part, form);
        return name ? renamed(part, *target, *target, *name)
                    : tl::unexpected(outOfReach(from.error()));
    }
    if (isSameFolder(from->folder, *target) && isOfForm(from->name, form)) {
        return MovedPart{part, nullptr};
    }
    const auto name = renameToFreeName({from->folder, from->name}, *target, form, 1, Step::Prepare);
    if (!name) {
        return name.error().osError == EXDEV ? copyInto(*from, folder, fileName)
                                             : tl::unexpected(name.error());
    }
    return renamed(part, from->folder, *target, *name);
}

} // namespace core
