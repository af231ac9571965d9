// SPDX-License-Identifier: Apache-2.0
#include "core/disk/publish.h"

#include "core/disk/found_part.h"
#include "core/disk/our_file.h"
#include "core/disk/rename.h"
#include "core/disk/system_error.h"

#include <QFile>

#include <array>
#include <cstdio>
#include <fcntl.h>

namespace core {

namespace {

constexpr mode_t kUnfinishedMode = 0600;

/// What new files get, never executable. A file that replaces another is not readable to more
/// people than that one was.
mode_t finalMode(mode_t umask, const std::optional<mode_t> &replaced)
{
    const mode_t usual = 0666 & ~umask;
    return replaced ? (usual & *replaced) | kUnfinishedMode : usual;
}

/// Recognised whatever the policy is now: it may have been another one before the crash.
NameForm formOf(const PublishOrder &order, const OpenFolder &folder)
{
    return [name = order.fileName, maxBytes = folder.maxNameBytes()](int number) {
        return numberedName(name, number, maxBytes);
    };
}

/// Everything that can be done before the name is given, so that the name comes last.
DiskResult<> makeReady(const OurFile &part, const PublishOrder &order, mode_t mode)
{
    const int file = part.descriptor.number();
    constexpr qint64 kBlockBytes = 512; // the unit of st_blocks
    constexpr qint64 kWorthGivingBack = qint64(64) * 1024;
    if (qint64(part.facts.st_blocks) * kBlockBytes - order.sizeBytes > kWorthGivingBack) {
        // Reserved beyond the end, of a file that was expected to be longer.
        (void)uninterrupted([&] { return ::ftruncate(file, order.sizeBytes); });
    }
    // Mode and time are a courtesy: file systems without them are no reason to stop.
    (void)::fchmod(file, mode);
    if (order.lastModified.isValid()) {
        const qint64 ms = order.lastModified.toMSecsSinceEpoch();
        const qint64 below = ((ms % 1000) + 1000) % 1000; // times before 1970 too
        const std::array times{
            timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
            timespec{.tv_sec = (ms - below) / 1000, .tv_nsec = below * 1'000'000}};
        (void)::futimens(file, times.data());
    }
    if (uninterrupted([&] { return ::fsync(file); }) != 0) {
        return systemError(Step::Publish, order.part.path);
    }
    return {};
}

/// The mode of the file that would be replaced, if there is one; only a regular file may be.
DiskResult<std::optional<mode_t>> checkReplaced(const OpenFolder &folder, const QString &name)
{
    struct stat facts = {};
    const int error = entryFacts(folder, name, &facts);
    if (error == ENOENT) {
        return std::nullopt;
    }
    if (error != 0) {
        return systemError(Step::Publish, folder.pathOf(name), error);
    }
    if (!S_ISREG(facts.st_mode)) {
        return refusal(Step::Publish, folder.pathOf(name), Cause::NotRegularFile);
    }
    return facts.st_mode;
}

DiskResult<> replace(const Entry &from, const Entry &to)
{
    const auto old = checkReplaced(to.folder, to.name);
    if (!old) {
        return tl::unexpected(old.error());
    }
    int error = 0;
    if (!old->has_value()) {
        // What was not there when we looked may be anything by now.
        error = renameWithoutReplacing(from, to);
    } else if (::renameat(from.folder.number(), QFile::encodeName(from.name).constData(),
                          to.folder.number(), QFile::encodeName(to.name).constData()) != 0) {
        error = errno;
    }
    return error == 0 ? DiskResult<>()
                      : systemError(Step::Publish, to.folder.pathOf(to.name), error);
}

DiskResult<QString> giveName(const OurFile &part, const OpenFolder &folder,
                             const PublishOrder &order)
{
    const Entry from{part.folder, part.name};
    switch (order.existing) {
    case ExistingFile::Ask:
    case ExistingFile::Skip: {
        const int error = renameWithoutReplacing(from, {folder, order.fileName});
        if (error != 0) {
            return systemError(Step::Publish, folder.pathOf(order.fileName), error);
        }
        return order.fileName;
    }
    case ExistingFile::KeepBoth:
        return renameToFreeName(from, folder, formOf(order, folder), 0, Step::Publish);
    case ExistingFile::Replace:
        if (const auto replaced = replace(from, {folder, order.fileName}); !replaced) {
            return tl::unexpected(replaced.error());
        }
        return order.fileName;
    }
    Q_UNREACHABLE();
}

/// What would make giving the name fail, seen before anything is changed; the mode to give.
DiskResult<mode_t> checkTarget(const OpenFolder &folder, const PublishOrder &order)
{
    struct stat facts = {};
    switch (order.existing) {
    case ExistingFile::Ask:
    case ExistingFile::Skip:
        if (entryFacts(folder, order.fileName, &facts) == 0) {
            return systemError(Step::Publish, folder.pathOf(order.fileName), EEXIST);
        }
        return finalMode(order.umask, std::nullopt);
    case ExistingFile::KeepBoth:
        return finalMode(order.umask, std::nullopt);
    case ExistingFile::Replace: {
        const auto old = checkReplaced(folder, order.fileName);
        return old ? DiskResult<mode_t>(finalMode(order.umask, *old)) : tl::unexpected(old.error());
    }
    }
    Q_UNREACHABLE();
}

/// Renaming goes by name, so what was renamed is looked at: had somebody put another file in place
/// of the part, that one gets its name back.
DiskResult<> proveName(const OurFile &part, const OpenFolder &folder, const QString &name,
                       const PublishOrder &order)
{
    struct stat facts = {};
    if (entryFacts(folder, name, &facts) == 0 && isSameFile(facts, order.part)) {
        return {};
    }
    (void)renameWithoutReplacing({folder, name}, {part.folder, part.name});
    return refusal(Step::Publish, order.part.path, Cause::PartChanged);
}

/// After a crash: the name was given, by a link perhaps whose other name is still there.
DiskResult<QString> finish(const OpenFolder &folder, const QString &name, const PublishOrder &order)
{
    struct stat facts = {};
    if (const int error = entryFacts(folder, name, &facts); error != 0) {
        return systemError(Step::Publish, folder.pathOf(name), error);
    }
    if (facts.st_size != order.sizeBytes) {
        return refusal(Step::Publish, folder.pathOf(name), Cause::PartChanged);
    }
    if (facts.st_nlink > 1 && folder.pathOf(name) != order.part.path) {
        if (const auto removed = discard(order.part); !removed) {
            return tl::unexpected(removed.error());
        }
    }
    return folder.pathOf(name);
}

} // namespace

DiskResult<> syncPublished(const QString &folder)
{
    return openFolder(folder, Step::Publish).and_then([](const OpenFolder &opened) {
        return syncFolder(opened, Step::Publish);
    });
}

DiskResult<QString> giveFinalName(const PublishOrder &order)
{
    if (!isOneComponent(order.fileName)) {
        return refusal(Step::Publish, order.fileName, Cause::Internal);
    }
    const auto folder = openFolder(order.folder, Step::Publish);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    const auto part = openOurFile(order.part, O_RDWR, Step::Publish);
    if (!part || part->facts.st_nlink > 1) {
        if (const auto name = findByIdentity(*folder, order.part, formOf(order, *folder))) {
            return finish(*folder, *name, order);
        }
    }
    if (!part) {
        return tl::unexpected(part.error());
    }
    if (part->facts.st_nlink != 1 || part->facts.st_size != order.sizeBytes) {
        return refusal(Step::Publish, order.part.path, Cause::PartChanged);
    }
    const auto mode = checkTarget(*folder, order);
    if (!mode) {
        return tl::unexpected(mode.error());
    }
    if (const auto ready = makeReady(*part, order, *mode); !ready) {
        return tl::unexpected(ready.error());
    }
    const auto name = giveName(*part, *folder, order);
    if (!name) {
        (void)::fchmod(part->descriptor.number(), kUnfinishedMode); // private until it has a name
        return name;
    }
    if (const auto proven = proveName(*part, *folder, *name, order); !proven) {
        return tl::unexpected(proven.error());
    }
    removeMark(part->descriptor.number());
    if (!isSameFolder(part->folder, *folder)) {
        if (const auto synced = syncFolder(part->folder, Step::Publish); !synced) {
            return tl::unexpected(synced.error());
        }
    }
    return folder->pathOf(*name);
}

} // namespace core
