// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/confirmed_pace.h"
#include "core/queue/rate_meter.h"

#include "core/job/job_id.h"

#include <map>

namespace core {

/// What is known of a running job and not worth remembering: its rate, and since when it has had
/// nothing but trouble.
class JobPace {
public:
    explicit JobPace(const Clock *clock)
        : m_clock(clock)
    {
    }

    /// Bytes came, or went: the trouble, if there was any, is over. For an upload, that is, once
    /// the server has confirmed more of them than before: what has to be sent again is no progress.
    void progressed(JobId job, qint64 bytesDone, std::optional<qint64> bytesConfirmed);
    /// A server is asked: if nothing comes of it, the trouble began now.
    void asked(JobId job);
    /// It could go on, and waits for others to make a place: such time is no trouble of its own.
    void waits(JobId job);
    /// Since the last sign that something moves.
    void troubled(JobId job);
    /// It does not run any more, or other bytes count from now on: what comes later is measured anew.
    void measureAnew(JobId job)
    {
        m_pace[job].rate.restart();
        m_pace[job].confirmed.restart();
    }
    void relieved(JobId job) { m_pace[job].troubleSince.reset(); }
    void forget(JobId job) { m_pace.erase(job); }

    [[nodiscard]] std::optional<qint64> bytesPerSecond(JobId job) const;
    /// As it was measured last, however long ago.
    [[nodiscard]] std::optional<qint64> lastBytesPerSecond(JobId job) const;
    /// Of `bytesTotal`. Where a server confirms pieces, they count; else what came or went.
    [[nodiscard]] std::optional<std::chrono::seconds> remaining(JobId job, qint64 bytesTotal) const;
    [[nodiscard]] std::chrono::milliseconds troubleFor(JobId job) const;

private:
    struct Entry {
        RateMeter rate;
        ConfirmedPace confirmed;
        qint64 bytesDone = 0;
        qint64 bytesConfirmed = 0;
        std::optional<qint64> lastRate;
        std::optional<BootTime> troubleSince;
        std::optional<BootTime> lastSign;
        std::optional<BootTime> waitsSince;
    };

    const Clock *m_clock;
    std::map<JobId, Entry> m_pace;
};

} // namespace core
