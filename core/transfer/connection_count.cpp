// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/connection_count.h"

#include "core/job/job_spec.h"

#include <algorithm>
#include <utility>

namespace core {

namespace {

constexpr qint64 kNearlyDoneSeconds = 1;
/// What did not help is tried again, and looked at for longer.
constexpr auto kLookedAtForMost = std::chrono::seconds(2);
constexpr qint64 kGustBytes = qint64(64) * 1024; ///< what may be on its way when none has come yet
constexpr auto kStalledAfter = std::chrono::seconds(3);
/// A line that brings so much, and nothing at so many looks, waits for its server.
constexpr qint64 kMuchBytes = qint64(1024) * 1024;
constexpr int kEmptyLooks = 2;
constexpr auto kLookEvery = std::chrono::milliseconds(25);
/// With fewer it is only tried where that may cost a small part of the time that is left.
constexpr qint64 kFarFromDoneSeconds = 20;

} // namespace

ConnectionCount::ConnectionCount(std::optional<int> asked)
    : m_asked(asked)
    , m_most(std::min(kMaxConnections, asked.value_or(kMostUnlessAsked)))
    , m_wanted(asked ? m_most : 1)
    , m_phase(asked ? Phase::Settled : Phase::Growing)
    , m_window(kLookedAtFor)
{
}

ConnectionCount::ConnectionCount(int first, int most)
    : m_most(most)
    , m_wanted(first)
    , m_phase(Phase::Growing)
    , m_window(kLookedAtFor)
{
}

void ConnectionCount::ask(std::optional<int> asked, BootTime now, qint64 bytesHeld)
{
    if (asked == m_asked) {
        return;
    }
    const int before = m_wanted;
    *this = ConnectionCount(asked);
    m_wanted = asked ? m_wanted : std::min(before, m_most); // from there on it finds out
    begin(now, bytesHeld);
}

std::chrono::milliseconds ConnectionCount::lookAgainIn() const
{
    const bool isHeldBack = m_behindLooks > 0 && isHeldBackByUs();
    return m_phase == Phase::Growing && !isHeldBack ? kLookEvery : kLookedAtFor;
}

void ConnectionCount::begin(BootTime now, qint64 bytesHeld)
{
    m_since = now;
    m_heldThen = m_heldLast = bytesHeld;
    m_looks = m_emptyLooks = m_behindLooks = 0;
}

bool ConnectionCount::hasRoom(qint64 bytesHeld) const
{
    return m_phase == Phase::Growing && m_wanted < m_most && m_emptyLooks >= kEmptyLooks &&
           bytesHeld - m_heldThen >= kMuchBytes && !isHeldBackByUs();
}

void ConnectionCount::fillRoom(BootTime now, qint64 bytesHeld)
{
    m_wanted = m_most;
    m_lastStep = 0;
    m_phase = Phase::Shrinking;
    m_window = kLookedAtForMost;
    begin(now, bytesHeld);
}

void ConnectionCount::takeBack(int step)
{
    m_wanted -= step;
    m_window *= 2;
    if (step < 0 || m_window > kLookedAtForMost) {
        m_phase = Phase::Settled;
    }
}

void ConnectionCount::step(qint64 bytesPerSecond, qint64 bytesLeft)
{
    const qint64 secondsLeft = bytesPerSecond > 0 ? bytesLeft / bytesPerSecond : 0;
    if (m_phase == Phase::Growing && m_wanted == m_most) {
        m_phase = Phase::Settled;
    } else if (m_phase == Phase::Growing && secondsLeft >= kNearlyDoneSeconds) {
        m_lastStep = std::min(m_wanted, m_most - m_wanted);
    } else if (m_phase == Phase::Shrinking && secondsLeft >= kFarFromDoneSeconds) {
        m_lastStep = -(m_wanted / 2);
    }
    m_speedBefore = bytesPerSecond;
    m_wanted += m_lastStep;
}

void ConnectionCount::look(BootTime now, qint64 bytesHeld, qint64 sizeBytes, bool isBehind)
{
    ++m_looks;
    m_emptyLooks += bytesHeld == std::exchange(m_heldLast, bytesHeld) ? 1 : 0;
    m_behindLooks += isBehind ? 1 : 0;
    if (hasRoom(bytesHeld)) {
        fillRoom(now, bytesHeld);
        return;
    }
    if (m_phase == Phase::Settled || now - m_since < m_window) {
        return;
    }
    const qint64 elapsedMs = (now - m_since).count();
    const qint64 speed = (bytesHeld - m_heldThen) * 1000 / elapsedMs;
    const bool isHeldBack = isHeldBackByUs();
    begin(now, bytesHeld);
    const int tried = std::exchange(m_lastStep, 0);
    if ((tried > 0 && speed < m_speedBefore * 6 / 5) ||
        (tried < 0 && speed < m_speedBefore * 9 / 10)) {
        takeBack(tried);
    } else if (!isHeldBack) {
        step(speed, sizeBytes - bytesHeld);
    }
}

void ConnectionCount::settleFor(int connections)
{
    m_wanted = std::max(1, std::min(m_wanted, connections));
    m_phase = Phase::Settled;
}

std::chrono::milliseconds LeaseSpeed::silentFor(BootTime now, qint64 offset) const
{
    return m_lease && offset == m_seenOffset ? now - m_seen : std::chrono::milliseconds();
}

void LeaseSpeed::look(BootTime now, RangeLease lease, qint64 offset)
{
    if (m_lease != lease || offset != m_seenOffset) {
        m_seenOffset = offset;
        m_seen = now;
    }
    if (m_lease != lease) {
        m_lease = lease;
        m_offset = offset;
        m_gustBytes = kGustBytes;
        m_moved = now;
        return;
    }
    const qint64 elapsedMs = (now - m_moved).count();
    const qint64 bytes = offset - m_offset;
    if (now - m_moved < kLookedAtFor) {
        return;
    }
    if (bytes > 0) {
        const qint64 speed = bytes * 1000 / elapsedMs;
        const qint64 before = m_bytesPerSecond.value_or(speed);
        m_bytesPerSecond = speed < before / 2 ? speed : (before + speed) / 2;
        m_gustBytes = bytes;
        m_offset = offset;
        m_moved = now;
    } else if (now - m_moved >= kStalledAfter) {
        m_bytesPerSecond = 0;
    } else if (m_bytesPerSecond) {
        m_bytesPerSecond = std::min(*m_bytesPerSecond, m_gustBytes * 1000 / elapsedMs);
    }
}

} // namespace core
