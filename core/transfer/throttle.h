// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/system/clock.h"

#include <QFuture>

#include <map>
#include <optional>

namespace core {

/// A token bucket: lets through a rate, with bursts of at most a quarter of a second.
class TokenBucket {
public:
    explicit TokenBucket(qint64 bytesPerSecond)
        : m_rate(bytesPerSecond)
    {
    }

    void setRate(qint64 bytesPerSecond) { m_rate = bytesPerSecond; }
    /// How many bytes may pass now.
    [[nodiscard]] qint64 available(BootTime now);
    /// They have passed.
    void spend(qint64 bytes) { m_tokens -= bytes; }
    /// Until a useful number of bytes may pass.
    [[nodiscard]] std::chrono::milliseconds wait() const;

private:
    [[nodiscard]] qint64 burst() const { return std::max<qint64>(1, m_rate / 4); }

    qint64 m_rate;
    qint64 m_tokens = 0;
    std::optional<BootTime> m_filledAt;
};

/// The speed limits: of a job, shared by all of its attempts, and of all jobs together, which take
/// turns, so that one with many connections gets no more than another. Each holds from the next
/// bytes on. On the engine's thread.
class Throttles {
public:
    /// Nothing for no limit.
    void limitAll(std::optional<qint64> bytesPerSecond);
    void limit(JobId job, std::optional<qint64> bytesPerSecond);
    void release(JobId job);

    [[nodiscard]] bool isLimited(JobId job) const { return m_all || m_jobs.contains(job); }
    /// How many of `wanted` bytes of the job may pass now; they are taken. Zero: ask again after
    /// wait().
    [[nodiscard]] qint64 take(JobId job, qint64 wanted, BootTime now);
    [[nodiscard]] std::chrono::milliseconds wait(JobId job) const;
    /// So many of them did not pass after all.
    void giveBack(JobId job, qint64 bytes);

private:
    /// A job that takes of what all have.
    struct Sharer {
        quint64 served = 0;              ///< when it got some last: the greater the later
        std::optional<BootTime> waiting; ///< asked in vain, last at that time
    };

    [[nodiscard]] bool isAnothersTurn(JobId job, BootTime now);
    [[nodiscard]] qint64 availableForAll(JobId job, BootTime now);

    std::optional<TokenBucket> m_all;
    std::map<JobId, TokenBucket> m_jobs;
    std::map<JobId, Sharer> m_sharers;
    quint64 m_lastServed = 0;
};

/// Ready when that much time has passed on this clock.
[[nodiscard]] QFuture<void> elapsed(Clock *clock, std::chrono::milliseconds delay);

} // namespace core
