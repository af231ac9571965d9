// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/messages.h"

/// One job in every state a person meets, as of noon on 15 January 2026 UTC.
[[nodiscard]] QList<core::JobSnapshot> sampleList();

/// Lost connections, a link that ran out, a new one, a pause.
[[nodiscard]] core::TimelinePage sampleTimeline();
/// Five files: whole, active, waiting, failed, pending.
[[nodiscard]] core::FilePage sampleFiles(core::JobId job);
