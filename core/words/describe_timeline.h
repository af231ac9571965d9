// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/timeline.h"

namespace core {

/// What happened, as one plain sentence without a full stop: "Connection lost at 24.0 of 40.0 MB;
/// trying again in 4 s". `fileCount` is how many files the job has: with more than one the
/// sentence says which it is about. Plain text; no queries of addresses, no secrets.
[[nodiscard]] QString describe(const TimelineEntry &entry, int fileCount);

} // namespace core
