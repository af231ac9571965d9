// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

namespace core {

/// What a job asks of a person: its error in Error and TransientError, what stood in the way of
/// Complete in Transferred, else nothing. `fileIndex` is the file it is about.
[[nodiscard]] std::optional<JobError> questionOf(const JobSnapshot &job);
[[nodiscard]] std::optional<JobError> questionOf(const JobRecord &job);

/// Whether the job stands still until its question is answered. In TransientError it does not: it
/// tries again by itself.
[[nodiscard]] bool needsAnswer(const JobSnapshot &job);

/// After this long in TransientError a job is offered to the person ("still trying").
inline constexpr std::chrono::minutes kOfferedAfter{15};

/// Whether the question is put before a person now: it needs an answer, or trying again has not
/// helped for more than kOfferedAfter.
[[nodiscard]] bool needsAttention(const JobSnapshot &job, const QDateTime &nowUtc);

} // namespace core
