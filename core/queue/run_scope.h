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
    void command(JobId job) { m_commanded.insert(job); }
    void widen() { m_policy = RunPolicy::Everything; }
    [[nodiscard]] bool covers(JobId job) const
    {
        return m_policy == RunPolicy::Everything ||
               (m_policy == RunPolicy::OnlyCommanded && m_commanded.contains(job));
    }

private:
    RunPolicy m_policy;
    QSet<JobId> m_commanded;
};

} // namespace core
