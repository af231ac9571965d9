// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/connection_count.h"

#include <algorithm>
#include <utility>

namespace core {

namespace {

constexpr auto kLookedAtFor =
    std::chrono::seconds(1); ///< before it is decided whether more would help
constexpr qint64 kNearlyDoneSeconds = 2;
constexpr auto kStalledAfter = std::chrono::seconds(3);

} // namespace

ConnectionCount::ConnectionCount(const JobOptions &options)
    // One is enough to be as fast as a limit allows.
    : m_most(std::min(kMaxConnections, options.connections.value_or(
                                           options.limitBytesPerSecond ? 1 : kMostUnlessAsked)))
    , m_wanted(options.connections ? m_most : 1)
    , m_isSettled(options.connections.has_value())
{
}

void ConnectionCount::begin(BootTime now, qint64 bytesHeld)
{
    m_since = now;
    m_heldThen = bytesHeld;
}

void ConnectionCount::look(BootTime now, qint64 bytesHeld, qint64 sizeBytes)
{
    if (m_isSettled || now - m_since < kLookedAtFor) {
        return;
    }
    const qint64 elapsedMs = (now - std::exchange(m_since, now)).count();
    const qint64 speed = (bytesHeld - std::exchange(m_heldThen, bytesHeld)) * 1000 / elapsedMs;
    if (m_lastStep > 0 && speed < m_speedBefore * 6 / 5) {
        settleFor(m_wanted - m_lastStep);
        return;
    }
    m_lastStep = 0;
    if (speed > 0 && (sizeBytes - bytesHeld) / speed >= kNearlyDoneSeconds) {
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
        m_looked = now;
        m_moved = now;
        return;
    }
    const qint64 elapsedMs = (now - m_looked).count();
    const qint64 bytes = offset - m_offset;
    if (bytes > 0 && elapsedMs > 0) {
        const qint64 speed = bytes * 1000 / elapsedMs;
        m_bytesPerSecond = (m_bytesPerSecond.value_or(speed) + speed) / 2;
        m_offset = offset;
        m_moved = now;
    } else if (now - m_moved >= kStalledAfter) {
        m_bytesPerSecond = 0;
    }
    m_looked = now;
}

} // namespace core
