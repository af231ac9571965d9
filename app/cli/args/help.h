// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/option_table.h"

#include <QString>

#include <optional>

namespace cli {

/// What `bhop help` prints, or `bhop help COMMAND`: made from the tables, ending in a line break.
[[nodiscard]] QString helpText(std::optional<Command> command);

/// "bhop 0.1.0"
[[nodiscard]] QString versionText();

/// The lines of --json: what each event means and which keys it has.
[[nodiscard]] QString jsonHelpText();

} // namespace cli
