// SPDX-License-Identifier: Apache-2.0
#include "core/disk/open_folder.h"

#include "core/disk/system_error.h"

#include <QFile>

#include <atomic>
#include <dirent.h>
#include <fcntl.h>
#include <limits>
#include <linux/openat2.h>
#include <memory>
#include <sys/statvfs.h>
#include <sys/syscall.h>

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

/// Opens by whatever call it is given, for reading or, where the folder cannot be listed, only to
/// work in it.
template <typename Call>
Descriptor openedAtAll(Call call)
{
    Descriptor opened(uninterrupted([&] { return call(O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!opened.isOpen() && errno == EACCES) {
        opened = Descriptor(uninterrupted([&] { return call(O_PATH | O_DIRECTORY | O_CLOEXEC); }));
    }
    return opened;
}

/// Linux 5.6 and later; not in every sandbox.
Descriptor openWithoutLinks(const QByteArray &path)
{
    return openedAtAll([&path](int flags) {
        open_how how{};
        how.flags = __u64(flags);
        how.resolve = RESOLVE_NO_SYMLINKS;
        return int(::syscall(SYS_openat2, AT_FDCWD, path.constData(), &how, sizeof how));
    });
}

/// The same step by step.
DiskResult<OpenFolder> walkTo(const QString &path, Step step)
{
    Descriptor here = openedAtAll([](int flags) { return ::open("/", flags); });
    QString reached;
    for (const QString &name : path.split(u'/', Qt::SkipEmptyParts)) {
        reached += u'/' + name;
        const QByteArray bytes = QFile::encodeName(name);
        errno = 0;
        Descriptor next = openedAtAll([&](int flags) {
            return ::openat(here.number(), bytes.constData(), flags | O_NOFOLLOW);
        });
        const int said = errno; // before the one above is closed
        if (!next.isOpen()) {
            // Of a link that is not to be followed systems say the one or the other.
            const int error = said == ELOOP ? ENOTDIR : said;
            return systemError(step, error == ENOTDIR ? reached : path, error);
        }
        here = std::move(next);
    }
    return OpenFolder{std::move(here), path};
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

tl::unexpected<DiskError> nameError(Step step, const OpenFolder &folder, const QString &name,
                                    int osError)
{
    return systemError(step, osError == ENAMETOOLONG ? folder.pathOf(name) : folder.path, osError);
}

DiskResult<OpenFolder> openFolder(const QString &path, Step step, PathWalk walk)
{
    if (!path.startsWith(u'/') || path.contains(QChar(u'\0'))) {
        return refusal(step, path, Cause::Internal);
    }
    if (walk == PathWalk::ByKernel) {
        Descriptor opened = openWithoutLinks(QFile::encodeName(path));
        if (opened.isOpen()) {
            return OpenFolder{std::move(opened), path};
        }
    }
    return walkTo(path, step); // which also finds where the way ends
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

bool isSameFolder(const OpenFolder &one, const OpenFolder &other)
{
    struct stat first = {};
    struct stat second = {};
    return ::fstat(one.number(), &first) == 0 && ::fstat(other.number(), &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

std::optional<QString> findByIdentity(const OpenFolder &folder, const PartIdentity &identity,
                                      const NameForm &form)
{
    // The first free name was taken, so nearly always it stands in the unbroken row of those that
    // are not free; and the folder may be large.
    for (int number = 0; number <= kMaxNameNumber; ++number) {
        struct stat facts = {};
        const QString name = form(number);
        if (entryFacts(folder, name, &facts) != 0) {
            break;
        }
        if (isSameFile(facts, identity)) {
            return name;
        }
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
