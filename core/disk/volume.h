// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/disk/disk_fault_hook.h"
#include "core/disk/part_file.h"
#include "core/disk/promised_work.h"
#include "core/job/part_mark.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace core {

/// An open part of a Volume. Copyable handle, meaningful to its Volume only.
struct PartHandle {
    quint64 value = 0;

    bool operator==(const PartHandle &) const = default;
};

/// A part that was opened, and which file it is.
struct OpenedPart {
    PartHandle handle;
    PartIdentity identity;
};

/// What a sync has made durable.
struct SyncedPart {
    BlockHashes hashes; ///< of all that was written since the part was opened, up to the sync
    std::optional<PartStamp> stamp; ///< nothing when somebody else has written to it, too
};

/// What can still be had of a part whose write has failed.
struct SalvagedPart {
    RangeSet lost; ///< asked to be written, and not there
    SyncedPart synced;
};

/// The face, on the engine's thread, of the writer thread of one volume (one file system): every
/// call that can hang runs over there. Work is done in the order it was asked for; syncs run beside
/// the writes on a second thread, so that no write waits for one. The buffer of bytes not yet
/// written is bounded: a reader that finds no room stops reading until there is some.
class Volume final : public QObject {
    Q_OBJECT
public:
    /// From the first Volume on, the process ignores SIGXFSZ: a file that gets too long for the
    /// limit of the process is an error of that file (EFBIG), not the end of the program.
    explicit Volume(qint64 bufferBytes = kDefaultBufferBytes, QObject *parent = nullptr,
                    DiskFaultHook hook = {});
    /// Finishes what was asked for, then ends both threads.
    ~Volume() override;

    static constexpr qint64 kDefaultBufferBytes = qint64(8) * 1024 * 1024;

    /// Runs any blocking disk function on the writer thread, in turn. What takes long, a file
    /// that is read or copied as a whole, is for Volumes::runLong(): no write waits for it there.
    template <typename T>
    [[nodiscard]] QFuture<DiskResult<T>> run(std::function<DiskResult<T>()> work);

    /// A part that has its room and its mark, and no name yet: PartFile::prepare().
    [[nodiscard]] QFuture<DiskResult<OpenedPart>> preparePart(QString folder, QString fileName,
                                                              std::optional<qint64> expectedBytes,
                                                              PartMark mark = {});
    /// PartFile::giveName(): which file it is from now on, or will be once this is called again.
    [[nodiscard]] QFuture<DiskResult<PartIdentity>> giveName(PartHandle part);
    /// PartFile::reopen().
    [[nodiscard]] QFuture<DiskResult<OpenedPart>> reopenPart(PartIdentity identity,
                                                             RangeSet durable);
    [[nodiscard]] QFuture<DiskResult<QByteArray>> read(PartHandle part, qint64 offset, qint64 size);

    /// Takes the bytes into the buffer, whether or not there is room; see hasRoom(). After the
    /// first failure of a part its further writes are dropped: failureOf() and sync() tell.
    void write(PartHandle part, qint64 offset, QByteArray bytes);
    [[nodiscard]] bool hasRoom() const;
    /// Ready as soon as hasRoom(); at once if there is room now.
    [[nodiscard]] QFuture<void> room();

    /// Ready when every byte written to the part before this call is on the disk, or with the first
    /// failure of the part. Syncs of one part that wait together are done as one, and the names of
    /// parts that wait together cost one sync of their folder.
    [[nodiscard]] QFuture<DiskResult<SyncedPart>> sync(PartHandle part);
    /// Ready when every byte that was written before the first failure of the part is on the disk;
    /// with an error where that cannot be had either.
    [[nodiscard]] QFuture<DiskResult<SalvagedPart>> salvage(PartHandle part);
    /// The first failure of the part, as far as it has come back to this thread.
    [[nodiscard]] std::optional<DiskError> failureOf(PartHandle part) const;

    /// Closes the descriptor after all work asked for before. The handle is void at once.
    void close(PartHandle part);

private:
    void post(std::function<void()> work);

    class Private;
    std::unique_ptr<Private> d;
};

template <typename T>
QFuture<DiskResult<T>> Volume::run(std::function<DiskResult<T>()> work)
{
    auto [promised, future] = promiseOf(std::move(work));
    post(std::move(promised));
    return future;
}

} // namespace core
