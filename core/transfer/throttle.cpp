// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/throttle.h"

#include <QPromise>

#include <algorithm>
#include <limits>
#include <memory>

namespace core {

namespace {

/// A job that has not asked for so long takes no part: wait() is a second at most.
constexpr std::chrono::seconds kGoneAfter{2};

} // namespace

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
    return std::chrono::milliseconds(std::clamp<qint64>(usefulBytes() * 1000 / m_rate, 5, 1000));
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

/// As a job that asks now. One that has not asked for a while cannot make up for it: it begins
/// where the others are.
Throttles::Sharer &Throttles::sharer(JobId job, BootTime now)
{
    const auto [own, isNew] = m_sharers.try_emplace(job, Sharer{.asked = now});
    if (isNew || now - own->second.asked >= kGoneAfter) {
        constexpr qint64 kNone = std::numeric_limits<qint64>::max();
        qint64 least = kNone;
        for (const auto &[other, each] : m_sharers) {
            if (other != job && now - each.asked < kGoneAfter) {
                least = std::min(least, each.bytes);
            }
        }
        own->second.bytes = std::max(own->second.bytes, least == kNone ? 0 : least);
    }
    own->second.asked = now;
    return own->second;
}

/// Whether another that waits has got so much less that it comes first.
bool Throttles::isAhead(JobId job, BootTime now) const
{
    const qint64 own = m_sharers.at(job).bytes;
    return std::ranges::any_of(m_sharers, [&](const auto &each) {
        const auto &[other, sharer] = each;
        return other != job && sharer.isWaiting && now - sharer.asked < kGoneAfter &&
               own >= sharer.bytes + m_all->usefulBytes();
    });
}

qint64 Throttles::availableForAll(JobId job, BootTime now)
{
    Sharer &own = sharer(job, now);
    const qint64 available = m_all->available(now);
    own.isWaiting = available == 0 || isAhead(job, now);
    return own.isWaiting ? 0 : available;
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
        m_sharers[job].bytes += taken;
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
        m_sharers[job].bytes -= bytes;
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
