// SPDX-License-Identifier: Apache-2.0
#include "core/disk/found_part.h"

#include "core/disk/our_file.h"
#include "core/disk/system_error.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <sys/xattr.h>

namespace core {

namespace {

constexpr const char *kAttribute = "user.bellhop.part";
constexpr size_t kLongestMark = 4200; // a path and two numbers

QByteArray markBytes(int descriptor)
{
    std::array<char, kLongestMark> buffer{};
    const ssize_t size = ::fgetxattr(descriptor, kAttribute, buffer.data(), buffer.size());
    return size > 0 ? QByteArray(buffer.data(), size) : QByteArray();
}

void writeMark(int descriptor, const QByteArray &mark)
{
    (void)::fsetxattr(descriptor, kAttribute, mark.constData(), size_t(mark.size()), 0);
}

/// "film.mp4" of "film.mp4.part" and "film.mp4.2.part"; empty for what is no name of a part.
QString fileNameOf(const QString &partName)
{
    static const QRegularExpression form(QStringLiteral(R"(^(.+?)(?:\.[1-9]\d{0,3})?\.part$)"));
    return form.match(partName).captured(1);
}

/// The block before a hole may have been written in part.
qint64 bytesBeforeHole(const OurFile &file)
{
    const off_t hole = ::lseek(file.descriptor.number(), 0, SEEK_HOLE);
    return hole < 0 || hole >= file.facts.st_size
               ? file.facts.st_size
               : std::max<qint64>(0, hole - file.facts.st_blksize);
}

} // namespace

void markPart(int descriptor, const PartMark &mark)
{
    if (!mark.stateFolder.isEmpty()) {
        writeMark(descriptor, toBytes(mark));
    }
}

void copyMark(int from, int to)
{
    if (const QByteArray mark = markBytes(from); !mark.isEmpty()) {
        writeMark(to, mark);
    }
}

void removeMark(int descriptor)
{
    (void)::fremovexattr(descriptor, kAttribute);
}

DiskResult<FoundPart> partAt(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    const QString fileName = fileNameOf(path.sliced(slash + 1));
    struct stat facts = {};
    if (slash < 0 || fileName.isEmpty() ||
        ::lstat(QFile::encodeName(path).constData(), &facts) != 0) {
        return refusal(Step::Prepare, path, Cause::PartMissing);
    }
    const PartIdentity part{.path = path, .device = facts.st_dev, .inode = facts.st_ino};
    const auto file = openOurFile(part, O_RDONLY, Step::Prepare);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (!S_ISREG(file->facts.st_mode) || file->facts.st_nlink != 1) {
        return refusal(Step::Prepare, path, Cause::PartChanged);
    }
    return FoundPart{.part = part,
                     .fileName = fileName,
                     .sizeBytes = bytesBeforeHole(*file),
                     .mark = partMarkFrom(markBytes(file->descriptor.number()))};
}

DiskResult<QList<FoundPart>> partsIn(const QString &folder)
{
    if (const auto opened = openFolder(folder, Step::Prepare); !opened) {
        return tl::unexpected(opened.error());
    }
    QList<FoundPart> parts;
    const QStringList names = QDir(folder).entryList(
        {QStringLiteral("*.part")}, QDir::Files | QDir::NoSymLinks | QDir::Hidden, QDir::Name);
    for (const QString &name : names) {
        if (auto part = partAt(QDir(folder).filePath(name))) { // one that is gone again is none
            parts.append(std::move(*part));
        }
    }
    return parts;
}

DiskResult<> markAnew(const PartIdentity &part, const PartMark &mark)
{
    const auto file = openOurFile(part, O_RDWR, Step::Prepare);
    if (!file) {
        return tl::unexpected(file.error());
    }
    markPart(file->descriptor.number(), mark);
    return {};
}

} // namespace core
