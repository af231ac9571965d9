// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/range_set.h"

#include <compare>
#include <map>
#include <optional>

namespace core {

/// Bytes of a file from `first` on: up to `end`, or to the end of the file where none is given.
struct OpenRange {
    qint64 first = 0;
    std::optional<qint64> end;

    bool operator==(const OpenRange &) const = default;
};

/// Names a range that one exchange fetches.
struct RangeLease {
    int value = 0;

    auto operator<=>(const RangeLease &) const = default;
};

/// A piece of a range that is held as a whole, or not at all.
struct RangePiece {
    ByteRange range;
    bool isHeld = false;

    bool operator==(const RangePiece &) const = default;
};

/// Which bytes of a file are held, which are in flight, and which are missing. Several exchanges
/// fetch at once, and no byte is in flight twice. Of a size that is not known, all bytes behind the
/// last one that is held are missing.
class FileRanges {
public:
    explicit FileRanges(RangeSet held = {})
        : m_held(std::move(held))
    {
    }

    [[nodiscard]] const RangeSet &held() const { return m_held; }
    void hold(ByteRange range) { m_held.insert(range); }
    [[nodiscard]] bool isWhole(std::optional<qint64> sizeBytes) const;

    /// The first run of bytes that are neither held nor in flight.
    [[nodiscard]] std::optional<OpenRange> missing(std::optional<qint64> sizeBytes) const;
    /// An exchange is about to ask for them.
    [[nodiscard]] RangeLease take(const OpenRange &range);
    /// That exchange is over: what of them is not held is missing again.
    void giveBack(RangeLease lease) { m_inFlight.erase(lease); }
    /// What is still to come of a lease, up to the size where it has no end; empty when all of it
    /// is held, or it was given back.
    [[nodiscard]] ByteRange left(RangeLease lease, qint64 sizeBytes) const;
    /// The lease whose exchange is still to bring this byte.
    [[nodiscard]] std::optional<RangeLease> leaseAt(qint64 offset, qint64 sizeBytes) const;
    /// What is left of a lease from this byte on is taken over by another exchange.
    [[nodiscard]] RangeLease split(RangeLease lease, qint64 offset);
    /// Where a lease was split: its exchange ends there, whatever it has asked for.
    [[nodiscard]] std::optional<qint64> cutOf(RangeLease lease) const;

    /// The range in pieces, in order.
    [[nodiscard]] QList<RangePiece> pieces(ByteRange range) const;

private:
    struct InFlight {
        OpenRange range;
        bool isCut = false;
    };

    RangeSet m_held;
    std::map<RangeLease, InFlight> m_inFlight;
    int m_lastLease = 0;
};

} // namespace core
