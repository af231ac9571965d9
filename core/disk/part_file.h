// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/disk/open_folder.h"
#include "core/disk/synced_folders.h"
#include "core/job/job_record.h"

#include <QByteArray>

#include <atomic>

namespace core {

/// An unfinished file on disk, open for positional writes. Every call blocks and belongs on the
/// writer thread of its volume; none of them touches a file that is not ours (device and inode are
/// compared, symbolic links are never followed). Moves only; closing discards nothing.
class PartFile {
public:
    /// Makes a file that is to be "name.part" (or "name.2.part", … where that is taken) in the
    /// folder: mode 0600. `expectedBytes` is checked against the free room and reserved where the
    /// file system can. It has no name before giveName(), and goes with its descriptor till then;
    /// only on file systems that know no files without a name (O_TMPFILE) it has it at once.
    [[nodiscard]] static DiskResult<PartFile>
    prepare(const QString &folder, const QString &fileName, std::optional<qint64> expectedBytes);
    /// Gives a prepared part its name, without replacing anything, and returns identity(). Where
    /// the name was taken in between, identity() has another path from now on and the part still
    /// no name: for who has written the identity down to do so again, and to call this again.
    [[nodiscard]] DiskResult<PartIdentity> giveName();
    [[nodiscard]] bool hasName() const { return !m_unnamed; }
    /// Opens the part again: it must be the recorded regular file, owned by us, with one link and
    /// long enough for all durable bytes, holes between them included; bytes beyond the last one
    /// are cut off. Whether the durable ones are as they were is not looked at: see recheck.h.
    /// Cause PartMissing or PartChanged else; FolderMissing when not even its folder is there,
    /// DriveMissing when another file system stands in its place.
    [[nodiscard]] static DiskResult<PartFile> reopen(const PartIdentity &identity,
                                                     const RangeSet &durable);

    /// Bytes of a part that is closed, without touching it: PartMissing, PartChanged and
    /// FolderMissing as in openOurFile().
    [[nodiscard]] static DiskResult<QByteArray> peek(const PartIdentity &identity, ByteRange range);

    PartFile(PartFile &&other) noexcept;
    PartFile &operator=(PartFile &&other) noexcept;
    PartFile(const PartFile &) = delete;
    PartFile &operator=(const PartFile &) = delete;
    ~PartFile();

    /// Writes all of it at the offset, or says why not; a short write is gone on with.
    [[nodiscard]] DiskResult<> writeAt(qint64 offset, QByteArrayView bytes);
    /// Exactly `size` bytes from the offset; fewer is an error (PartChanged).
    [[nodiscard]] DiskResult<QByteArray> readAt(qint64 offset, qint64 size) const;
    /// Returns once all that was written, and the name, is on the disk (fdatasync). May be called
    /// on another thread than the writes, one call at a time. A failure is final: pages may have
    /// been dropped, so that a later success would prove nothing.
    [[nodiscard]] DiskResult<> sync() const
    {
        SyncedFolders folders;
        return syncBytes().and_then([this, &folders] { return syncName(&folders); });
    }
    /// sync() in two steps, for several files at once: first the bytes of all, then the names, with
    /// one sync for each folder.
    [[nodiscard]] DiskResult<> syncBytes() const;
    [[nodiscard]] DiskResult<> syncName(SyncedFolders *folders) const;
    [[nodiscard]] std::optional<qint64> sizeBytes() const
    {
        const auto now = stamp();
        return now ? std::optional(now->sizeBytes) : std::nullopt;
    }
    /// How the file looks from outside now; nothing where the system does not say.
    [[nodiscard]] std::optional<PartStamp> stamp() const;
    /// Starts writing back what was written, without waiting. A hint: failure is of no consequence.
    void startWriteBack(qint64 offset, qint64 size) const;
    /// Cuts the file to this size.
    [[nodiscard]] DiskResult<> truncate(qint64 size) const;

    [[nodiscard]] const PartIdentity &identity() const { return m_identity; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    /// What a part without a name will get it from.
    struct Unnamed {
        OpenFolder folder;
        QString fileName;
    };

    PartFile(int descriptor, PartIdentity identity);

    [[nodiscard]] static DiskResult<PartFile> makeIn(OpenFolder folder, const QString &fileName);
    [[nodiscard]] DiskResult<> reserve(qint64 expectedBytes);
    [[nodiscard]] tl::unexpected<DiskError> writeError(int osError) const;

    int m_descriptor = -1;
    std::optional<Unnamed> m_unnamed;
    PartIdentity m_identity;
    std::optional<qint64> m_expectedBytes;    ///< what the file will come to, where it is known
    mutable std::atomic<int> m_syncError = 0; ///< errno of the sync that failed
    mutable std::atomic<bool> m_nameDurable = false;
};

} // namespace core
