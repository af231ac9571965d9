// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/refusal.h"
#include "core/remedy/fix.h"

namespace core {

/// The certificate is trusted for the server that showed it, in place of any that was before. Of
/// several that showed it, for the one that is named.
[[nodiscard]] Answer<void> trust(const fix::TrustCertificate &repair, JobRecord *job);

} // namespace core
