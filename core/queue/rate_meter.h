// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"

#include <deque>
#include <optional>

namespace core {

/// A smoothed rate and an honest guess of the time that remains, from byte counts over the last
/// seconds. Says nothing until it has watched long enough to mean it.
class RateMeter {
public:
    /// `totalBytes` received up to now; never goes back but after restart().
    void add(qint64 totalBytes, BootTime now);
    void restart() { m_samples.clear(); }

    /// Over the last window; nothing before there is a second of it. Zero when nothing came.
    [[nodiscard]] std::optional<qint64> bytesPerSecond(BootTime now) const;
    /// Rounded up to full seconds; nothing without a rate, at a standstill, or beyond 30 days.
    [[nodiscard]] std::optional<std::chrono::seconds> remaining(qint64 bytesLeft,
                                                                BootTime now) const;

    static constexpr std::chrono::milliseconds kWindow{std::chrono::seconds(8)};
    static constexpr std::chrono::milliseconds kLeast{std::chrono::seconds(1)};

private:
    struct Sample {
        BootTime at;
        qint64 bytes = 0;
    };

    std::deque<Sample> m_samples; ///< at most ten a second, the oldest as old as the window
};

} // namespace core
