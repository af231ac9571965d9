// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/job/job_spec.h"

#include <tl/expected.hpp>

#include <chrono>

namespace core {

/// What the decision about another try rests on.
struct RetryQuestion {
    JobError error;
    int failures = 1;                        ///< in a row, this one included
    bool hasWorked = false;                  ///< the server, or the proxy, brought something
    std::chrono::milliseconds troubleFor{0}; ///< since bytes last moved, or the first failure
    /// Below kFirstBackOff the waits begin with it; 0: nobody has asked for any.
    std::chrono::milliseconds minDelay{std::chrono::seconds(1)};
    std::chrono::milliseconds noProgressTimeout{std::chrono::hours(24)};
    double jitter = 1.0; ///< in [0, 1], drawn by the caller
};

inline constexpr std::chrono::seconds kFirstBackOff{1};
inline constexpr std::chrono::seconds kLongestBackOff{300};

/// Why there is no other try.
enum class GiveUp {
    NoTryHelps, ///< the cause does not pass by itself, or was tried as often as it deserves
    TooLong,    ///< not even the first wait fits into the no-progress timeout
    NoProgress, ///< nothing has moved for so long that the next try would come too late
};

/// How long to wait before the next try, or why the error is final. 1, 2, 4 … 300 s, of which the
/// upper half is left to chance; what the server asked for wins. A delay that would outlast the
/// no-progress timeout is not waited for (BITS: retry delay above the timeout means no retry).
[[nodiscard]] tl::expected<std::chrono::milliseconds, GiveUp>
retryDelay(const RetryQuestion &question);

} // namespace core
