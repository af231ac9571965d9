// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/throttle.h"

#include <QPromise>

#include <algorithm>
#include <limits>
#include <memory>

namespace core {

namespace {

/// wait() is a second at most, so one that waits has asked within this.
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
    m_shares.remove(job);
    m_ofFiles.erase(job);
}

template <typename Key>
bool FairShares<Key>::comesLater(Key key, BootTime now, qint64 slackBytes)
{
    std::erase_if(m_sharers,
                  [now](const auto &each) { return now - each.second.asked >= kGoneAfter; });
    const auto least =
        std::ranges::min_element(m_sharers, {}, [](const auto &each) { return each.second.bytes; });
    const qint64 begin = least == m_sharers.end() ? 0 : least->second.bytes;
    Sharer &own = m_sharers.try_emplace(key, Sharer{.bytes = begin}).first->second;
    own.asked = now;
    return std::ranges::any_of(m_sharers, [&](const auto &each) {
        return each.second.isWaiting && own.bytes >= each.second.bytes + slackBytes;
    });
}

/// How many may pass, by whoever is to have them first.
qint64 Throttles::available(FileId file, BootTime now)
{
    const auto own = m_jobs.find(file.job);
    const bool isOfJob = own != m_jobs.end();
    const qint64 slack = isOfJob ? own->second.usefulBytes() : m_all->usefulBytes();
    qint64 bytes = isOfJob ? own->second.available(now) : std::numeric_limits<qint64>::max();
    if (m_ofFiles[file.job].comesLater(file.index, now, slack)) {
        return 0;
    }
    if (m_all && bytes > 0) {
        const bool isLater = m_shares.comesLater(file.job, now, m_all->usefulBytes());
        bytes = isLater ? 0 : std::min(bytes, m_all->available(now));
        m_shares.setWaiting(file.job, bytes == 0);
    }
    return bytes;
}

qint64 Throttles::take(FileId file, qint64 wanted, BootTime now)
{
    if (!isLimited(file.job)) {
        return wanted;
    }
    const qint64 taken = std::min(wanted, available(file, now));
    m_ofFiles[file.job].setWaiting(file.index, taken == 0);
    giveBack(file, -taken);
    return taken;
}

void Throttles::giveBack(FileId file, qint64 bytes)
{
    if (!isLimited(file.job)) {
        return;
    }
    m_ofFiles[file.job].got(file.index, -bytes);
    if (const auto own = m_jobs.find(file.job); own != m_jobs.end()) {
        own->second.spend(-bytes);
    }
    if (m_all) {
        m_all->spend(-bytes);
        m_shares.got(file.job, -bytes);
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
