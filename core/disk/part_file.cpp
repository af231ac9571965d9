// SPDX-License-Identifier: Apache-2.0
#include "core/disk/part_file.h"

#include "core/disk/folder.h"
#include "core/disk/our_file.h"
#include "core/disk/publish.h"
#include "core/disk/system_error.h"

#include <QFile>

#include <algorithm>
#include <fcntl.h>
#include <utility>

namespace core {

namespace {

/// Smaller files are not worth the extra work of the file system.
constexpr qint64 kReserveFromBytes = qint64(1024) * 1024;
/// In memory, taking room is most of the work of writing: 0.3 s for a GiB, while no byte is taken.
constexpr qint64 kReserveInMemoryUpToBytes = qint64(64) * 1024 * 1024;

tl::unexpected<DiskError> noRoom(Step step, const QString &path, int osError, qint64 bytesMissing)
{
    return tl::unexpected(DiskError{.step = step,
                                    .osError = osError,
                                    .path = path,
                                    .bytesMissing = std::max<qint64>(bytesMissing, 1)});
}

struct NewFile {
    Descriptor descriptor;
    QString name;
    bool hasName = true; ///< false: it will get it
};

/// For file systems that know no files without a name.
DiskResult<NewFile> createExclusively(const OpenFolder &folder, const QString &fileName)
{
    const qsizetype maxBytes = folder.maxNameBytes();
    for (int number = 1; number <= kMaxNameNumber; ++number) {
        const QString name = partName(fileName, number, maxBytes);
        const QByteArray bytes = QFile::encodeName(name);
        Descriptor descriptor(uninterrupted([&] {
            return ::openat(folder.number(), bytes.constData(),
                            O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        }));
        if (descriptor.isOpen()) {
            return NewFile{std::move(descriptor), name};
        }
        if (errno != EEXIST) {
            return nameError(Step::Prepare, folder, name, errno);
        }
    }
    return systemError(Step::Prepare, folder.pathOf(partName(fileName, 1, maxBytes)), EEXIST);
}

/// The name of a part of this file that is free now.
DiskResult<QString> freePartName(const OpenFolder &folder, const QString &fileName)
{
    const qsizetype maxBytes = folder.maxNameBytes();
    for (int number = 1; number <= kMaxNameNumber; ++number) {
        const QString name = partName(fileName, number, maxBytes);
        struct stat facts = {};
        const int lookError = entryFacts(folder, name, &facts);
        if (lookError == ENOENT) {
            return name;
        }
        if (lookError != 0) {
            return nameError(Step::Prepare, folder, name, lookError);
        }
    }
    return systemError(Step::Prepare, folder.pathOf(partName(fileName, 1, maxBytes)), EEXIST);
}

DiskResult<NewFile> makeFile(const OpenFolder &folder, const QString &fileName)
{
    auto unnamed = openUnnamed(folder, Step::Prepare);
    if (!unnamed) {
        return tl::unexpected(unnamed.error());
    }
    if (!unnamed->isOpen()) {
        return createExclusively(folder, fileName);
    }
    const auto name = freePartName(folder, fileName);
    if (!name) {
        return tl::unexpected(name.error());
    }
    return NewFile{std::move(*unnamed), *name, false};
}

DiskResult<> checkRoom(const OpenFolder &folder, std::optional<qint64> expectedBytes)
{
    const std::optional<qint64> free = freeBytesIn(folder.number());
    if (expectedBytes && free && *expectedBytes > *free) {
        return noRoom(Step::Prepare, folder.path, ENOSPC, *expectedBytes - *free);
    }
    return {};
}

} // namespace

DiskResult<PartFile> PartFile::prepare(const QString &folder, const QString &fileName,
                                       std::optional<qint64> expectedBytes)
{
    if (!isOneComponent(fileName)) {
        return refusal(Step::Prepare, fileName, Cause::Internal);
    }
    auto where = openFolder(folder, Step::Prepare);
    if (!where) {
        return tl::unexpected(where.error());
    }
    if (const auto room = checkRoom(*where, expectedBytes); !room) {
        return tl::unexpected(room.error());
    }
    auto made = makeIn(std::move(*where), fileName);
    if (made && expectedBytes) {
        if (const auto reserved = made->reserve(*expectedBytes); !reserved) {
            (void)discard(made->identity()); // the first error is the one told
            return tl::unexpected(reserved.error());
        }
    }
    return made;
}

DiskResult<PartFile> PartFile::makeIn(OpenFolder folder, const QString &fileName)
{
    auto made = makeFile(folder, fileName);
    if (!made) {
        return tl::unexpected(made.error());
    }
    struct stat facts = {};
    if (::fstat(made->descriptor.number(), &facts) != 0) {
        return systemError(Step::Prepare, folder.pathOf(made->name));
    }
    PartFile part(made->descriptor.release(), identityOf(folder, made->name, facts));
    if (!made->hasName) {
        part.m_unnamed = Unnamed{std::move(folder), fileName};
    }
    return part;
}

DiskResult<PartIdentity> PartFile::giveName()
{
    if (hasName()) {
        return m_identity;
    }
    const OpenFolder &home = m_unnamed->folder;
    const QString name = m_identity.path.sliced(m_identity.path.lastIndexOf(u'/') + 1);
    // The way of open(2), O_TMPFILE: giving a name to a bare descriptor takes a capability.
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(m_descriptor);
    const int result = uninterrupted([&] {
        return ::linkat(AT_FDCWD, link.constData(), home.number(),
                        QFile::encodeName(name).constData(), AT_SYMLINK_FOLLOW);
    });
    if (result == 0) {
        m_unnamed.reset();
        return m_identity;
    }
    if (errno != EEXIST) {
        return nameError(Step::Prepare, home, name, errno);
    }
    const auto other = freePartName(home, m_unnamed->fileName);
    if (!other) {
        return tl::unexpected(other.error());
    }
    m_identity.path = home.pathOf(*other);
    return m_identity;
}

/// Takes the room, and leaves the length as it is: the length tells what was written.
DiskResult<> PartFile::reserve(qint64 expectedBytes)
{
    m_expectedBytes = expectedBytes;
    const bool takesLong = expectedBytes > kReserveInMemoryUpToBytes && isInMemory(m_descriptor);
    if (expectedBytes < kReserveFromBytes || takesLong) {
        return {};
    }
    const int result = uninterrupted(
        [&] { return ::fallocate(m_descriptor, FALLOC_FL_KEEP_SIZE, 0, expectedBytes); });
    const int osError = result == 0 ? 0 : errno;
    if (osError == ENOSPC || osError == EDQUOT || osError == EFBIG || osError == EIO) {
        auto error = writeError(osError);
        error.value().step = Step::Prepare;
        return error;
    }
    return {}; // most of the rest is "not supported", and none of it keeps us from writing
}

DiskResult<PartFile> PartFile::reopen(const PartIdentity &identity, const RangeSet &durable)
{
    auto file = openOurFile(identity, O_RDWR, Step::Prepare);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (file->facts.st_nlink != 1 || file->facts.st_size < durable.end()) {
        return refusal(Step::Prepare, identity.path, Cause::PartChanged);
    }
    PartFile part(file->descriptor.release(), identity);
    if (file->facts.st_size > durable.end()) {
        if (const auto cut = part.truncate(durable.end()); !cut) {
            return tl::unexpected(cut.error());
        }
    }
    return part;
}

DiskResult<QByteArray> PartFile::peek(const PartIdentity &identity, ByteRange range)
{
    auto file = openOurFile(identity, O_RDONLY, Step::Verify);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const PartFile part(file->descriptor.release(), identity);
    return part.readAt(range.first, range.sizeBytes());
}

PartFile::PartFile(int descriptor, PartIdentity identity)
    : m_descriptor(descriptor)
    , m_identity(std::move(identity))
{
}

PartFile::PartFile(PartFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_unnamed(std::move(other.m_unnamed))
    , m_identity(std::move(other.m_identity))
    , m_expectedBytes(other.m_expectedBytes)
    , m_syncError(other.m_syncError.load())
    , m_nameDurable(other.m_nameDurable.load())
{
}

PartFile &PartFile::operator=(PartFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_unnamed, other.m_unnamed);
    std::swap(m_identity, other.m_identity);
    std::swap(m_expectedBytes, other.m_expectedBytes);
    m_syncError = other.m_syncError.exchange(m_syncError);
    m_nameDurable = other.m_nameDurable.exchange(m_nameDurable);
    return *this;
}

PartFile::~PartFile()
{
    const Descriptor closed(m_descriptor);
}

DiskResult<> PartFile::writeAt(qint64 offset, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = uninterrupted(
            [&] { return ::pwrite(m_descriptor, bytes.data(), size_t(bytes.size()), offset); });
        if (written < 0) {
            return writeError(errno);
        }
        if (written == 0) {
            return writeError(EIO); // no system does this; it must not become an endless loop
        }
        offset += written;
        bytes = bytes.sliced(written);
    }
    return {};
}

/// With what is missing when there is no room: what the file will come to, less what it has and
/// what is free.
tl::unexpected<DiskError> PartFile::writeError(int osError) const
{
    struct stat facts = {};
    const std::optional<qint64> free = freeBytesIn(m_descriptor);
    if (osError != ENOSPC || !m_expectedBytes || !free || ::fstat(m_descriptor, &facts) != 0) {
        return systemError(Step::Write, m_identity.path, osError);
    }
    constexpr qint64 kBlockBytes = 512; // the unit of st_blocks, whatever the file system
    const qint64 taken = qint64(facts.st_blocks) * kBlockBytes;
    return noRoom(Step::Write, m_identity.path, osError, *m_expectedBytes - taken - *free);
}

DiskResult<QByteArray> PartFile::readAt(qint64 offset, qint64 size) const
{
    QByteArray bytes(size, Qt::Uninitialized);
    qint64 done = 0;
    while (done < size) {
        const ssize_t got = uninterrupted([&] {
            return ::pread(m_descriptor, bytes.data() + done, size_t(size - done), offset + done);
        });
        if (got < 0) {
            return systemError(Step::Verify, m_identity.path);
        }
        if (got == 0) {
            return refusal(Step::Verify, m_identity.path, Cause::PartChanged);
        }
        done += got;
    }
    return bytes;
}

DiskResult<> PartFile::syncBytes() const
{
    if (m_syncError != 0) {
        return systemError(Step::Write, m_identity.path, m_syncError);
    }
    if (uninterrupted([&] { return ::fdatasync(m_descriptor); }) != 0) {
        m_syncError = errno;
        return systemError(Step::Write, m_identity.path, m_syncError);
    }
    struct stat facts = {};
    if (::fstat(m_descriptor, &facts) == 0 && facts.st_nlink == 0) {
        // Deleted under us: what is written now goes with the descriptor.
        return refusal(Step::Write, m_identity.path, Cause::PartMissing);
    }
    return {};
}

std::optional<PartStamp> PartFile::stamp() const
{
    struct stat facts = {};
    return ::fstat(m_descriptor, &facts) == 0 ? std::optional(stampOf(facts)) : std::nullopt;
}

/// The bytes of a file whose name is lost are lost as well. Once is enough, and the first sync is
/// the cheapest moment: it has just written the same journal.
DiskResult<> PartFile::syncName(SyncedFolders *folders) const
{
    if (m_nameDurable) {
        return {};
    }
    const auto synced = folders->sync(m_identity.path.first(m_identity.path.lastIndexOf(u'/') + 1));
    m_nameDurable = synced.has_value();
    // Renamed or removed under us: the bytes are still held, publishing will have its say.
    return !synced && synced.error().osError == ENOENT ? DiskResult<>() : synced;
}

void PartFile::startWriteBack(qint64 offset, qint64 size) const
{
    (void)::sync_file_range(m_descriptor, offset, size, SYNC_FILE_RANGE_WRITE);
}

DiskResult<> PartFile::truncate(qint64 size) const
{
    if (uninterrupted([&] { return ::ftruncate(m_descriptor, size); }) != 0) {
        return systemError(Step::Write, m_identity.path);
    }
    return {};
}

} // namespace core
