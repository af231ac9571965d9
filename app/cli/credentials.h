// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/surroundings.h"
#include "app/cli/typed_values.h"
#include "core/job/job_spec.h"

namespace cli {

/// The login that --user and --password-stdin give, nothing without --user. On a terminal the
/// password is asked for when it is not given.
[[nodiscard]] Parsed<std::optional<core::Login>> readLogin(const Arguments &arguments,
                                                           const Surroundings &surroundings);

/// All --header values, the lines of @FILE ones among them.
[[nodiscard]] Parsed<core::HeaderFields> readHeaders(const Arguments &arguments,
                                                     const Surroundings &surroundings);

/// What --on-error says, or what it is by default: ask on a terminal, else stop.
[[nodiscard]] Parsed<OnError> readOnError(const Arguments &arguments,
                                          const Surroundings &surroundings);

/// --dir made absolute; the current folder without it.
[[nodiscard]] Parsed<QString> readFolder(const Arguments &arguments,
                                         const Surroundings &surroundings);

} // namespace cli
