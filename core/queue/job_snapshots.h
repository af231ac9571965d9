// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/job_snapshot.h"
#include "core/queue/job_totals.h"

namespace core {

/// What is true of a job only at this moment.
struct LiveFigures {
    qint64 bytesNotYetDurable = 0;
    std::optional<int> queuePlace;
    QString currentFile;
    std::optional<qint64> bytesPerSecond;
    int connections = 0;
    std::optional<int> connectionsBorne;
    std::optional<int> percentCompared;
    std::optional<std::chrono::seconds> remaining;
    std::optional<Due> due;
    std::optional<QDateTime> troubleSince;
};

/// Pure functions from records to the values others see.
[[nodiscard]] JobSnapshot snapshotOf(const JobRecord &job, const JobTotals &totals,
                                     const LiveFigures &live);
[[nodiscard]] FileSnapshot snapshotOf(const JobRecord &job, int index, qint64 liveBytesDone);
/// Every wanted file in exactly one list, as things stand.
[[nodiscard]] Manifest manifestOf(const JobRecord &job);

} // namespace core
