// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"
#include "core/transfer/file/file_ranges.h"

#include <optional>

namespace core {

/// How many connections there are to be. One or a few at first, then twice as many as long as that
/// raises the speed of all together; what brought nothing is given back.
class ConnectionCount {
public:
    static constexpr int kMostUnlessAsked = 16;

    /// For one file: as many as a person has asked for, else what turns out to help.
    explicit ConnectionCount(std::optional<int> asked);
    ConnectionCount(int first, int most);

    [[nodiscard]] int most() const { return m_most; }
    [[nodiscard]] int wanted() const { return m_wanted; }
    /// A person may ask for another number at any time.
    void ask(std::optional<int> asked);
    /// From now on bytes are counted.
    void begin(BootTime now, qint64 bytesHeld);
    /// Looks at what has come since; called now and then, not more often than kLookEvery. What is
    /// nearly as fast as a limit allows needs no more connections.
    void look(BootTime now, qint64 bytesHeld, qint64 sizeBytes,
              std::optional<qint64> limitBytesPerSecond = {});
    static constexpr std::chrono::milliseconds kLookEvery{250};
    /// No more than this, and no more tries: at least one.
    void settleFor(int connections);

private:
    std::optional<int> m_asked;
    int m_most;
    int m_wanted;
    bool m_isSettled;
    int m_lastStep = 0;
    qint64 m_speedBefore = 0;
    qint64 m_heldThen = 0;
    BootTime m_since;
    std::chrono::milliseconds m_window = kLookEvery;
};

/// How fast a connection has been of late, by how far it has come with its lease.
class LeaseSpeed {
public:
    /// Absent: not known yet. 0: it has stalled.
    [[nodiscard]] std::optional<qint64> bytesPerSecond() const { return m_bytesPerSecond; }
    /// It has come so far; called now and then.
    void look(BootTime now, RangeLease lease, qint64 offset);

private:
    std::optional<RangeLease> m_lease;
    qint64 m_offset = 0;
    qint64 m_gustBytes = 0; ///< came at once last: so much may be late
    BootTime m_moved;
    std::optional<qint64> m_bytesPerSecond;
};

} // namespace core
