// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/part_file.h"
#include "core/disk/part_watch.h"
#include "core/disk/piece_hasher.h"
#include "core/disk/system_error.h"
#include "core/disk/volume.h"

#include <QPromise>

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace core {

/// Somebody who waits for a sync, and the hashes of what they have written.
struct WaitingSync {
    std::shared_ptr<QPromise<DiskResult<SyncedPart>>> promise;
    BlockHashes hashes;
};

/// A part that is open in a Volume. Whatever holds the last pointer to it closes it; that is always
/// one of the two threads, since the engine only ever passes its own on.
class OpenPart {
public:
    OpenPart(PartFile opened, PartWatches *watches)
        : file(std::move(opened))
        , m_watches(watches)
        , m_watch(watches->add(file.descriptor()))
        , m_endBytes(file.sizeBytes().value_or(0))
    {
    }
    ~OpenPart() { m_watches->remove(m_watch); }
    OpenPart(const OpenPart &) = delete;
    OpenPart &operator=(const OpenPart &) = delete;

    // Each has one thread that uses it.
    // NOLINTBEGIN(misc-non-private-member-variables-in-classes,cppcoreguidelines-non-private-member-variables-in-classes)
    PartFile file;
    PieceHasher hasher;  ///< the writer's alone
    RangeSet lost;       ///< likewise: what was dropped, from the first failure on
    DiskResult<> synced; ///< the syncer's alone: how the last one went; a failure is final
    // NOLINTEND(misc-non-private-member-variables-in-classes,cppcoreguidelines-non-private-member-variables-in-classes)

    /// On the writer's thread. What was written some time ago is sent on its way to the disk: the
    /// last sync then has little to do.
    [[nodiscard]] DiskResult<> write(qint64 offset, const QByteArray &bytes)
    {
        if (file.sizeBytes().value_or(m_endBytes) != m_endBytes) { // cut off, or appended to
            m_hasOtherLength = true;
        }
        if (auto written = file.writeAt(offset, bytes); !written) {
            return written;
        }
        m_endBytes = std::max(m_endBytes, offset + bytes.size());
        hasher.add(offset, bytes); // they are in the cache of the processor still
        m_dirtyFirst = std::min(m_dirtyFirst, offset);
        m_dirtyEnd = std::max(m_dirtyEnd, offset + bytes.size());
        m_dirtyBytes += bytes.size();
        if (m_dirtyBytes >= kWriteBackBytes) {
            file.startWriteBack(m_dirtyFirst, m_dirtyEnd - m_dirtyFirst);
            m_dirtyFirst = std::numeric_limits<qint64>::max();
            m_dirtyEnd = 0;
            m_dirtyBytes = 0;
        }
        return {};
    }

    /// By what the part is known again; nothing when somebody else has written to it meanwhile.
    [[nodiscard]] std::optional<PartStamp> stamp() const
    {
        const std::optional<PartStamp> now = file.stamp(); // before it is asked who has written
        return m_hasOtherLength || m_watches->isTouched(m_watch) ? std::nullopt : now;
    }

    /// Those who have asked by now; who comes later has written later, and is not among them.
    [[nodiscard]] std::vector<WaitingSync> takeWaitingSyncs()
    {
        const std::lock_guard lock(mutex);
        return std::exchange(waitingSyncs, {});
    }

    /// On the syncer's thread. A write that failed in the meantime was asked for later than the
    /// syncs that wait, and is not theirs.
    void syncBytes(const DiskFaultHook &hook)
    {
        if (synced) {
            const int denied = hook.beforeSync ? hook.beforeSync() : 0;
            synced = denied != 0 ? systemError(Step::Write, file.identity().path, denied)
                                 : file.syncBytes();
        }
    }
    /// Likewise, after the bytes.
    void syncName(SyncedFolders *folders)
    {
        if (synced) {
            synced = file.syncName(folders);
        }
        if (!synced) {
            fail(synced.error());
        }
    }

    [[nodiscard]] std::optional<DiskError> firstFailure()
    {
        const std::lock_guard lock(mutex);
        return m_failure;
    }
    void fail(const DiskError &error)
    {
        const std::lock_guard lock(mutex);
        if (!m_failure) {
            m_failure = error;
        }
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes,cppcoreguidelines-non-private-member-variables-in-classes)
    std::mutex mutex;                      ///< guards what follows
    std::vector<WaitingSync> waitingSyncs; ///< and m_failure
    // NOLINTEND(misc-non-private-member-variables-in-classes,cppcoreguidelines-non-private-member-variables-in-classes)

private:
    static constexpr qint64 kWriteBackBytes = qint64(8) * 1024 * 1024;

    PartWatches *m_watches;
    int m_watch;
    std::atomic<bool> m_hasOtherLength = false; ///< than what was written

    // The writer's alone: where the part ends, and what was written since the last write-back.
    qint64 m_endBytes;
    qint64 m_dirtyFirst = std::numeric_limits<qint64>::max();
    qint64 m_dirtyEnd = 0;
    qint64 m_dirtyBytes = 0;

    std::optional<DiskError> m_failure;
};

} // namespace core
