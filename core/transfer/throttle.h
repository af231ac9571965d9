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
    [[nodiscard]] qint64 rate() const { return m_rate; }
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

/// Who takes part in something that does not suffice for all, and gets as much as each other,
/// whether they ask often or seldom, for much or for little at a time. One that has not asked for a
/// while takes no part, and cannot make up for it: it begins again where the others are.
template <typename Key>
class FairShares {
public:
    /// Asks now. True: one that waits has got so much less that it comes first.
    [[nodiscard]] bool comesLater(Key key, BootTime now, qint64 slackBytes);
    /// It was told to ask again, or need not.
    void setWaiting(Key key, bool isWaiting) { m_sharers[key].isWaiting = isWaiting; }
    /// It has got so many; fewer than none were given back.
    void got(Key key, qint64 bytes) { m_sharers[key].bytes += bytes; }
    void remove(Key key) { m_sharers.erase(key); }

private:
    struct Sharer {
        qint64 bytes = 0; ///< that it got; of one that comes later, as if it had been there
        BootTime asked;   ///< last
        bool isWaiting = false;
    };

    std::map<Key, Sharer> m_sharers;
};

/// The speed limits: of a job, shared by all of its files, and of all jobs together. Jobs get as
/// much as each other, and so do the files of a job. Each limit holds from the next bytes on. On
/// the engine's thread.
class Throttles {
public:
    /// Nothing for no limit.
    void limitAll(std::optional<qint64> bytesPerSecond);
    void limit(JobId job, std::optional<qint64> bytesPerSecond);
    void release(JobId job);

    [[nodiscard]] bool isLimited(JobId job) const { return m_all || m_jobs.contains(job); }
    /// How many of `wanted` bytes of the file may pass now; they are taken. Zero: ask again after
    /// wait().
    [[nodiscard]] qint64 take(FileId file, qint64 wanted, BootTime now);
    [[nodiscard]] std::chrono::milliseconds wait(JobId job) const;
    /// So many of them did not pass after all.
    void giveBack(FileId file, qint64 bytes);

private:
    [[nodiscard]] qint64 available(FileId file, BootTime now);

    std::optional<TokenBucket> m_all;
    std::map<JobId, TokenBucket> m_jobs;
    FairShares<JobId> m_shares;                 ///< of what all may take
    std::map<JobId, FairShares<int>> m_ofFiles; ///< of what a job may, by the index
};

/// Ready when that much time has passed on this clock.
[[nodiscard]] QFuture<void> elapsed(Clock *clock, std::chrono::milliseconds delay);

} // namespace core
