// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/speed_floor.h"

namespace core {

void SpeedFloor::begin(BootTime now)
{
    m_watched = std::chrono::milliseconds(0);
    m_since = now;
    m_bytes = 0;
}

void SpeedFloor::pause(BootTime now)
{
    if (m_since) {
        m_watched += now - *m_since;
        m_since.reset();
    }
}

bool SpeedFloor::isBroken(BootTime now)
{
    const auto watched = m_watched + (m_since ? now - *m_since : std::chrono::milliseconds(0));
    if (watched < m_window) {
        return false;
    }
    const bool isBelow = m_bytes < m_bytesPerSecond * watched.count() / 1000;
    begin(now);
    return isBelow;
}

} // namespace core
