// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/system/clock.h"

#include <functional>
#include <set>

namespace core {

/// Gathers what changed, and tells it at most ten times a second for all jobs together; the first
/// change after a quiet time is told at once.
class ChangeFeed {
public:
    /// `due` is called from the event loop, with the jobs in order of their ids.
    ChangeFeed(Clock *clock, std::function<void(const JobIds &jobs)> due);

    void mark(JobId job);
    void forget(JobId job) { m_marked.erase(job); }

    static constexpr std::chrono::milliseconds kInterval{100};

private:
    void tell();

    Clock *m_clock;
    std::function<void(const JobIds &)> m_due;
    Alarm m_alarm;
    std::set<JobId> m_marked;
    BootTime m_lastTold;
};

} // namespace core
