// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"

#include <optional>

namespace core {

/// Notices a connection that is never silent for long and yet brings next to nothing. Looks at one
/// window of time after the other, in which only the time counts when bytes were wanted.
class SpeedFloor {
public:
    SpeedFloor(qint64 bytesPerSecond, std::chrono::milliseconds window)
        : m_bytesPerSecond(bytesPerSecond)
        , m_window(window)
    {
    }

    /// A window begins.
    void begin(BootTime now);
    void add(qint64 bytes) { m_bytes += bytes; }
    /// No bytes are wanted until resume().
    void pause(BootTime now);
    void resume(BootTime now) { m_since = now; }

    /// Whether a window is over that stayed below the floor. The next one begins.
    [[nodiscard]] bool isBroken(BootTime now);

private:
    qint64 m_bytesPerSecond;
    std::chrono::milliseconds m_window;
    std::chrono::milliseconds m_watched{0}; ///< of this window, up to the last pause
    std::optional<BootTime> m_since;        ///< absent while no bytes are wanted
    qint64 m_bytes = 0;
};

} // namespace core
