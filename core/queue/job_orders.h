// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "core/queue/completion.h"
#include "core/transfer/attempt.h"

#include <QSet>

#include <functional>

namespace core {

// Pure functions from records to what is to be done with them.

/// What Complete publishes. Of a file that is proven it is known that it is what the
/// checksum says that a person gave; all others are to be checked.
[[nodiscard]] CompletionOrder completionOrderOf(const JobRecord &job,
                                                const std::function<bool(int index)> &isProven);
/// Names that drives without capitals take for one are equal so.
[[nodiscard]] QString withoutCapitals(const QString &name);
/// The names that files of the job have already, withoutCapitals(): no other file of it replaces
/// these.
[[nodiscard]] QSet<QString> namesPublished(const JobRecord &job);
/// There is a copy of the part, which goes with the older parts unless it becomes the part.
void noteCopy(FileRecord *file, const PartIdentity &copy);
/// The part lies there from now on. The one before may have to be removed later.
void takePart(FileRecord *file, const PartIdentity &part);
/// The bytes of the part are not claimed any more, and it may go once the list says so.
void giveUpPart(FileRecord *file);
/// The last older part that was all of the file is its part again, and the one that it has goes.
void takeBack(FileRecord *file);
/// What of the file is kept in older parts is told with its error.
void noteAside(const FileRecord &file, JobError *error);
/// How a file is to be taken whose bytes all come once more.
[[nodiscard]] Acceptance asItComes(Acceptance acceptance);
/// These bytes of the part are claimed. What was unpacked and is not whole any more can be had from
/// no server: none of it counts then, and the file is fetched as it comes.
void takeDurable(FileRecord *file, const RangeSet &durable, const PartSeal &seal);
[[nodiscard]] QList<PartIdentity> partsGivenUp(const JobRecord &job);

/// Whether the job has ended and parts of it are still there: a program before this one did not
/// come to removing them, or could not.
[[nodiscard]] bool hasLeftOvers(const JobRecord &job);

/// Whether the part lies in another folder than the job has now.
[[nodiscard]] bool isToBeMoved(const JobRecord &job, const FileRecord &file);

/// The same limits, but nothing is waited for longer than the job has patience left; 0 for a job
/// without patience, whose errors are all final.
[[nodiscard]] TransferLimits within(TransferLimits limits, std::chrono::milliseconds patience,
                                    std::chrono::milliseconds left);
/// What an attempt at the file of an upload is given.
[[nodiscard]] UploadOrder uploadOrderFor(const JobRecord &job, int index,
                                         const TransferLimits &limits);
/// What an attempt at this file is given.
[[nodiscard]] DownloadOrder orderFor(const JobRecord &job, int index, const TransferLimits &limits,
                                     const QString &stateFolder);

/// The file is tried as if for the first time.
void revive(FileRecord *file);
/// Files that failed or wait are tried again as if for the first time; of those that failed, all
/// but these.
void revive(JobRecord *job, const QList<FileId> &butFailed = {});

/// A record whose files are taken up again after the program was away: none is under way any more.
[[nodiscard]] JobRecord awakened(JobRecord job, const QDateTime &nowUtc);

} // namespace core
