// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <QMutex>

#include <map>
#include <set>
#include <memory>
#include <optional>

/// What outlives an engine in a test: the next MemoryStore on it reads what the last one wrote.
/// A test may ask it from its own thread while a store thread is at work.
class StoreMedium {
public:
    /// The next load, or the next `times` saves, fail with this error and change nothing.
    void failNextLoad(core::StoreError error);
    void failNextSaves(core::StoreError error, int times = 1);

    /// All that is remembered now.
    [[nodiscard]] core::StoredState state() const;
    /// Saves that were carried out; a group of deltas counts once.
    [[nodiscard]] int saveCount() const;

private:
    friend class MemoryStore;
    core::StoreResult<core::StoredState> load();
    core::StoreResult<> save(const QList<core::StoreDelta> &deltas);
    core::StoreResult<core::TimelinePage> timeline(core::JobId job, int first, int count) const;
    bool apply(const core::StoreDelta &delta);
    [[nodiscard]] core::StoredState stateUnlocked() const;

    struct Kept {
        std::map<core::JobId, core::JobRecord> jobs;
        std::map<core::JobId, std::map<int, core::TimelineEntry>> timelines; ///< by number
        std::set<core::JobId> secretsLeft;
        core::Settings settings;
        qint64 lastJobId = 0;
    };

    mutable QMutex m_mutex;
    Kept m_kept;
    int m_saveCount = 0;
    std::optional<core::StoreError> m_loadError;
    std::optional<core::StoreError> m_saveError;
    int m_failingSaves = 0;
};

/// A JobStore in memory, with the rules of the real one: secrets and Active are not kept, a group
/// of deltas is applied as a whole or not at all, a file of an unknown job is an error.
class MemoryStore final : public core::JobStore {
public:
    explicit MemoryStore(std::shared_ptr<StoreMedium> medium = std::make_shared<StoreMedium>())
        : m_medium(std::move(medium))
    {
    }

    [[nodiscard]] core::StoreResult<core::StoredState> load() override { return m_medium->load(); }
    [[nodiscard]] core::StoreResult<> save(const QList<core::StoreDelta> &deltas) override
    {
        return m_medium->save(deltas);
    }
    [[nodiscard]] core::StoreResult<core::TimelinePage> timeline(core::JobId job, int first,
                                                                 int count) override
    {
        return m_medium->timeline(job, first, count);
    }
    [[nodiscard]] const std::shared_ptr<StoreMedium> &medium() const { return m_medium; }

private:
    std::shared_ptr<StoreMedium> m_medium;
};
