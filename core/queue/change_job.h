// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_change.h"
#include "core/job/job_record.h"
#include "core/job/refusal.h"
#include "core/job/timeline.h"

#include <map>

namespace core {

/// A number of which 0 means none, as front ends give it.
template <typename T>
[[nodiscard]] std::optional<T> unlessZero(T value)
{
    return value == T() ? std::nullopt : std::optional(value);
}
/// Why this cannot be made of any job, if so.
[[nodiscard]] std::optional<Refusal> refusalOf(const JobChange &change);
/// Why this cannot be made of the files of this job, if so.
[[nodiscard]] std::optional<Refusal> refusalOf(const QList<FileChange> &changes,
                                               const JobRecord &job);
/// The file is not wanted any more. What there is of it stays with it.
void leaveOut(FileRecord *file);
/// The job with what is wanted of its files, and what comes first. One that is wanted after all is
/// asked about where its name is taken, and gets another where that of a sibling is the same.
[[nodiscard]] JobRecord withChanges(JobRecord job, const QList<FileChange> &changes);
/// Nothing of it is wanted: that is for Cancel.
[[nodiscard]] bool isAllLeftOut(const JobRecord &job);
/// How many files are left out, and wanted after all.
[[nodiscard]] happening::FilesChosen chosenBetween(const JobRecord &before, const JobRecord &after);
/// The place at this end of all jobs.
[[nodiscard]] qint64 placeAt(QueueEnd end, const std::map<JobId, JobRecord> &jobs);
/// Everything of the change but a move and the files.
void apply(const JobChange &change, JobRecord *job);

} // namespace core
