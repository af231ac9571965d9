// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/range_set.h"

#include <chrono>
#include <optional>

namespace core {

/// What a connection has still to fetch, and how fast it has been of late.
struct Remainder {
    ByteRange left;
    std::optional<qint64> bytesPerSecond; ///< 0 for one that has stalled; absent: not known yet
    std::chrono::milliseconds silent;     ///< nothing has come for so long: as long may it go on
};

/// What connections have still to fetch, less what others are asking for: each of these has the
/// remainder it begins in to its end.
[[nodiscard]] QList<Remainder> lessAsked(const QList<Remainder> &leased,
                                         const QList<ByteRange> &asked);

/// What an idle connection takes over, the end of the remainder that would take longest: so much
/// that both are done at the same time. Half of it, where nothing is known of their speeds; all of
/// it from one that has stalled or is silent. Nothing when that would be less than `leastBytes` and
/// the other is not slow: a request costs time as well. It begins at a multiple of `grainBytes`.
[[nodiscard]] std::optional<ByteRange> shareOf(const QList<Remainder> &others,
                                               std::optional<qint64> ownBytesPerSecond,
                                               qint64 leastBytes, qint64 grainBytes);

/// Whether a connection is so much slower than most of those that fetch the same, itself among
/// them, that it can only be the way it came by.
[[nodiscard]] bool isFarSlower(std::optional<qint64> bytesPerSecond, QList<qint64> all);

} // namespace core
