// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/remedy/fix.h"

namespace core {

/// A person who has said to replace what has the name has said so of what is at that place. Where
/// these repairs send the files to another one, what is in the way there is asked about.
void keepConsentToItsPlace(const Fixes &fixes, JobRecord *job);

} // namespace core
