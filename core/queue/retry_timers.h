// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/system/clock.h"

#include <map>
#include <set>

namespace core {

/// When which file is tried again: one alarm for all of them.
class RetryTimers {
public:
    /// `due` is called for a file whose time has come; it is forgotten before.
    RetryTimers(Clock *clock, std::function<void(FileId)> due);

    void set(FileId file, BootTime at);
    void cancel(JobId job);
    void cancel(FileId file);
    [[nodiscard]] std::optional<BootTime> earliest(JobId job) const;
    [[nodiscard]] std::optional<FileId> earliestFile(JobId job) const;

private:
    void rearm();
    void goOff();

    Clock *m_clock;
    std::function<void(FileId)> m_due;
    std::map<FileId, BootTime> m_byFile;
    std::set<std::pair<BootTime, FileId>> m_byTime;
    Alarm m_alarm;
};

} // namespace core
