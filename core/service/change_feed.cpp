// SPDX-License-Identifier: Apache-2.0
#include "core/service/change_feed.h"

#include <algorithm>
#include <utility>

namespace core {

ChangeFeed::ChangeFeed(Clock *clock, std::function<void(const JobIds &jobs)> due)
    : m_clock(clock)
    , m_due(std::move(due))
    , m_alarm(clock)
{
}

void ChangeFeed::mark(JobId job)
{
    m_marked.insert(job);
    if (!m_alarm.isSet()) {
        m_alarm.set(std::max(m_clock->now(), m_lastTold + kInterval), [this] { tell(); });
    }
}

void ChangeFeed::tell()
{
    m_lastTold = m_clock->now();
    const auto marked = std::exchange(m_marked, {});
    if (!marked.empty()) {
        m_due(JobIds(marked.begin(), marked.end()));
    }
}

} // namespace core
