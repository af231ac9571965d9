// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/timeline.h"

#include <QJsonObject>

namespace core {

/// The JSON form of an entry, for the store and for `bhop --json`: "time", "kind", "file" and what
/// belongs to the kind, flat. Reading is as strict as that of the other values.
[[nodiscard]] QJsonObject toJson(const TimelineEntry &entry);
[[nodiscard]] std::optional<TimelineEntry> timelineEntryFromJson(const QJsonObject &json);

} // namespace core
