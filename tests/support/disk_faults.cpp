// SPDX-License-Identifier: Apache-2.0
// To be preloaded: counts the calls that change what is on the disk below some folders, and at one
// of them kills the program, or lets the call fail or hang as a bad disk does.
//   BELLHOP_DISK_FOLDERS  those folders, with colons in between
//   BELLHOP_DISK_FAULT    kill-before, kill-after, short, hang, or ENOSPC and its like; nothing:
//   count BELLHOP_DISK_AT       the number of the call, from 1; only calls that can fail so are
//   counted BELLHOP_DISK_ONWARDS  if set, all that follow as well BELLHOP_DISK_REPORT   gets a line
//   "CALL NUMBER" for each kind of call, and what was hit
#include "tests/support/disk_fault.h"

#include <array>
#include <climits>
#include <cstdarg>
#include <cstdio>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>

using namespace disk_fault;

namespace {

template <typename Function>
Function *real(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

std::string pathOf(int descriptor)
{
    std::array<char, PATH_MAX> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
    return {path.data(), std::size_t(length > 0 ? length : 0)};
}

std::string pathOf(int folder, const char *name)
{
    if (name[0] == '/' || folder == AT_FDCWD) {
        return name; // relative to the current folder is none that is looked at
    }
    return pathOf(folder) + '/' + name;
}

template <typename Call>
auto done(Op op, const std::string &path, Call call) -> decltype(call())
{
    if (!isHit(op, path)) {
        return call();
    }
    if (kind() == Kind::Error) {
        errno = error();
        return -1;
    }
    if (kind() == Kind::Hang) {
        hang();
    }
    if (kind() == Kind::KillAfter) {
        call();
    }
    end();
}

template <typename Call>
ssize_t written(int descriptor, std::size_t count, Call call)
{
    if (kind() != Kind::Short) {
        return done(Write, pathOf(descriptor), [&] { return call(count); });
    }
    return call(isHit(Write, pathOf(descriptor)) && count > 1 ? count / 2 : count);
}

Op opening(int flags)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? Create : Open;
}

} // namespace

extern "C" {

#define BELLHOP_OPEN(name)                                                                         \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        const mode_t mode = opening(flags) == Create ? va_arg(rest, mode_t) : 0;                   \
        va_end(rest);                                                                              \
        return done(opening(flags), path,                                                          \
                    [&] { return real<int(const char *, int, ...)>(#name)(path, flags, mode); });  \
    }
#define BELLHOP_OPENAT(name)                                                                       \
    int name(int folder, const char *path, int flags, ...)                                         \
    {                                                                                              \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        const mode_t mode = opening(flags) == Create ? va_arg(rest, mode_t) : 0;                   \
        va_end(rest);                                                                              \
        return done(opening(flags), pathOf(folder, path), [&] {                                    \
            return real<int(int, const char *, int, ...)>(#name)(folder, path, flags, mode);       \
        });                                                                                        \
    }
#define BELLHOP_PWRITE(name)                                                                       \
    ssize_t name(int file, const void *bytes, size_t size, off_t at)                               \
    {                                                                                              \
        return written(file, size, [&](size_t count) {                                             \
            return real<ssize_t(int, const void *, size_t, off_t)>(#name)(file, bytes, count, at); \
        });                                                                                        \
    }
#define BELLHOP_TRUNCATE(name)                                                                     \
    int name(int file, off_t size) noexcept                                                        \
    {                                                                                              \
        return done(Truncate, pathOf(file),                                                        \
                    [&] { return real<int(int, off_t)>(#name)(file, size); });                     \
    }
#define BELLHOP_SYNC(name, promise)                                                                \
    int name(int file) promise                                                                     \
    {                                                                                              \
        return done(Sync, pathOf(file), [&] { return real<int(int)>(#name)(file); });              \
    }

BELLHOP_OPEN(open)
BELLHOP_OPEN(open64)
BELLHOP_OPENAT(openat)
BELLHOP_OPENAT(openat64)
BELLHOP_PWRITE(pwrite)
BELLHOP_PWRITE(pwrite64)
BELLHOP_TRUNCATE(ftruncate)
BELLHOP_TRUNCATE(ftruncate64)
BELLHOP_SYNC(fsync, )
BELLHOP_SYNC(fdatasync, )
BELLHOP_SYNC(syncfs, noexcept)

ssize_t write(int file, const void *bytes, size_t size)
{
    return written(file, size, [&](size_t count) {
        return real<ssize_t(int, const void *, size_t)>("write")(file, bytes, count);
    });
}

ssize_t pwritev(int file, const iovec *parts, int count, off_t at)
{
    return done(Write, pathOf(file), [&] {
        return real<ssize_t(int, const iovec *, int, off_t)>("pwritev")(file, parts, count, at);
    });
}

int fallocate(int file, int mode, off_t at, off_t size)
{
    return done(Allocate, pathOf(file), [&] {
        return real<int(int, int, off_t, off_t)>("fallocate")(file, mode, at, size);
    });
}

int rename(const char *from, const char *to) noexcept
{
    return done(Rename, to,
                [&] { return real<int(const char *, const char *)>("rename")(from, to); });
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to) noexcept
{
    return done(Rename, pathOf(toFolder, to), [&] {
        return real<int(int, const char *, int, const char *)>("renameat")(fromFolder, from,
                                                                           toFolder, to);
    });
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to,
              unsigned flags) noexcept
{
    return done(Rename, pathOf(toFolder, to), [&] {
        return real<int(int, const char *, int, const char *, unsigned)>("renameat2")(
            fromFolder, from, toFolder, to, flags);
    });
}

int link(const char *from, const char *to) noexcept
{
    return done(Link, to, [&] { return real<int(const char *, const char *)>("link")(from, to); });
}

int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    return done(Link, pathOf(toFolder, to), [&] {
        return real<int(int, const char *, int, const char *, int)>("linkat")(fromFolder, from,
                                                                              toFolder, to, flags);
    });
}

int unlink(const char *path) noexcept
{
    return done(Unlink, path, [&] { return real<int(const char *)>("unlink")(path); });
}

int unlinkat(int folder, const char *path, int flags) noexcept
{
    return done(Unlink, pathOf(folder, path),
                [&] { return real<int(int, const char *, int)>("unlinkat")(folder, path, flags); });
}

/// The rest goes by unseen.
long syscall(long number, ...) noexcept
{
    va_list rest;
    va_start(rest, number);
    std::array<long, 6> words{};
    for (long &word : words) {
        word = va_arg(rest, long);
    }
    va_end(rest);
    const auto call = [&] {
        return real<long(long, ...)>("syscall")(number, words[0], words[1], words[2], words[3],
                                                words[4], words[5]);
    };
    const auto *const first = reinterpret_cast<const char *>(words[0]);
    const auto *const second = reinterpret_cast<const char *>(words[1]);
    switch (number) {
    case SYS_openat2: // struct open_how begins with the flags
        return done(opening(int(*reinterpret_cast<const unsigned long long *>(words[2]))),
                    pathOf(int(words[0]), second), call);
    case SYS_renameat2:
        return done(Rename, pathOf(int(words[2]), reinterpret_cast<const char *>(words[3])), call);
    case SYS_unlink:
        return done(Unlink, first, call);
    case SYS_unlinkat:
        return done(Unlink, pathOf(int(words[0]), second), call);
    default:
        return call();
    }
}

} // extern "C"
