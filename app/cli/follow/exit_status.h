// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/print/screen.h"
#include "core/job/refusal.h"
#include "core/remedy/catalogue.h"
#include "core/service/job_service.h"

namespace cli {

/// What the program exits with when a command was refused: usage where what was typed is to blame,
/// the engine, the disk, or "other" where the job is in no state for it.
[[nodiscard]] core::ExitCode exitCodeFor(const core::Refusal &refusal);

/// The first that is not Done; Done when all are.
[[nodiscard]] core::ExitCode worst(core::ExitCode first, core::ExitCode second);

/// What to exit with where the command came to this status. What the list could not take did not
/// happen as far as the next command knows: no success, but where nothing was to be changed.
[[nodiscard]] core::ExitCode withList(core::ExitCode status, core::Ending ending,
                                      const Request &request);

/// What to exit with where the command came to this status. An output that could not be written to
/// is said, and is no success; a reader that went away knows that it did.
[[nodiscard]] core::ExitCode withOutput(core::ExitCode status, Screen *screen);

} // namespace cli
