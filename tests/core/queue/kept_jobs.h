// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/job_records.h"
#include "core/store/store_thread.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_store.h"
#include "tests/support/turn_until.h"

/// All that was told of the jobs, in order: "changed 1", "noted 1 StateChanged".
class ToldOfJobs final : public core::JobListener {
public:
    void jobChanged(core::JobId id) override { tell("changed", id); }
    void jobRemoved(core::JobId id) override { tell("removed", id); }
    void noticeDue(core::JobId id, core::Untold /*who*/) override { tell("due", id); }
    void noticeVoid(core::JobId id) override { tell("void", id); }
    void noted(core::JobId id, const core::TimelineEntry & /*entry*/) override
    {
        tell("noted", id);
    }
    void saveFailed(const core::StoreError &error) override
    {
        all.append(QStringLiteral("failed ") + error.detail);
    }

    QStringList all;

private:
    void tell(const char *what, core::JobId id)
    {
        all.append(QStringLiteral("%1 %2").arg(QLatin1StringView(what)).arg(id.value));
    }
};

/// Records on their way into a store in memory.
struct KeptJobs {
    core::JobId add(const QList<core::FileRecord> &files)
    {
        core::JobRecord record;
        record.name = QStringLiteral("job");
        record.files = files;
        return records.add(std::move(record));
    }
    /// Saved, and that was told; what was told is forgotten. The word comes after the saving is
    /// done, so a test that listens for the next one begins here.
    [[nodiscard]] bool settled(core::JobId id)
    {
        const auto saved = await(records.commit(id));
        const bool heard = turnUntil([this] { return !told.all.isEmpty(); }, std::chrono::seconds(5));
        told.all.clear();
        return saved && saved->has_value() && heard;
    }
    /// As it is remembered; an empty record when it is not.
    [[nodiscard]] core::JobRecord stored(core::JobId id) const
    {
        for (const core::JobRecord &job : medium->state().jobs) {
            if (job.id == id) {
                return job;
            }
        }
        return {};
    }

    std::shared_ptr<StoreMedium> medium = std::make_shared<StoreMedium>();
    core::StoreThread store{[medium = medium] { return std::make_unique<MemoryStore>(medium); }};
    ToldOfJobs told;
    ManualClock clock;
    int timesSavingAgain = 0;
    core::JobRecords records{&store, &clock, &told, [this] { ++timesSavingAgain; }};
};
