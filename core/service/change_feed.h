// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/system/clock.h"

#include <QObject>

#include <set>

namespace core {

/// Gathers what changed, and tells it at most ten times a second for all jobs together; the first
/// change after a quiet time is told at once.
class ChangeFeed final : public QObject {
    Q_OBJECT
public:
    explicit ChangeFeed(Clock *clock, QObject *parent = nullptr);

    void mark(JobId job);
    void forget(JobId job) { m_marked.erase(job); }

    static constexpr std::chrono::milliseconds kInterval{100};

Q_SIGNALS:
    void due(const core::JobIds &jobs);

private:
    void tell();

    Clock *m_clock;
    Alarm m_alarm;
    std::set<JobId> m_marked;
    BootTime m_lastTold;
};

} // namespace core
