// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_change.h"
#include "core/job/job_record.h"
#include "core/job/refusal.h"

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
/// The place at this end of all jobs.
[[nodiscard]] qint64 placeAt(QueueEnd end, const std::map<JobId, JobRecord> &jobs);
/// Everything of the change but a move.
void apply(const JobChange &change, JobRecord *job);

} // namespace core
