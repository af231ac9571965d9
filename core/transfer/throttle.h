// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/system/clock.h"

#include <QFuture>

#include <map>

namespace core {

/// A token bucket: lets through a rate, with bursts of at most a quarter of a second.
class TokenBucket {
public:
    explicit TokenBucket(qint64 bytesPerSecond)
        : m_rate(bytesPerSecond)
    {
    }

    void setRate(qint64 bytesPerSecond) { m_rate = bytesPerSecond; }
    /// How many of `wanted` bytes may pass now; they are taken. Zero: ask again after wait().
    [[nodiscard]] qint64 take(qint64 wanted, BootTime now);
    /// Until a useful number of bytes may pass.
    [[nodiscard]] std::chrono::milliseconds wait() const;

private:
    [[nodiscard]] qint64 burst() const { return std::max<qint64>(1, m_rate / 4); }

    qint64 m_rate;
    qint64 m_tokens = 0;
    std::optional<BootTime> m_filledAt;
};

/// The buckets of the jobs that have a limit; all attempts of a job share one.
class Throttles {
public:
    [[nodiscard]] TokenBucket &of(JobId job, qint64 bytesPerSecond);
    void release(JobId job) { m_buckets.erase(job); }

private:
    std::map<JobId, TokenBucket> m_buckets;
};

/// Ready when that much time has passed on this clock.
[[nodiscard]] QFuture<void> elapsed(Clock *clock, std::chrono::milliseconds delay);

} // namespace core
