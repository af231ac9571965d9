// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/remedy/fix.h"

namespace core {

/// What a repair is for: the question of the job, or what stopped it before it was paused.
[[nodiscard]] std::optional<JobError> questionMeant(const JobRecord &job);

/// What the repair can answer of all that the job and its files that failed ask, that of the job
/// first: of the file or the server that it names, where it names one.
[[nodiscard]] QList<JobError> questionsAnswered(const JobRecord &job, const Fix &repair);

/// The servers that these are about, each once, as text(Origin) writes them.
[[nodiscard]] QStringList originsOf(const QList<JobError> &questions);

/// The file that a repair is meant for: the one named, else the one the question of the job is
/// about, else the only one.
[[nodiscard]] std::optional<int> fileMeant(const JobRecord &job, std::optional<int> named);

/// The repairs with the file that each is for. One that is the same for every file and names none
/// goes to all files that ask what the job asks.
[[nodiscard]] Fixes addressed(const Fixes &fixes, const JobRecord &job);

/// Whether such a repair would do anything for this job. What has no meaning for an upload, or for
/// what it asks, is not carried out in silence.
[[nodiscard]] bool hasMeaning(FixKind kind, const JobRecord &record);

} // namespace core
