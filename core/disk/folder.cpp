// SPDX-License-Identifier: Apache-2.0
#include "core/disk/folder.h"

#include "core/disk/open_folder.h"
#include "core/disk/system_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <sys/vfs.h>

namespace core {

namespace {

struct FileSystemRow {
    quint32 type; ///< as in statfs(2)
    const char *name;
};

constexpr auto kFileSystems = std::to_array<FileSystemRow>({
    {0x0000ef53, "ext4"},     {0x9123683e, "btrfs"},    {0x58465342, "xfs"},
    {0x01021994, "tmpfs"},    {0xf2f52010, "f2fs"},     {0x2fc12fc1, "zfs"},
    {0xca451a4e, "bcachefs"}, {0x00004d44, "vfat"},     {0x2011bab0, "exfat"},
    {0x5346544e, "ntfs"},     {0x7366746e, "ntfs3"},    {0x00006969, "nfs"},
    {0xff534d42, "cifs"},     {0xfe534d42, "smb2"},     {0x65735546, "fuse"},
    {0x794c7630, "overlay"},  {0x0000f15f, "ecryptfs"}, {0x15013346, "udf"},
    {0x00009660, "iso9660"},  {0x01021997, "9p"},       {0x858458f6, "ramfs"},
    {0x52654973, "reiserfs"}, {0x3153464a, "jfs"},
});

QString fileSystemOf(int descriptor)
{
    struct statfs facts = {};
    if (uninterrupted([&] { return ::fstatfs(descriptor, &facts); }) != 0) {
        return {};
    }
    const auto type = static_cast<quint32>(facts.f_type);
    const auto row = std::ranges::find(kFileSystems, type, &FileSystemRow::type);
    return row == kFileSystems.end() ? QString::number(type, 16) : QString::fromLatin1(row->name);
}

/// Makes the folder and every one above it that is missing. Who made one in the meantime does not
/// matter; each is on the disk before anything is put into it.
DiskResult<> createFolder(const QString &path)
{
    QString made;
    for (const QString &name : path.split(u'/', Qt::SkipEmptyParts)) {
        const auto above = openFolder(made.isEmpty() ? QStringLiteral("/") : made, Step::Prepare);
        if (!above) {
            return tl::unexpected(above.error());
        }
        made += u'/' + name;
        struct stat facts = {};
        if (entryFacts(*above, name, &facts) == 0) {
            continue;
        }
        const QByteArray bytes = QFile::encodeName(name);
        if (::mkdirat(above->number(), bytes.constData(), 0777) != 0 && errno != EEXIST) {
            return systemError(Step::Prepare, made);
        }
        if (auto synced = syncFolder(*above, Step::Prepare); !synced) {
            return synced;
        }
    }
    return {};
}

} // namespace

bool isInMemory(int descriptor)
{
    const QString system = fileSystemOf(descriptor);
    return system == u"tmpfs" || system == u"ramfs";
}

QString withoutLinks(const QString &path)
{
    QString there = QDir::cleanPath(path);
    QString rest;
    while (there.startsWith(u'/') && there != u"/" && !there.contains(QChar(u'\0'))) {
        const std::unique_ptr<char, void (*)(void *)> real(
            ::realpath(QFile::encodeName(there).constData(), nullptr), &std::free);
        if (real) {
            const QString found = QFile::decodeName(real.get());
            return QDir::cleanPath(found + rest);
        }
        const qsizetype slash = there.lastIndexOf(u'/');
        rest.prepend(there.sliced(slash));
        there.truncate(std::max<qsizetype>(slash, 1));
    }
    return path;
}

QString nearestThere(const QString &path)
{
    QString there = QDir::cleanPath(path);
    struct stat facts = {};
    while (there.size() > 1 && ::stat(QFile::encodeName(there).constData(), &facts) != 0 &&
           (errno == ENOENT || errno == ENOTDIR)) {
        there.truncate(std::max<qsizetype>(there.lastIndexOf(u'/'), 1));
    }
    return there;
}

bool liesIn(const PartIdentity &part, const QString &folder)
{
    return QFileInfo(part.path).absolutePath() == QDir::cleanPath(folder);
}

DiskResult<quint64> deviceOf(const QString &folder)
{
    if (!folder.startsWith(u'/') || folder.contains(QChar(u'\0'))) {
        return refusal(Step::Prepare, folder, Cause::Internal);
    }
    const QString path = nearestThere(folder);
    struct stat facts = {};
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0) {
        return systemError(Step::Prepare, path);
    }
    return facts.st_dev;
}

DiskResult<FolderFacts> inspectFolder(const QString &path, MissingFolder missing,
                                      std::optional<quint64> wasOn)
{
    const QString clean = QDir::cleanPath(path);
    auto folder = openFolder(clean, Step::Prepare);
    const bool isMissing = !folder && folder.error().osError == ENOENT;
    if (isMissing && wasOn && deviceOf(clean).value_or(*wasOn) != *wasOn) {
        return refusal(Step::Prepare, clean, Cause::DriveMissing);
    }
    if (isMissing && missing == MissingFolder::Create) {
        if (const auto made = createFolder(clean); !made) {
            return tl::unexpected(made.error());
        }
        folder = openFolder(clean, Step::Prepare);
    }
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    const auto probe = probeFolder(*folder, Step::Prepare);
    if (!probe) {
        // A folder that is there and says that it is not takes no files: /proc, say.
        return probe.error().osError == ENOENT ? systemError(Step::Prepare, clean, EACCES)
                                               : tl::unexpected(probe.error());
    }
    struct stat facts = {};
    if (::fstat(folder->number(), &facts) != 0) {
        return systemError(Step::Prepare, clean);
    }
    const qint64 most = std::numeric_limits<qint64>::max();
    return FolderFacts{.path = clean,
                       .device = facts.st_dev,
                       .freeBytes = freeBytesIn(folder->number()).value_or(most),
                       .fileSystem = fileSystemOf(folder->number())};
}

DiskResult<FolderFacts> inspectPlaceOf(const QString &path)
{
    const auto facts = inspectFolder(path, MissingFolder::Refuse);
    if (facts || facts.error().osError != ENOENT) {
        return facts;
    }
    const auto there = inspectFolder(nearestThere(path), MissingFolder::Refuse);
    return there || there.error().osError == ENOENT ? facts : there;
}

} // namespace core
