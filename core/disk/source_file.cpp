// SPDX-License-Identifier: Apache-2.0
#include "core/disk/source_file.h"

#include "core/disk/system_error.h"

#include <QFile>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <sys/stat.h>

namespace core {

namespace {

/// About the file itself, whatever the same number means of a folder that files go into.
tl::unexpected<DiskError> sourceError(const QString &path, int osError = errno)
{
    DiskError error{.step = Step::Prepare, .osError = osError, .path = path};
    switch (osError) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
        error.cause = Cause::SourceMissing;
        break;
    case EACCES:
    case EPERM:
        error.cause = Cause::SourceUnreadable;
        break;
    case ENXIO: // a socket
        error.cause = Cause::SourceNotAFile;
        error.reason = Reason::IsPipe;
        break;
    case ENODEV:
        error.cause = Cause::SourceNotAFile;
        error.reason = Reason::IsDevice;
        break;
    default:
        break;
    }
    return tl::unexpected(error);
}

/// What is no ordinary file.
Reason whatIs(mode_t mode)
{
    return S_ISDIR(mode)                    ? Reason::IsFolder
           : S_ISCHR(mode) || S_ISBLK(mode) ? Reason::IsDevice
                                            : Reason::IsPipe;
}

/// Files of /proc say that they are empty, those of /sys that they fill a page. One that grows is
/// another matter, which is seen while it is sent.
DiskResult<bool> holdsWhatItSays(int descriptor, const QString &path, qint64 saidBytes)
{
    std::array<char, 2> end{};
    const ssize_t got = uninterrupted([&] {
        return ::pread(descriptor, end.data(), end.size(), std::max<qint64>(0, saidBytes - 1));
    });
    if (got < 0) {
        return sourceError(path);
    }
    struct stat now = {};
    const bool isGrowing = ::fstat(descriptor, &now) == 0 && now.st_size != saidBytes;
    return isGrowing || got == std::min<qint64>(saidBytes, 1);
}

DiskError notAFile(const QString &path, Reason reason)
{
    return {.step = Step::Prepare, .path = path, .cause = Cause::SourceNotAFile, .reason = reason};
}

SourceStamp stampFrom(const struct stat &facts)
{
    return {.sizeBytes = facts.st_size,
            .modified = QString::number(facts.st_mtim.tv_sec) + u'.' +
                        QString::number(facts.st_mtim.tv_nsec),
            .fileId = QString::number(facts.st_dev) + u':' + QString::number(facts.st_ino)};
}

DiskResult<> compareStamp(const OpenSource &source, const struct stat &facts)
{
    if (stampFrom(facts) == source->stamp) {
        return {};
    }
    return refusal(Step::Send, source->path, Cause::SourceChanged);
}

} // namespace

DiskResult<OpenSource> openSource(const QString &path)
{
    auto file = std::make_shared<SourceFile>();
    file->path = path;
    const QByteArray name = QFile::encodeName(path);
    // Not to hang at the end of a pipe.
    file->descriptor = Descriptor(uninterrupted([&name] {
        return ::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    }));
    if (!file->descriptor.isOpen()) {
        return sourceError(path);
    }
    struct stat facts = {};
    if (::fstat(file->descriptor.number(), &facts) != 0) {
        return sourceError(path);
    }
    if (!S_ISREG(facts.st_mode)) {
        return tl::unexpected(notAFile(path, whatIs(facts.st_mode)));
    }
    const auto holds = holdsWhatItSays(file->descriptor.number(), path, facts.st_size);
    if (!holds) {
        return tl::unexpected(holds.error());
    }
    if (!*holds) {
        return tl::unexpected(notAFile(path, Reason::IsMadeWhenRead));
    }
    file->stamp = stampFrom(facts);
    (void)::posix_fadvise(file->descriptor.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
    return file;
}

DiskResult<QByteArray> readSource(const OpenSource &source, ByteRange range)
{
    const int descriptor = source->descriptor.number();
    QByteArray bytes(range.sizeBytes(), Qt::Uninitialized);
    qint64 done = 0;
    while (done < bytes.size()) {
        const ssize_t got = uninterrupted([&] {
            return ::pread(descriptor, bytes.data() + done, size_t(bytes.size() - done),
                           range.first + done);
        });
        if (got < 0) {
            return sourceError(source->path);
        }
        if (got == 0) { // it has become shorter
            return refusal(Step::Send, source->path, Cause::SourceChanged);
        }
        done += got;
    }
    struct stat facts = {};
    if (::fstat(descriptor, &facts) != 0) {
        return sourceError(source->path);
    }
    const auto same = compareStamp(source, facts);
    return same ? DiskResult<QByteArray>(bytes) : tl::unexpected(same.error());
}

DiskResult<> digestSource(const OpenSource &source, ByteRange range, MessageDigest *digest,
                          const std::stop_token &stop)
{
    constexpr qint64 kBlockBytes = qint64(1024) * 1024;
    for (qint64 at = range.first; at < range.end && !stop.stop_requested(); at += kBlockBytes) {
        const auto block = readSource(source, {at, std::min(at + kBlockBytes, range.end)});
        if (!block) {
            return tl::unexpected(block.error());
        }
        digest->add(*block);
    }
    return {};
}

DiskResult<> verifySource(const OpenSource &source)
{
    struct stat facts = {};
    if (::stat(QFile::encodeName(source->path).constData(), &facts) != 0) {
        return sourceError(source->path);
    }
    return compareStamp(source, facts);
}

} // namespace core
