// SPDX-License-Identifier: Apache-2.0
#include "core/store/state_folder.h"

#include "core/store/private_mode.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core {

namespace {

constexpr const char *kLockName = "lock";

using FolderResult = tl::expected<void, StateFolderError>;

tl::unexpected<StateFolderError> failure(const QString &path, int code)
{
    return tl::unexpected(
        StateFolderError{StateFolderFault::CannotCreate, path, qt_error_string(code)});
}

tl::unexpected<StateFolderError> notOurs(const QString &path, const char *why)
{
    return tl::unexpected(
        StateFolderError{StateFolderFault::NotOurs, path, QString::fromLatin1(why)});
}

/// 0, or errno. A folder is there for good only once the one above it was synced.
int makeFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), kPrivateFolder) != 0) {
        return errno;
    }
    const QByteArray above = QFile::encodeName(QFileInfo(path).path());
    const int descriptor = ::open(above.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        // Best effort: a folder above that may not be read, or synced, is no reason to stop.
        ::fsync(descriptor);
        ::close(descriptor);
    }
    return 0;
}

/// 0, or errno. All that it makes is 0700; what is there stays as it is.
int makeFolders(const QString &path)
{
    QStringList missing{path};
    int error = makeFolder(path);
    while (error == ENOENT && missing.last() != QFileInfo(missing.last()).path()) {
        missing.append(QFileInfo(missing.last()).path());
        error = makeFolder(missing.last());
    }
    while (missing.size() > 1 && (error == 0 || error == EEXIST)) {
        missing.removeLast();
        error = makeFolder(missing.last());
    }
    return error == EEXIST ? 0 : error;
}

/// Whether a folder that others can enter may be closed to them: one that already was a state
/// folder, or an empty one. Anybody's shared folder is not shut because of a typing error.
bool mayBeClosed(const QString &path, const struct stat &facts)
{
    const bool shared = (facts.st_mode & (S_ISVTX | S_IWOTH)) != 0;
    const QDir folder(path);
    return !shared && (folder.exists(QString::fromLatin1(kLockName)) || folder.isEmpty());
}

FolderResult makePrivate(int folder, const QString &path)
{
    struct stat facts {};
    if (::fstat(folder, &facts) != 0) {
        return failure(path, errno);
    }
    if (facts.st_uid != ::geteuid()) {
        return notOurs(path, "belongs to another user");
    }
    if ((facts.st_mode & 07777) == kPrivateFolder) {
        return {};
    }
    if ((facts.st_mode & 077) != 0 && !mayBeClosed(path, facts)) {
        return notOurs(path, "is open to others and holds other things");
    }
    if (::fchmod(folder, kPrivateFolder) != 0) {
        return failure(path, errno);
    }
    return {};
}

/// The descriptor that holds the lock.
tl::expected<int, StateFolderError> lockIn(int folder, const QString &path)
{
    const int lock =
        ::openat(folder, kLockName, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, kPrivateFile);
    if (lock < 0) {
        return failure(path, errno);
    }
    while (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) {
            continue;
        }
        const int error = errno;
        ::close(lock);
        if (error == EWOULDBLOCK) {
            return tl::unexpected(StateFolderError{StateFolderFault::InUse, path, {}});
        }
        return failure(path, error);
    }
    return lock;
}

} // namespace

tl::expected<StateFolder, StateFolderError> StateFolder::acquire(const QString &path)
{
    if (path.isEmpty()) {
        return failure(path, ENOENT);
    }
    const QString absolute = QDir::cleanPath(QDir::current().absoluteFilePath(path));
    if (const int error = makeFolders(absolute); error != 0) {
        return failure(absolute, error);
    }
    const int folder =
        ::open(QFile::encodeName(absolute).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return errno == EACCES && QFileInfo(absolute).ownerId() != ::geteuid()
                   ? notOurs(absolute, "belongs to another user")
                   : failure(absolute, errno);
    }
    const auto closeIt = qScopeGuard([folder] { ::close(folder); });
    if (const auto closed = makePrivate(folder, absolute); !closed) {
        return tl::unexpected(closed.error());
    }
    return lockIn(folder, absolute).map([&absolute](int lock) {
        return StateFolder(absolute, lock);
    });
}

QString StateFolder::defaultPath()
{
    const QString base = qEnvironmentVariable("XDG_STATE_HOME");
    const QString home = qEnvironmentVariable("HOME"); // QDir takes the root folder instead
    // A relative path there is to be ignored (XDG Base Directory Specification).
    if (QDir::isAbsolutePath(base)) {
        return QDir::cleanPath(base) + QStringLiteral("/bellhop");
    }
    return QDir::isAbsolutePath(home)
               ? QDir::cleanPath(home) + QStringLiteral("/.local/state/bellhop")
               : QString();
}

StateFolder::StateFolder(QString path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{
}

StateFolder::StateFolder(StateFolder &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_lock(std::exchange(other.m_lock, -1))
{
}

StateFolder &StateFolder::operator=(StateFolder &&other) noexcept
{
    if (this != &other) {
        std::swap(m_path, other.m_path);
        std::swap(m_lock, other.m_lock);
    }
    return *this;
}

StateFolder::~StateFolder()
{
    if (m_lock >= 0) {
        ::close(m_lock); // and the lock goes with it
    }
}

QString StateFolder::databaseIn(const QString &folder)
{
    return folder + QStringLiteral("/jobs.sqlite");
}

QString StateFolder::databasePath() const
{
    return databaseIn(m_path);
}

} // namespace core
