// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/disk/part_file.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

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

/// Stands between a Volume and its disk, so that a slow or failing one can be had: each is called
/// on the thread that does the work, may block, and returns the errno to fail with, or 0 to go on.
struct DiskGate {
    std::function<int(qint64 offset, qint64 size)> beforeWrite;
    std::function<int()> beforeSync;
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
                    DiskGate gate = {});
    /// Finishes what was asked for, then ends both threads.
    ~Volume() override;

    static constexpr qint64 kDefaultBufferBytes = qint64(8) * 1024 * 1024;

    /// Runs any blocking disk function on the writer thread, in turn.
    template <typename T>
    [[nodiscard]] QFuture<DiskResult<T>> run(std::function<DiskResult<T>()> work);

    /// A part that has its room and no name yet: PartFile::prepare().
    [[nodiscard]] QFuture<DiskResult<OpenedPart>> preparePart(QString folder, QString fileName,
                                                              std::optional<qint64> expectedBytes);
    /// PartFile::giveName(): which file it is from now on, or will be once this is called again.
    [[nodiscard]] QFuture<DiskResult<PartIdentity>> giveName(PartHandle part);
    [[nodiscard]] QFuture<DiskResult<OpenedPart>> reopenPart(PartIdentity identity,
                                                             qint64 durableBytes);
    [[nodiscard]] QFuture<DiskResult<QByteArray>> read(PartHandle part, qint64 offset, qint64 size);

    /// Takes the bytes into the buffer, whether or not there is room; see hasRoom(). After the
    /// first failure of a part its further writes are dropped: failureOf() and sync() tell.
    void write(PartHandle part, qint64 offset, QByteArray bytes);
    [[nodiscard]] bool hasRoom() const;
    /// Ready as soon as hasRoom(); at once if there is room now.
    [[nodiscard]] QFuture<void> room();

    /// Ready when every byte written to the part before this call is on the disk, or with the first
    /// failure of the part. Syncs of one part that wait together are done as one.
    [[nodiscard]] QFuture<DiskResult<>> sync(PartHandle part);
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
    const auto promise = std::make_shared<QPromise<DiskResult<T>>>();
    promise->start();
    QFuture<DiskResult<T>> future = promise->future();
    post([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

/// Finds the volume of a folder. One per engine; lives on the engine's thread.
class Volumes final : public QObject {
    Q_OBJECT
public:
    /// Every Volume gets the gate.
    explicit Volumes(QObject *parent = nullptr, DiskGate gate = {});
    ~Volumes() override;

    /// The volume whose file system holds the folder, or its nearest existing parent. Looking may
    /// hang, so it runs on a pool thread; the Volume lives as long as this object.
    [[nodiscard]] QFuture<DiskResult<Volume *>> forFolder(QString folder);

private:
    void settle(quint64 question, const DiskResult<quint64> &device);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
