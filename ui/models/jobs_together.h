// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

namespace ui {

/// Several jobs as if they were one, so that one sentence tells what happens to all their bytes.
/// What cannot be summed up is the first one's. There must be one.
[[nodiscard]] core::JobSnapshot together(const QList<core::JobSnapshot> &jobs);

/// What was sent of those of which the server has confirmed nothing: it goes when they are paused.
[[nodiscard]] qint64 bytesSentInVain(const QList<core::JobSnapshot> &jobs);

[[nodiscard]] core::JobIds idsOf(const QList<core::JobSnapshot> &jobs);

} // namespace ui
