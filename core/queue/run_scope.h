// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/queue/run_policy.h"

#include <QSet>

namespace core {

/// Which jobs this session may run and speak of.
class RunScope {
public:
    explicit RunScope(RunPolicy policy)
        : m_policy(policy)
    {
    }

    /// It was added or resumed in this session.
    void command(JobId job)
    {
        m_commanded.insert(job);
        m_held.remove(job);
    }
    /// It waits for something without which it would only fail.
    void hold(JobId job) { m_held.insert(job); }
    /// It waits no more; false when it has not.
    [[nodiscard]] bool release(JobId job) { return m_held.remove(job); }
    void widen() { m_policy = RunPolicy::Everything; }
    [[nodiscard]] bool covers(JobId job) const
    {
        return !m_held.contains(job) &&
               (m_policy == RunPolicy::Everything ||
                (m_policy == RunPolicy::OnlyCommanded && m_commanded.contains(job)));
    }

private:
    RunPolicy m_policy;
    QSet<JobId> m_commanded;
    QSet<JobId> m_held;
};

} // namespace core
