// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <memory>

namespace core {

/// A JobStore in one SQLite file (WAL, synchronous=FULL), mode 0600. The connection is opened by
/// load() and belongs to that thread: load, save and destruction happen on the same one.
class SqliteJobStore final : public JobStore {
public:
    explicit SqliteJobStore(QString path);
    ~SqliteJobStore() override;

    [[nodiscard]] StoreResult<StoredState> load() override;
    [[nodiscard]] StoreResult<> save(const QList<StoreDelta> &deltas) override;
    [[nodiscard]] StoreResult<TimelinePage> timeline(JobId job, int first, int count) override;

    /// PRAGMA user_version of files written by this version.
    static constexpr int kSchemaVersion = 3;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
