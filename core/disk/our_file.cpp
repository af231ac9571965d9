// SPDX-License-Identifier: Apache-2.0
#include "core/disk/our_file.h"

#include "core/disk/system_error.h"

#include <QFile>

#include <algorithm>
#include <fcntl.h>

namespace core {

namespace {

/// Ours, or what files of ours belong to on this file system: a network drive may map owners.
bool isOwnedByUs(const struct stat &facts, const OpenFolder &folder)
{
    if (facts.st_uid == ::geteuid()) {
        return true;
    }
    const auto probe = probeFolder(folder, Step::Prepare);
    return probe && probe->st_uid == facts.st_uid;
}

/// Nothing stands under the name. Where the folder is on another device than the file was, its file
/// system is not mounted: the file may well be there, once the drive is connected again.
Cause causeOfAbsence(const OpenFolder &folder, const PartIdentity &identity)
{
    struct stat facts = {};
    const bool elsewhere = ::fstat(folder.number(), &facts) == 0 && facts.st_dev != identity.device;
    return elsewhere ? Cause::DriveMissing : Cause::PartMissing;
}

} // namespace

DiskResult<OurFile> openOurFile(const PartIdentity &identity, int flags, Step step)
{
    const qsizetype slash = identity.path.lastIndexOf(u'/');
    OurFile file;
    file.name = identity.path.sliced(slash + 1);
    if (slash < 0 || !isOneComponent(file.name)) {
        return refusal(step, identity.path, Cause::Internal);
    }
    auto folder = openFolder(slash == 0 ? QStringLiteral("/") : identity.path.first(slash), step);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    file.folder = std::move(*folder);

    // Looked at before it is opened, because opening a fifo or a device does things.
    const int lookError = entryFacts(file.folder, file.name, &file.facts);
    if (lookError == ENOENT) {
        return refusal(step, identity.path, causeOfAbsence(file.folder, identity));
    }
    if (lookError != 0) {
        return nameError(step, file.folder, file.name, lookError);
    }
    if (!isSameFile(file.facts, identity)) {
        return refusal(step, identity.path, Cause::PartChanged);
    }
    const QByteArray name = QFile::encodeName(file.name);
    file.descriptor = Descriptor(uninterrupted([&] {
        return ::openat(file.folder.number(), name.constData(),
                        flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    }));
    if (!file.descriptor.isOpen() || ::fstat(file.descriptor.number(), &file.facts) != 0) {
        return systemError(step, identity.path);
    }
    if (!isSameFile(file.facts, identity) || !isOwnedByUs(file.facts, file.folder)) {
        return refusal(step, identity.path, Cause::PartChanged);
    }
    return file;
}

int unlinkOurs(const OpenFolder &folder, const QString &name, const PartIdentity &identity)
{
    struct stat facts = {};
    const int lookError = entryFacts(folder, name, &facts);
    if (lookError == ENOENT || (lookError == 0 && !isSameFile(facts, identity))) {
        return 0;
    }
    if (lookError != 0) {
        return lookError;
    }
    const bool gone =
        ::unlinkat(folder.number(), QFile::encodeName(name).constData(), 0) == 0 || errno == ENOENT;
    return gone ? 0 : errno;
}

PartIdentity identityOf(const OpenFolder &folder, const QString &name, const struct stat &facts)
{
    return {.path = folder.pathOf(name), .device = facts.st_dev, .inode = facts.st_ino};
}

PartStamp stampOf(const struct stat &facts)
{
    constexpr qint64 kNsPerSecond = 1'000'000'000;
    const auto ns = [](const timespec &time) { return time.tv_sec * kNsPerSecond + time.tv_nsec; };
    return {.sizeBytes = facts.st_size,
            .modifiedNs = std::max(ns(facts.st_mtim), ns(facts.st_ctim))};
}

} // namespace core
