// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <optional>

namespace core {

/// Of what the system gives this process too little to work with.
enum class Scarce {
    OpenFiles, ///< RLIMIT_NOFILE
    Addresses, ///< RLIMIT_AS, in bytes
    Threads,   ///< RLIMIT_NPROC, a control group, or no room for their stacks
};

struct Shortage {
    Scarce what = Scarce::OpenFiles;
    quint64 needed = 0;
};

/// Allows the process as many open files as it may have, and says what there is too little of to
/// begin at all: better than to stop in the middle of something. Before there is an application.
[[nodiscard]] std::optional<Shortage> prepareLimits();

} // namespace core
