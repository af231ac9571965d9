// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QJsonObject>

#include <optional>

namespace core {

/// JSON forms of the values, used by the store and by `bhop --json`. Reading is strict about types
/// and enumerators and gives nothing where the object is not one; unknown keys are ignored. Logins
/// are never written; whoever stores options takes secret header fields out before.
[[nodiscard]] QJsonObject toJson(const JobError &error);
[[nodiscard]] std::optional<JobError> jobErrorFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const JobOptions &options);
[[nodiscard]] std::optional<JobOptions> jobOptionsFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const Progress &progress);
[[nodiscard]] QJsonObject toJson(const JobSnapshot &job);
[[nodiscard]] QJsonObject toJson(const FileSnapshot &file);
[[nodiscard]] QJsonObject toJson(const Manifest &manifest);

} // namespace core
