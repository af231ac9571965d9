// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/completion.h"
#include "core/queue/tally.h"
#include "core/transfer/attempt.h"

namespace core {

/// What is true of a job only at this moment.
struct LiveFigures {
    qint64 bytesNotYetDurable = 0;
    QString currentFile;
    std::optional<qint64> bytesPerSecond;
    std::optional<std::chrono::seconds> remaining;
    std::optional<Due> due;
    std::optional<QDateTime> troubleSince;
};

/// Pure functions from records to the values others see or carry out.
[[nodiscard]] JobSnapshot snapshotOf(const JobRecord &job, const Tally &tally,
                                     const LiveFigures &live);
[[nodiscard]] FileSnapshot snapshotOf(const JobRecord &job, int index, qint64 liveBytesDone);

/// What Complete publishes and discards.
[[nodiscard]] CompletionOrder completionOrderOf(const JobRecord &job, PartialFiles partial);
/// Every wanted file in exactly one list, as things stand.
[[nodiscard]] Manifest manifestOf(const JobRecord &job);
/// All parts of the job that are on a disk.
[[nodiscard]] QList<PartIdentity> partsOf(const JobRecord &job);

/// What an attempt at this file is given.
[[nodiscard]] DownloadOrder orderFor(const JobRecord &job, int index, const TransferLimits &limits);

/// Files that failed or wait are tried again as if for the first time.
void revive(JobRecord *job);

/// A record whose files are taken up again after the program was away: none is under way any more.
[[nodiscard]] JobRecord awakened(JobRecord job, const QDateTime &nowUtc);

} // namespace core
