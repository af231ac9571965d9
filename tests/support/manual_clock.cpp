// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_clock.h"

#include <algorithm>

core::Clock::AlarmId ManualClock::callAt(core::BootTime due, std::function<void()> action)
{
    const AlarmId id = ++m_lastId;
    m_pending.emplace(std::pair(due, id), std::move(action));
    return id;
}

void ManualClock::cancel(AlarmId alarm)
{
    std::erase_if(m_pending, [alarm](const auto &entry) { return entry.first.second == alarm; });
}

void ManualClock::advance(std::chrono::milliseconds by)
{
    const core::BootTime end = m_now + by;
    while (!m_pending.empty() && m_pending.begin()->first.first <= end) {
        const core::BootTime due = std::max(m_now, m_pending.begin()->first.first);
        m_utc = m_utc.addMSecs((due - m_now).count());
        m_now = due;
        const auto action = std::move(m_pending.begin()->second);
        m_pending.erase(m_pending.begin());
        action();
    }
    m_utc = m_utc.addMSecs((end - m_now).count());
    m_now = end;
}

std::optional<std::chrono::milliseconds> ManualClock::untilNext() const
{
    if (m_pending.empty()) {
        return std::nullopt;
    }
    return std::max(std::chrono::milliseconds(0), m_pending.begin()->first.first - m_now);
}
