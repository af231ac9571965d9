// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/throttle.h"

#include <QPromise>

#include <algorithm>
#include <memory>

namespace core {

qint64 TokenBucket::available(BootTime now)
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
    return std::max<qint64>(0, m_tokens);
}

std::chrono::milliseconds TokenBucket::wait() const
{
    const qint64 useful = std::max<qint64>(1, burst() / 2);
    return std::chrono::milliseconds(std::clamp<qint64>(useful * 1000 / m_rate, 5, 1000));
}

void Throttles::limitAll(std::optional<qint64> bytesPerSecond)
{
    if (!bytesPerSecond) {
        m_all.reset();
        m_sharers.clear();
    } else if (m_all) {
        m_all->setRate(*bytesPerSecond);
    } else {
        m_all.emplace(*bytesPerSecond);
    }
}

void Throttles::limit(JobId job, std::optional<qint64> bytesPerSecond)
{
    if (bytesPerSecond) {
        m_jobs.try_emplace(job, *bytesPerSecond).first->second.setRate(*bytesPerSecond);
    } else {
        m_jobs.erase(job);
    }
}

void Throttles::release(JobId job)
{
    m_jobs.erase(job);
    m_sharers.erase(job);
}

/// Of those that still ask, whoever got something longest ago is next.
bool Throttles::isAnothersTurn(JobId job, BootTime now)
{
    static constexpr auto kGoneAfter = std::chrono::seconds(2); // wait() is one at most
    const quint64 own = m_sharers[job].served;
    return std::ranges::any_of(m_sharers, [&](const auto &each) {
        const auto &[other, sharer] = each;
        return other != job && sharer.waiting && now - *sharer.waiting < kGoneAfter &&
               sharer.served < own;
    });
}

qint64 Throttles::availableForAll(JobId job, BootTime now)
{
    const qint64 available = m_all->available(now);
    if (available == 0 || isAnothersTurn(job, now)) {
        m_sharers[job].waiting = now;
        return 0;
    }
    m_sharers[job] = {.served = ++m_lastServed};
    return available;
}

qint64 Throttles::take(JobId job, qint64 wanted, BootTime now)
{
    const auto own = m_jobs.find(job);
    qint64 taken = wanted;
    if (own != m_jobs.end()) {
        taken = std::min(taken, own->second.available(now));
    }
    if (m_all && taken > 0) {
        taken = std::min(taken, availableForAll(job, now));
    }
    if (own != m_jobs.end()) {
        own->second.spend(taken);
    }
    if (m_all) {
        m_all->spend(taken);
    }
    return taken;
}

void Throttles::giveBack(JobId job, qint64 bytes)
{
    if (const auto own = m_jobs.find(job); own != m_jobs.end()) {
        own->second.spend(-bytes);
    }
    if (m_all) {
        m_all->spend(-bytes);
    }
}

std::chrono::milliseconds Throttles::wait(JobId job) const
{
    std::chrono::milliseconds longest{0};
    if (const auto own = m_jobs.find(job); own != m_jobs.end()) {
        longest = own->second.wait();
    }
    return m_all ? std::max(longest, m_all->wait()) : longest;
}

QFuture<void> elapsed(Clock *clock, std::chrono::milliseconds delay)
{
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    clock->callAt(clock->now() + delay, [promise] { promise->finish(); });
    return promise->future();
}

} // namespace core
