// SPDX-License-Identifier: Apache-2.0
#include "core/disk/open_folder.h"

#include "core/disk/system_error.h"

#include <QFile>

#include <atomic>
#include <dirent.h>
#include <fcntl.h>
#include <limits>
#include <memory>
#include <sys/statvfs.h>

namespace core {

namespace {

constexpr int kProbeFlags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;

/// For file systems that know no files without a name.
DiskResult<struct stat> probeByName(const OpenFolder &folder, Step step)
{
    static std::atomic<int> count = 0;
    const QByteArray name = QByteArrayLiteral(".bellhop-probe-") + QByteArray::number(::getpid()) +
                            '-' + QByteArray::number(++count);
    const Descriptor file(uninterrupted([&] {
        return ::openat(folder.number(), name.constData(), kProbeFlags | O_CREAT | O_EXCL, 0600);
    }));
    if (!file.isOpen()) {
        return systemError(step, folder.path);
    }
    struct stat facts = {};
    const int statError = ::fstat(file.number(), &facts) == 0 ? 0 : errno;
    if (::unlinkat(folder.number(), name.constData(), 0) != 0) {
        return systemError(step, folder.path);
    }
    if (statError != 0) {
        return systemError(step, folder.path, statError);
    }
    return facts;
}

} // namespace

QString OpenFolder::pathOf(const QString &name) const
{
    return path.endsWith(u'/') ? path + name : path + u'/' + name;
}

qsizetype OpenFolder::maxNameBytes() const
{
    constexpr qsizetype kUsual = 255;
    constexpr qsizetype kLeast = 32; // less is not believed
    const long told = ::fpathconf(number(), _PC_NAME_MAX);
    return told < kLeast ? kUsual : std::min<qsizetype>(told, kUsual);
}

DiskResult<OpenFolder> openFolder(const QString &path, Step step)
{
    if (!path.startsWith(u'/') || path.contains(QChar(u'\0'))) {
        return refusal(step, path, Cause::Internal);
    }
    const QByteArray bytes = QFile::encodeName(path);
    const auto opened = [&bytes](int flags) {
        return uninterrupted(
            [&] { return ::open(bytes.constData(), flags | O_DIRECTORY | O_CLOEXEC); });
    };
    Descriptor descriptor(opened(O_RDONLY));
    if (!descriptor.isOpen() && errno == EACCES) {
        descriptor = Descriptor(opened(O_PATH)); // a folder to write into that cannot be listed
    }
    if (!descriptor.isOpen()) {
        return systemError(step, path);
    }
    return OpenFolder{std::move(descriptor), path};
}

DiskResult<> syncFolder(const OpenFolder &folder, Step step)
{
    if (uninterrupted([&] { return ::fsync(folder.number()); }) != 0) {
        // EBADF: it could not be opened for reading, see openFolder().
        const bool unsupported =
            errno == EINVAL || errno == ENOTSUP || errno == ENOSYS || errno == EBADF;
        if (!unsupported) {
            return systemError(step, folder.path);
        }
    }
    return {};
}

int entryFacts(const OpenFolder &folder, const QString &name, struct stat *facts)
{
    const QByteArray bytes = QFile::encodeName(name);
    const int result = uninterrupted(
        [&] { return ::fstatat(folder.number(), bytes.constData(), facts, AT_SYMLINK_NOFOLLOW); });
    return result == 0 ? 0 : errno;
}

DiskResult<Descriptor> openUnnamed(const OpenFolder &folder, Step step)
{
    Descriptor file(uninterrupted(
        [&] { return ::openat(folder.number(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); }));
    // How file systems and kernels say that they have no O_TMPFILE.
    const bool unsupported = errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT ||
                             errno == EINVAL || errno == ENOSYS;
    if (!file.isOpen() && !unsupported) {
        return systemError(step, folder.path);
    }
    return file;
}

DiskResult<struct stat> probeFolder(const OpenFolder &folder, Step step)
{
    const auto file = openUnnamed(folder, step);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (!file->isOpen()) {
        return probeByName(folder, step);
    }
    struct stat facts = {};
    if (::fstat(file->number(), &facts) != 0) {
        return systemError(step, folder.path);
    }
    return facts;
}

std::optional<qint64> freeBytesIn(int descriptor)
{
    struct statvfs room = {};
    if (uninterrupted([&] { return ::fstatvfs(descriptor, &room); }) != 0 || room.f_blocks == 0) {
        return std::nullopt;
    }
    const quint64 unit = room.f_frsize;
    const quint64 most = std::numeric_limits<qint64>::max();
    return unit != 0 && room.f_bavail > most / unit ? qint64(most) : qint64(room.f_bavail * unit);
}

bool isSameFile(const struct stat &facts, const PartIdentity &identity)
{
    return S_ISREG(facts.st_mode) && facts.st_dev == identity.device &&
           facts.st_ino == identity.inode;
}

std::optional<QString> findByIdentity(const OpenFolder &folder, const PartIdentity &identity,
                                      const NameForm &form)
{
    struct stat plain = {};
    if (const QString name = form(0); // nearly always this one, and the folder may be large
        entryFacts(folder, name, &plain) == 0 && isSameFile(plain, identity)) {
        return name;
    }
    // A second description of the folder, because reading it moves a position.
    const int again = ::openat(folder.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (again < 0) {
        return std::nullopt;
    }
    const std::unique_ptr<DIR, int (*)(DIR *)> entries(::fdopendir(again), &::closedir);
    if (!entries) {
        ::close(again);
        return std::nullopt;
    }
    while (const dirent *entry = ::readdir(entries.get())) {
        const QString name = QFile::decodeName(static_cast<const char *>(entry->d_name));
        struct stat facts = {};
        if (isOfForm(name, form) && entryFacts(folder, name, &facts) == 0 &&
            isSameFile(facts, identity)) {
            return name;
        }
    }
    return std::nullopt;
}

} // namespace core
