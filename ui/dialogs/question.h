// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

namespace ui {

/// What a job asks of a person: its error in Error and TransientError, the obstacle in Transferred.
[[nodiscard]] std::optional<core::JobError> questionOf(const core::JobSnapshot &job);

/// Whether what a person has filled in for one answers the other too.
[[nodiscard]] bool isSameQuestion(const core::JobError &one, const core::JobError &other);

} // namespace ui
