// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cli {

/// How `bhop` prints.
struct OutputFormat {
    bool json = false;  ///< one object a line, for programs
    bool quiet = false; ///< only what went wrong; with json, no progress lines
};

} // namespace cli
