// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/disk/part_file.h"
#include "core/job/job_record.h"
#include "tests/support/pretty.h"
#include "tests/support/require.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/// The files that a test puts in the way, and what it finds afterwards.
namespace planted {

inline void file(const QString &path, const QByteArray &bytes, mode_t mode = 0644)
{
    QFile out(path);
    require(out.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
                out.write(bytes) == bytes.size(),
            path);
    out.close();
    require(::chmod(QFile::encodeName(path).constData(), mode) == 0, path);
}

inline void link(const QString &target, const QString &path)
{
    require(::symlink(QFile::encodeName(target).constData(), QFile::encodeName(path).constData()) ==
                0,
            path);
}

inline void hardLink(const QString &target, const QString &path)
{
    require(::link(QFile::encodeName(target).constData(), QFile::encodeName(path).constData()) == 0,
            path);
}

inline void folder(const QString &path)
{
    require(QDir().mkdir(path), path);
}

inline void fifo(const QString &path)
{
    require(::mkfifo(QFile::encodeName(path).constData(), 0600) == 0, path);
}

/// Of the file itself, links not followed; all zero when there is none.
inline struct stat facts(const QString &path)
{
    struct stat found = {};
    if (::lstat(QFile::encodeName(path).constData(), &found) != 0) {
        found = {};
    }
    return found;
}

/// A part with its name.
inline core::DiskResult<core::PartFile> newPart(const QString &folder, const QString &fileName,
                                                std::optional<qint64> expectedBytes)
{
    auto part = core::PartFile::prepare(folder, fileName, expectedBytes);
    while (part && !part->hasName()) {
        if (const auto named = part->giveName(); !named) {
            return tl::unexpected(named.error());
        }
    }
    return part;
}

inline core::PartIdentity identity(const QString &path)
{
    const struct stat found = facts(path);
    return {.path = path, .device = found.st_dev, .inode = found.st_ino};
}

inline QByteArray content(const QString &path)
{
    QFile in(path);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArrayLiteral("(cannot be read)");
}

inline QStringList names(const QString &folder)
{
    return QDir(folder).entryList(
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

/// A folder on another file system than the temporary folder; empty when there is none.
inline QString otherFileSystem()
{
    const QString candidate = QStringLiteral("/dev/shm");
    return facts(candidate).st_dev != 0 &&
                   facts(candidate).st_dev != planted::facts(QDir::tempPath()).st_dev
               ? candidate
               : QString();
}

/// Not root for as long as this lives, so that permissions count.
class AsNobody {
public:
    AsNobody()
        : m_worked(::geteuid() == 0 && ::seteuid(65534) == 0)
    {
    }
    ~AsNobody()
    {
        if (m_worked && ::seteuid(0) != 0) {
            qFatal("cannot become root again");
        }
    }
    Q_DISABLE_COPY_MOVE(AsNobody)

    [[nodiscard]] bool worked() const { return m_worked; }

private:
    bool m_worked;
};

/// A file system of its own, in a mount namespace that goes with the process.
class SmallDisk {
public:
    SmallDisk(const QString &folder, const QByteArray &options)
        : m_folder(QFile::encodeName(folder))
    {
        // Once per process is enough, and does not harm more often.
        m_worked = ::geteuid() == 0 && ::unshare(CLONE_NEWNS) == 0 &&
                   ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                   ::mount("tmpfs", m_folder.constData(), "tmpfs", 0, options.constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_worked) {
            ::umount2(m_folder.constData(), MNT_DETACH);
        }
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool worked() const { return m_worked; }
    [[nodiscard]] bool makeReadOnly() const
    {
        return ::mount("none", m_folder.constData(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

private:
    QByteArray m_folder;
    bool m_worked = false;
};

} // namespace planted

/// The result is an error of this cause.
#define COMPARE_CAUSE(result, expected)                                                            \
    do {                                                                                           \
        const auto &comparedResult = (result);                                                     \
        QVERIFY2(!comparedResult.has_value(), "worked, but must not");                             \
        QCOMPARE(core::causeOf(comparedResult.error()), expected);                                 \
    } while (false)

/// The result is a success; else says which error it is.
#define VERIFY_WORKED(result)                                                                      \
    do {                                                                                           \
        const auto &verifiedResult = (result);                                                     \
        if (!verifiedResult) {                                                                     \
            QFAIL(qPrintable(QStringLiteral("%1, errno %2, %3")                                    \
                                 .arg(QLatin1StringView(name(causeOf(verifiedResult.error()))))    \
                                 .arg(verifiedResult.error().osError)                              \
                                 .arg(verifiedResult.error().path)));                              \
        }                                                                                          \
    } while (false)
