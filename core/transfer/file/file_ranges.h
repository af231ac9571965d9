// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/range_set.h"

#include <optional>

namespace core {

/// Bytes of a file from `first` on: up to `end`, or to the end of the file where none is given.
struct OpenRange {
    qint64 first = 0;
    std::optional<qint64> end;

    bool operator==(const OpenRange &) const = default;
};

/// A piece of a range that is held as a whole, or not at all.
struct RangePiece {
    ByteRange range;
    bool isHeld = false;

    bool operator==(const RangePiece &) const = default;
};

/// Which bytes of a file are held, which are in flight, and which are missing. Made for several
/// exchanges at once: no byte is in flight twice. Of a size that is not known, all bytes behind the
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
    void take(const OpenRange &range) { m_inFlight.append(range); }
    /// That exchange is over: what of them is not held is missing again.
    void giveBack(const OpenRange &range) { m_inFlight.removeOne(range); }

    /// The range in pieces, in order.
    [[nodiscard]] QList<RangePiece> pieces(ByteRange range) const;

private:
    RangeSet m_held;
    QList<OpenRange> m_inFlight;
};

} // namespace core
