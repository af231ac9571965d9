// SPDX-License-Identifier: Apache-2.0
#include "core/queue/vitals.h"

namespace core {

void Vitals::progressed(JobId job, qint64 bytesDone)
{
    Entry &entry = m_vitals[job];
    entry.rate.add(bytesDone, m_clock->now());
    entry.troubleSince.reset();
}

void Vitals::troubled(JobId job)
{
    Entry &entry = m_vitals[job];
    if (!entry.troubleSince) {
        entry.troubleSince = m_clock->now();
    }
}

std::optional<qint64> Vitals::bytesPerSecond(JobId job) const
{
    const auto found = m_vitals.find(job);
    return found == m_vitals.end() ? std::nullopt
                                   : found->second.rate.bytesPerSecond(m_clock->now());
}

std::optional<std::chrono::seconds> Vitals::remaining(JobId job, qint64 bytesLeft) const
{
    const auto found = m_vitals.find(job);
    return found == m_vitals.end() ? std::nullopt
                                   : found->second.rate.remaining(bytesLeft, m_clock->now());
}

std::chrono::milliseconds Vitals::troubleFor(JobId job) const
{
    const auto found = m_vitals.find(job);
    const BootTime now = m_clock->now();
    return found == m_vitals.end() ? std::chrono::milliseconds(0)
                                   : now - found->second.troubleSince.value_or(now);
}

} // namespace core
