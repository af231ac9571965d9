// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace core {

/// The face, on the engine's thread, of the one thread that owns the store. Saves are carried out
/// in order; all that wait together go into one transaction.
class StoreThread final {
public:
    /// The factory runs on the store's thread, which also destroys what it made.
    explicit StoreThread(std::function<std::unique_ptr<JobStore>()> factory);
    /// Saves what is still waiting, then ends the thread.
    ~StoreThread();
    StoreThread(const StoreThread &) = delete;
    StoreThread &operator=(const StoreThread &) = delete;

    [[nodiscard]] QFuture<StoreResult<StoredState>> load();
    /// Ready after the commit. If the transaction of several deltas fails, all of them say so.
    [[nodiscard]] QFuture<StoreResult<>> save(StoreDelta delta);
    /// Sees all that was saved before it.
    [[nodiscard]] QFuture<StoreResult<TimelinePage>> timeline(JobId job, int first, int count);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
