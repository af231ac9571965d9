// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core {

/// Which jobs the engine may run.
enum class RunPolicy {
    Everything,    ///< all that are queued, those of earlier sessions too
    OnlyCommanded, ///< only those that this session adds or resumes
    Nothing,       ///< only look and change; transfers wait for another session
};

} // namespace core
