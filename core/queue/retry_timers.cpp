// SPDX-License-Identifier: Apache-2.0
#include "core/queue/retry_timers.h"

namespace core {

RetryTimers::RetryTimers(Clock *clock, std::function<void(FileId)> due)
    : m_clock(clock)
    , m_due(std::move(due))
    , m_alarm(clock)
{
}

void RetryTimers::set(FileId file, BootTime at)
{
    const auto old = m_byFile.find(file);
    if (old != m_byFile.end()) {
        m_byTime.erase({old->second, file});
    }
    m_byFile.insert_or_assign(file, at);
    m_byTime.emplace(at, file);
    rearm();
}

void RetryTimers::cancel(JobId job)
{
    auto at = m_byFile.lower_bound({job, 0});
    while (at != m_byFile.end() && at->first.job == job) {
        m_byTime.erase({at->second, at->first});
        at = m_byFile.erase(at);
    }
    rearm();
}

void RetryTimers::cancel(FileId file)
{
    const auto at = m_byFile.find(file);
    if (at != m_byFile.end()) {
        m_byTime.erase({at->second, file});
        m_byFile.erase(at);
        rearm();
    }
}

std::optional<FileId> RetryTimers::earliestFile(JobId job) const
{
    std::optional<FileId> earliest;
    for (auto at = m_byFile.lower_bound({job, 0}); at != m_byFile.end() && at->first.job == job;
         ++at) {
        if (!earliest || at->second < m_byFile.at(*earliest)) {
            earliest = at->first;
        }
    }
    return earliest;
}

std::optional<BootTime> RetryTimers::earliest(JobId job) const
{
    const auto file = earliestFile(job);
    return file ? std::optional(m_byFile.at(*file)) : std::nullopt;
}

void RetryTimers::rearm()
{
    if (m_byTime.empty()) {
        m_alarm.cancel();
    } else {
        m_alarm.set(m_byTime.begin()->first, [this] { goOff(); });
    }
}

void RetryTimers::goOff()
{
    while (!m_byTime.empty() && m_byTime.begin()->first <= m_clock->now()) {
        const FileId file = m_byTime.begin()->second;
        m_byTime.erase(m_byTime.begin());
        m_byFile.erase(file);
        m_due(file);
    }
    rearm();
}

} // namespace core
