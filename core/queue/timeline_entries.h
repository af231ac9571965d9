// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/job_snapshot.h"
#include "core/job/timeline.h"
#include "core/remedy/fix.h"
#include "core/transfer/attempt.h"

/// Pure functions from what happened to what is written down of it. None keeps a secret: logins,
/// header values and the queries of addresses stay out.
namespace core::timeline_entry {

[[nodiscard]] Happening attemptStarted(const AttemptOrder &order);
/// Stopped for an outcome that is an error: it is one that nobody wanted to know any more.
[[nodiscard]] Happening attemptEnded(const AttemptOutcome &outcome, qint64 bytesDone,
                                     const QString &fileName);
[[nodiscard]] Happening failed(const JobError &error,
                               std::optional<std::chrono::milliseconds> nextTry);
[[nodiscard]] Happening completed(const Completion &completion);

struct AppliedFix {
    std::optional<int> fileIndex; ///< of the file that is repaired, if it is a file
    Happening what;
};
/// The job is the one they are for, as it was before.
[[nodiscard]] QList<AppliedFix> applied(const Fixes &fixes, const JobRecord &job);
/// The files that got another name than they were given, in the job as the repairs have made it.
[[nodiscard]] QList<AppliedFix> numbered(const Fixes &fixes, const JobRecord &made);

} // namespace core::timeline_entry
