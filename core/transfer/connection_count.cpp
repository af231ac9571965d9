// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/connection_count.h"

#include "core/job/job_spec.h"

#include <algorithm>
#include <utility>

namespace core {

namespace {

constexpr qint64 kNearlyDoneSeconds = 1;
constexpr qint64 kNearlyAllowedPercent = 85;
/// What comes in gusts looks faster or slower than it is when it is looked at for a short time, so
/// what did not help is tried again, and looked at for longer.
constexpr auto kLookedAtForMost = std::chrono::seconds(2);
constexpr qint64 kGustBytes = qint64(64) * 1024; ///< what may be on its way when none has come yet
constexpr auto kStalledAfter = std::chrono::seconds(3);

} // namespace

ConnectionCount::ConnectionCount(std::optional<int> asked)
    : m_asked(asked)
    , m_most(std::min(kMaxConnections, asked.value_or(kMostUnlessAsked)))
    , m_wanted(asked ? m_most : 1)
    , m_isSettled(asked.has_value())
{
}

ConnectionCount::ConnectionCount(int first, int most)
    : m_most(most)
    , m_wanted(first)
    , m_isSettled(false)
{
}

void ConnectionCount::ask(std::optional<int> asked)
{
    if (asked == m_asked) {
        return;
    }
    const int before = m_wanted;
    *this = ConnectionCount(asked);
    m_wanted = asked ? m_wanted : std::min(before, m_most); // from there on it finds out
}

void ConnectionCount::begin(BootTime now, qint64 bytesHeld)
{
    m_since = now;
    m_heldThen = bytesHeld;
}

void ConnectionCount::look(BootTime now, qint64 bytesHeld, qint64 sizeBytes,
                           std::optional<qint64> limitBytesPerSecond)
{
    if (m_isSettled || now - m_since < m_window) {
        return;
    }
    const qint64 elapsedMs = (now - std::exchange(m_since, now)).count();
    const qint64 speed = (bytesHeld - std::exchange(m_heldThen, bytesHeld)) * 1000 / elapsedMs;
    if (const int step = std::exchange(m_lastStep, 0); step > 0 && speed < m_speedBefore * 6 / 5) {
        m_wanted -= step;
        m_window *= 2;
        m_isSettled = m_window > kLookedAtForMost;
        return;
    }
    const bool isHeldBack =
        limitBytesPerSecond && speed >= *limitBytesPerSecond / 100 * kNearlyAllowedPercent;
    if (speed > 0 && !isHeldBack && (sizeBytes - bytesHeld) / speed >= kNearlyDoneSeconds) {
        m_speedBefore = speed;
        m_lastStep = std::min(m_wanted, m_most - m_wanted);
        m_wanted += m_lastStep;
    }
}

void ConnectionCount::settleFor(int connections)
{
    m_wanted = std::max(1, std::min(m_wanted, connections));
    m_isSettled = true;
}

void LeaseSpeed::look(BootTime now, RangeLease lease, qint64 offset)
{
    if (m_lease != lease) {
        m_lease = lease;
        m_offset = offset;
        m_gustBytes = kGustBytes;
        m_moved = now;
        return;
    }
    const qint64 elapsedMs = (now - m_moved).count();
    const qint64 bytes = offset - m_offset;
    if (bytes > 0 && elapsedMs > 0) {
        const qint64 speed = bytes * 1000 / elapsedMs;
        const qint64 before = m_bytesPerSecond.value_or(speed);
        m_bytesPerSecond = speed < before / 2 ? speed : (before + speed) / 2;
        m_gustBytes = bytes;
        m_offset = offset;
        m_moved = now;
    } else if (now - m_moved >= kStalledAfter) {
        m_bytesPerSecond = 0;
    } else if (m_bytesPerSecond && elapsedMs > 0) {
        m_bytesPerSecond = std::min(*m_bytesPerSecond, m_gustBytes * 1000 / elapsedMs);
    }
}

} // namespace core
