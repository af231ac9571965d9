// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/refusal.h"
#include "core/remedy/catalogue.h"

namespace cli {

/// What the program exits with when a command was refused: usage where what was typed is to blame,
/// the engine, the disk, or "other" where the job is in no state for it.
[[nodiscard]] core::ExitCode exitCodeFor(const core::Refusal &refusal);

/// The first that is not Done; Done when all are.
[[nodiscard]] core::ExitCode worst(core::ExitCode first, core::ExitCode second);

} // namespace cli
