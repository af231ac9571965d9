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
    /// So many are worth waiting for.
    [[nodiscard]] qint64 usefulBytes() const { return std::max<qint64>(1, burst() / 2); }
    /// Until so many may pass.
    [[nodiscard]] std::chrono::milliseconds wait() const;

private:
    [[nodiscard]] qint64 burst() const { return std::max<qint64>(1, m_rate / 4); }

    qint64 m_rate;
    qint64 m_tokens = 0;
    std::optional<BootTime> m_filledAt;
};

/// The speed limits: of a job, shared by all of its attempts, and of all jobs together, which get
/// as much as each other, whether they ask often or seldom, for much or for little at a time. Each
/// holds from the next bytes on. On the engine's thread.
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
        qint64 bytes = 0; ///< that it got; of one that comes later, as if it had been there
        BootTime asked;   ///< last
        bool isWaiting = false;
    };

    [[nodiscard]] Sharer &sharer(JobId job, BootTime now);
    [[nodiscard]] bool isAhead(JobId job, BootTime now) const;
    [[nodiscard]] qint64 availableForAll(JobId job, BootTime now);

    std::optional<TokenBucket> m_all;
    std::map<JobId, TokenBucket> m_jobs;
    std::map<JobId, Sharer> m_sharers;
};

/// Ready when that much time has passed on this clock.
[[nodiscard]] QFuture<void> elapsed(Clock *clock, std::chrono::milliseconds delay);

} // namespace core
