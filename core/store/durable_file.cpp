// SPDX-License-Identifier: Apache-2.0
#include "core/store/durable_file.h"

#include "core/disk/descriptor.h"
#include "core/store/private_mode.h"

#include <QByteArray>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>

namespace core {

namespace {

constexpr size_t kBlockBytes = 65536;

tl::unexpected<StoreError> whatTheSystemSaid(const QString &path, int code = errno)
{
    return tl::unexpected(StoreError{StoreFault::CannotOpen, path, qt_error_string(code)});
}

Descriptor openFile(const QString &path, int flags)
{
    const QByteArray name = QFile::encodeName(path);
    // Never blocks on a pipe, never follows a link out of the state folder.
    const int guards = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    return Descriptor(
        uninterrupted([&] { return ::open(name.constData(), flags | guards, kPrivateFile); }));
}

/// 0, or errno.
int writeAll(int descriptor, const char *bytes, ssize_t count)
{
    while (count > 0) {
        const ssize_t written =
            uninterrupted([&] { return ::write(descriptor, bytes, size_t(count)); });
        if (written < 0) {
            return errno;
        }
        bytes += written;
        count -= written;
    }
    return 0;
}

} // namespace

bool isThere(const QString &path)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0;
}

std::optional<QDateTime> lastWritten(const QString &path)
{
    const QFileInfo file(path);
    return file.size() > 0 ? std::optional(file.lastModified().toUTC()) : std::nullopt;
}

StoreResult<> syncFolderOf(const QString &path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const Descriptor opened(uninterrupted(
        [&] { return ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!opened.isOpen() || ::fsync(opened.number()) != 0) {
        return whatTheSystemSaid(path);
    }
    return {};
}

StoreResult<> renameFile(const QString &from, const QString &to)
{
    const bool done =
        std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
    return done ? StoreResult<>() : whatTheSystemSaid(to);
}

StoreResult<> makeEmptyFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT) {
        return whatTheSystemSaid(path);
    }
    const Descriptor made = openFile(path, O_WRONLY | O_CREAT | O_EXCL);
    // Whatever the umask took away is given back.
    if (!made.isOpen() || ::fchmod(made.number(), kPrivateFile) != 0) {
        return whatTheSystemSaid(path);
    }
    return {};
}

StoreResult<> syncFile(const QString &path, const QDateTime &time)
{
    const Descriptor file = openFile(path, O_WRONLY);
    const qint64 msec = time.toMSecsSinceEpoch();
    const timespec written{.tv_sec = msec / 1000, .tv_nsec = (msec % 1000) * 1'000'000};
    const std::array<timespec, 2> times{written, written};
    if (!file.isOpen() || ::futimens(file.number(), times.data()) != 0 ||
        ::fsync(file.number()) != 0) {
        return whatTheSystemSaid(path);
    }
    return {};
}

StoreResult<> copyFile(const QString &from, const QString &to)
{
    const Descriptor source = openFile(from, O_RDONLY);
    if (!source.isOpen()) {
        return whatTheSystemSaid(from);
    }
    if (auto made = makeEmptyFile(to); !made) {
        return made;
    }
    const Descriptor copy = openFile(to, O_WRONLY);
    if (!copy.isOpen()) {
        return whatTheSystemSaid(to);
    }
    std::array<char, kBlockBytes> block{};
    while (true) {
        const ssize_t count =
            uninterrupted([&] { return ::read(source.number(), block.data(), block.size()); });
        if (count <= 0) {
            return count == 0 ? StoreResult<>() : whatTheSystemSaid(from);
        }
        if (const int error = writeAll(copy.number(), block.data(), count); error != 0) {
            return whatTheSystemSaid(to, error);
        }
    }
}

} // namespace core
