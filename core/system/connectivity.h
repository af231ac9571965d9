// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core {

/// How this computer is connected, as the system says.
enum class Connectivity {
    None,
    Metered, ///< what is sent and received may cost money, a telephone's network for instance
    Free,    ///< also where nobody knows
};

} // namespace core
