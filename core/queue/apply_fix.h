// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/refusal.h"
#include "core/remedy/fix.h"

namespace core {

/// The record as it is after the repairs, before anything is tried again. All of them are applied
/// or, when one is refused, none.
[[nodiscard]] Answer<JobRecord> withFixes(JobRecord record, const Fixes &fixes);

/// Begins the file anew from byte 0. Its part is set aside, not removed: it goes only when the new
/// one is published, or with the job.
void restart(FileRecord *file);

} // namespace core
