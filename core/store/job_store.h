// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/job/job_record.h"
#include "core/job/settings.h"
#include "core/job/timeline.h"
#include "core/store/restored_list.h"
#include "core/store/store_error.h"

#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace core {

/// What has changed about one job since the last delta. Applied as a whole or not at all.
struct StoreDelta {
    JobId id;
    std::optional<JobRecord> job;            ///< the row of the job; its `files` are not read
    QList<std::pair<int, FileRecord>> files; ///< changed or new, by index
    bool removed = false;                    ///< the job and all it has goes
    bool secretsGone = false;         ///< of a job that was removed: the keyring has none any more
    std::optional<Settings> settings; ///< for the whole store; id is then 0
    QList<TimelineEntry> timeline;    ///< what happened since, oldest first
};

/// All that was remembered.
struct StoredState {
    QList<JobRecord> jobs; ///< in order of id
    qint64 lastJobId = 0;  ///< the highest ever given out
    /// Of jobs that were removed, which may have secrets in the keyring still.
    JobIds secretsLeft;
    Settings settings;
    QStringList problems; ///< rows that could not be read and were left out, for the log
    std::optional<RestoredList> restored;   ///< the list was damaged: all this is from a copy
    std::optional<StoreError> backupFailed; ///< no copy of the list could be made, for the log
};

/// Remembers jobs across restarts. No signals, no opinions; used from one thread at a time.
/// Secrets (logins, secret header values) are never written. Everything read back is validated as
/// if it came from outside; a row that fails is left out, named in `problems`, and not deleted.
class JobStore {
public:
    JobStore() = default;
    virtual ~JobStore() = default;
    JobStore(const JobStore &) = delete;
    JobStore &operator=(const JobStore &) = delete;

    [[nodiscard]] virtual StoreResult<StoredState> load() = 0;
    /// Once this has returned success, all of the deltas survive a crash and a power cut; after an
    /// error none of them was applied.
    [[nodiscard]] virtual StoreResult<> save(const QList<StoreDelta> &deltas) = 0;
    /// What happened to a job, from entry number `first` on, at most `count` entries. Nothing of a
    /// job that is not there. At most kTimelineMax entries of a job are kept: the first one ever
    /// and the newest.
    [[nodiscard]] virtual StoreResult<TimelinePage> timeline(JobId job, int first, int count) = 0;
};

} // namespace core
