// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/volume.h"

namespace core {

/// The volumes of the computer, found by folder, and the threads for work that takes long. Each
/// folder has threads of its own for that: a disk that hangs holds up nothing but its own folders.
/// One per engine; lives on the engine's thread.
class Volumes final : public QObject {
    Q_OBJECT
public:
    /// Every Volume gets the hook.
    explicit Volumes(QObject *parent = nullptr, DiskFaultHook hook = {});
    /// Finishes what was asked for.
    ~Volumes() override;

    /// The volume whose file system holds the folder, or its nearest existing parent. Looking may
    /// hang, so it runs on a pool thread; the Volume lives as long as this object.
    [[nodiscard]] QFuture<DiskResult<Volume *>> forFolder(const QString &folder);

    /// What was found of a folder that takes files.
    struct Found {
        Volume *volume = nullptr;
        quint64 device = 0;
    };
    /// What was found of it a moment ago: the next of many files need not look again. Who finds out
    /// that it is not so any more says so.
    [[nodiscard]] std::optional<Found> foundLately(const QString &folder) const;
    void found(const QString &folder, const Found &what);
    void notSoAnyMore(const QString &folder);

    /// The device of one of ours; 0 for none.
    [[nodiscard]] quint64 deviceOfVolume(const Volume *volume) const;

    /// withoutLinks() of the path, on a pool thread.
    [[nodiscard]] QFuture<QString> resolved(const QString &folder);

    /// Runs a disk function that reads or copies a whole file of the folder on one of a few threads
    /// kept for such work there, in no order with that of any volume: what it needs written has to
    /// be synced before.
    template <typename T>
    [[nodiscard]] QFuture<DiskResult<T>> runLong(const QString &folder,
                                                 std::function<DiskResult<T>()> work);

private:
    void settle(quint64 question, const DiskResult<quint64> &device);
    [[nodiscard]] int beforeLong() const;
    void postLong(const QString &folder, std::function<void()> work);

    class Private;
    std::unique_ptr<Private> d;
};

template <typename T>
QFuture<DiskResult<T>> Volumes::runLong(const QString &folder, std::function<DiskResult<T>()> work)
{
    auto [promised, future] = promiseOf<T>([this, work = std::move(work)]() -> DiskResult<T> {
        const int denied = beforeLong();
        return denied == 0 ? work() : tl::unexpected(DiskError{.osError = denied});
    });
    postLong(folder, std::move(promised));
    return future;
}

} // namespace core
