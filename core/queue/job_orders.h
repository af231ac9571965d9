// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/completion.h"
#include "core/transfer/attempt.h"

namespace core {

// Pure functions from records to what is to be done with them.

/// What Complete publishes and discards.
[[nodiscard]] CompletionOrder completionOrderOf(const JobRecord &job, PartialFiles partial);
/// All parts of the job that are on a disk.
[[nodiscard]] QList<PartIdentity> partsOf(const JobRecord &job);

/// What an attempt at this file is given.
[[nodiscard]] DownloadOrder orderFor(const JobRecord &job, int index, const TransferLimits &limits);

/// Files that failed or wait are tried again as if for the first time.
void revive(JobRecord *job);

/// A record whose files are taken up again after the program was away: none is under way any more.
[[nodiscard]] JobRecord awakened(JobRecord job, const QDateTime &nowUtc);

} // namespace core
