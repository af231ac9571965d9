// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"
#include "core/transfer/file/file_ranges.h"

#include <optional>

namespace core {

/// What is looked at for a shorter time says little of how fast it is: bytes come in gusts.
inline constexpr std::chrono::milliseconds kLookedAtFor{250};

/// How many connections there are to be. One or a few at first, then twice as many as long as that
/// raises the speed of all together; what brought nothing is given back. Where much comes, but
/// again and again nothing for a moment, the line waits for its server and has room: that is filled
/// at once, and whether so many are needed turns out later, where much is left to fetch.
class ConnectionCount {
public:
    static constexpr int kMostUnlessAsked = 16;

    /// For one file: as many as a person has asked for, else what turns out to help.
    explicit ConnectionCount(std::optional<int> asked);
    ConnectionCount(int first, int most);

    [[nodiscard]] int most() const { return m_most; }
    [[nodiscard]] int wanted() const { return m_wanted; }
    /// A person may ask for another number at any time.
    void ask(std::optional<int> asked, BootTime now, qint64 bytesHeld);
    /// From now on bytes are counted.
    void begin(BootTime now, qint64 bytesHeld);
    /// Looks at what has come since, and whether we are behind with it: where a speed limit or the
    /// disk is what is slow, more connections are no help.
    void look(BootTime now, qint64 bytesHeld, qint64 sizeBytes, bool isBehind = false);
    /// How soon that is to be done again.
    [[nodiscard]] std::chrono::milliseconds lookAgainIn() const;
    /// No more than this, and no more tries: at least one.
    void settleFor(int connections);

private:
    enum class Phase {
        Growing,
        Shrinking, ///< there may be more than are needed
        Settled,
    };

    [[nodiscard]] bool hasRoom(qint64 bytesHeld) const;
    [[nodiscard]] bool isHeldBackByUs() const { return 2 * m_behindLooks >= m_looks; }
    void fillRoom(BootTime now, qint64 bytesHeld);
    void takeBack(int step);
    void step(qint64 bytesPerSecond, qint64 bytesLeft);

    std::optional<int> m_asked;
    int m_most;
    int m_wanted;
    Phase m_phase;
    int m_lastStep = 0; ///< below 0: tried with fewer
    qint64 m_speedBefore = 0;
    qint64 m_heldThen = 0;
    BootTime m_since;
    qint64 m_heldLast = 0;
    int m_looks = 0;       ///< in the window
    int m_emptyLooks = 0;  ///< of those: nothing had come
    int m_behindLooks = 0; ///< of those: we were
    std::chrono::milliseconds m_window;
};

/// How fast a connection has been of late, by how far it has come with its lease.
class LeaseSpeed {
public:
    /// Absent: not known yet. 0: it has stalled.
    [[nodiscard]] std::optional<qint64> bytesPerSecond() const { return m_bytesPerSecond; }
    /// It has come so far; called now and then.
    void look(BootTime now, RangeLease lease, qint64 offset);
    /// For how long it had come no further, when it was looked at last, than this.
    [[nodiscard]] std::chrono::milliseconds silentFor(BootTime now, qint64 offset) const;

private:
    std::optional<RangeLease> m_lease;
    qint64 m_offset = 0;
    qint64 m_gustBytes = 0; ///< came at once last: so much may be late
    BootTime m_moved;
    std::optional<qint64> m_bytesPerSecond;
    qint64 m_seenOffset = 0;
    BootTime m_seen; ///< when it was there first
};

} // namespace core
