// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

namespace core {

/// The same changes with one delta for each job, and each file in it once, as it is in the end:
/// what waits together is written once. What a removal or other settings come between stays apart.
[[nodiscard]] QList<StoreDelta> merged(const QList<StoreDelta> &deltas);

} // namespace core
