// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <QDateTime>

#include <memory>

namespace core {

/// A JobStore in one SQLite file (WAL, synchronous=FULL), mode 0600. The connection is opened by
/// load() and belongs to that thread: load, save and destruction happen on the same one. The load
/// that opens the file also makes a backup of it, when one is due or the schema is to be changed,
/// and puts the newest good backup in the place of a file that is damaged.
class SqliteJobStore final : public JobStore {
public:
    /// The time of opening, UTC, is that by which backups are made and named.
    explicit SqliteJobStore(QString path, QDateTime openedAt = QDateTime::currentDateTimeUtc());
    ~SqliteJobStore() override;

    [[nodiscard]] StoreResult<StoredState> load() override;
    [[nodiscard]] StoreResult<> save(const QList<StoreDelta> &deltas) override;
    [[nodiscard]] StoreResult<TimelinePage> timeline(JobId job, int first, int count) override;

    /// PRAGMA user_version of files written by this version.
    static constexpr int kSchemaVersion = 10;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
