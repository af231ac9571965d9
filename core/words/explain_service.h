// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "core/service/messages.h"
#include "core/service/start_failure.h"
#include "core/system/process_limits.h"

namespace core {

/// What is wrong with a link and what to do, in one sentence; empty when it may be fetched.
[[nodiscard]] QString explain(const LinkReport &report);

/// Why files cannot be put into a folder, in one sentence; empty when they can.
[[nodiscard]] QString explain(const FolderReport &report);

/// Why a file cannot be sent, in one sentence; empty when it can.
[[nodiscard]] QString explain(const SourceReport &report);

[[nodiscard]] QString explain(const Notice &notice);

/// What is to be known of that ending, in one sentence; empty when nothing is.
[[nodiscard]] QString explain(Ending ending);

/// Why the program cannot begin under the limits it was given, in one sentence.
[[nodiscard]] QString explain(const Shortage &shortage);

/// Why there is no engine and what to do, in one sentence.
[[nodiscard]] QString explain(const EngineError &error);
[[nodiscard]] QString explain(const StartFailure &failure);

} // namespace core
