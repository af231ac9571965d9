// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/system/clock.h"

#include <map>

namespace core {

/// Since when each job runs, and which have made way for others. Kept in memory only.
class Turns {
public:
    explicit Turns(const Clock *clock)
        : m_clock(clock)
    {
    }

    void begin(JobId job) { m_jobs[job].since = m_clock->now(); }
    void yield(JobId job) { m_jobs[job].turn = ++m_last; }
    void forget(JobId job) { m_jobs.erase(job); }

    [[nodiscard]] std::chrono::milliseconds runningFor(JobId job) const
    {
        const auto found = m_jobs.find(job);
        return found == m_jobs.end() ? std::chrono::milliseconds(0)
                                     : m_clock->now() - found->second.since;
    }
    [[nodiscard]] quint64 turnOf(JobId job) const
    {
        const auto found = m_jobs.find(job);
        return found == m_jobs.end() ? 0 : found->second.turn;
    }

private:
    struct Turn {
        BootTime since;
        quint64 turn = 0;
    };

    const Clock *m_clock;
    std::map<JobId, Turn> m_jobs;
    quint64 m_last = 0;
};

} // namespace core
