// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/throttle.h"

#include <QPromise>

#include <algorithm>
#include <memory>

namespace core {

qint64 TokenBucket::take(qint64 wanted, BootTime now)
{
    if (!m_filledAt) {
        m_filledAt = now;
        m_tokens = burst();
    }
    const qint64 elapsedMs = (now - *m_filledAt).count();
    const qint64 earned = m_rate * std::min<qint64>(elapsedMs, 1000) / 1000;
    if (earned > 0) {
        m_tokens = std::min(burst(), m_tokens + earned);
        m_filledAt = now;
    }
    const qint64 taken = std::clamp<qint64>(wanted, 0, std::max<qint64>(0, m_tokens));
    m_tokens -= taken;
    return taken;
}

std::chrono::milliseconds TokenBucket::wait() const
{
    const qint64 useful = std::max<qint64>(1, burst() / 2);
    return std::chrono::milliseconds(std::clamp<qint64>(useful * 1000 / m_rate, 5, 1000));
}

TokenBucket &Throttles::of(JobId job, qint64 bytesPerSecond)
{
    const auto found = m_buckets.try_emplace(job, bytesPerSecond).first;
    found->second.setRate(bytesPerSecond);
    return found->second;
}

QFuture<void> elapsed(Clock *clock, std::chrono::milliseconds delay)
{
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    clock->callAt(clock->now() + delay, [promise] { promise->finish(); });
    return promise->future();
}

} // namespace core
