// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QString>

namespace ui {

/// What was seen when the job stopped, one fact a line, secrets removed: for "Details".
[[nodiscard]] QString evidenceText(const core::JobError &error);

/// The same with the sentence and the job around it, to be sent to somebody who can help.
[[nodiscard]] QString reportText(const core::JobSnapshot &job, const core::JobError &error);

} // namespace ui
