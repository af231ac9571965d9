// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/job/job_spec.h"
#include "core/job/timeline.h"

#include <QUrl>

namespace core {

/// The forms of the values that may be written to disk: without logins, without header fields whose
/// value is a secret, without names and passwords in addresses.
[[nodiscard]] QUrl withoutSecrets(const QUrl &url);
[[nodiscard]] JobOptions withoutSecrets(JobOptions options);
[[nodiscard]] JobError withoutSecrets(JobError error);
[[nodiscard]] TimelineEntry withoutSecrets(TimelineEntry entry);

} // namespace core
