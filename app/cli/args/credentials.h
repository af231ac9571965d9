// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/arguments.h"
#include "app/cli/args/surroundings.h"
#include "app/cli/args/typed_values.h"
#include "core/job/job_spec.h"

namespace cli {

/// What is logged in to.
enum class LoginFor { Server, Proxy };

/// The login that --user or --proxy-user gives with --password-stdin, nothing without the name. On
/// a terminal the password is asked for when it is not given. The server's is to be read first:
/// where both come on standard input, they come in this order.
[[nodiscard]] Parsed<std::optional<core::Login>>
readLogin(LoginFor what, const Arguments &arguments, const Surroundings &surroundings);

/// The address with the login in it, as jobs keep it in memory.
[[nodiscard]] QUrl withLogin(QUrl proxy, const core::Login &login);

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
