// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/segment_plan.h"

#include <algorithm>

namespace core {

namespace {

constexpr double kSlowSeconds = 0.5; ///< one that takes longer is shared whatever is left of it
constexpr double kAnySpeed = 1e6;
constexpr qint64 kSlowGrainBytes = qint64(16) * 1024;

/// One that has brought nothing yet is expected to be as fast as the fastest; where none is known,
/// of any speed that is the same for all.
double fastestOf(const QList<Remainder> &others)
{
    std::optional<qint64> fastest;
    for (const Remainder &each : others) {
        fastest = std::max(fastest, each.bytesPerSecond);
    }
    return fastest ? double(*fastest) : kAnySpeed;
}

/// Of an unknown speed: that of the idle connection.
double speedOf(const std::optional<qint64> &known, double otherwise)
{
    return known ? double(*known) : otherwise;
}

double secondsFor(const Remainder &remainder, double speed)
{
    return double(remainder.left.sizeBytes()) / std::max(speed, 0.5);
}

qint64 beginOfShare(ByteRange left, double itsSpeed, double ownSpeed, qint64 grainBytes)
{
    if (itsSpeed <= 0) {
        return left.first;
    }
    const double kept = itsSpeed / (itsSpeed + ownSpeed);
    const qint64 first = left.first + qint64(double(left.sizeBytes()) * kept);
    return (first + grainBytes - 1) / grainBytes * grainBytes;
}

} // namespace

std::optional<ByteRange> shareOf(const QList<Remainder> &others,
                                 std::optional<qint64> ownBytesPerSecond, qint64 leastBytes,
                                 qint64 grainBytes)
{
    const double own = std::max(1.0, speedOf(ownBytesPerSecond, fastestOf(others)));
    const auto seconds = [own](const Remainder &each) {
        return secondsFor(each, speedOf(each.bytesPerSecond, own));
    };
    const auto slowest = std::ranges::max_element(others, {}, seconds);
    if (slowest == others.end()) {
        return std::nullopt;
    }
    const bool isSlow = slowest->bytesPerSecond && seconds(*slowest) > kSlowSeconds;
    const qint64 grain = isSlow ? std::min(grainBytes, kSlowGrainBytes) : grainBytes;
    const double speed = speedOf(slowest->bytesPerSecond, own);
    const ByteRange share{beginOfShare(slowest->left, speed, own, grain), slowest->left.end};
    const bool isWorthIt = share.sizeBytes() >= (isSlow ? 1 : std::max<qint64>(1, leastBytes));
    return isWorthIt ? std::optional(share) : std::nullopt;
}

} // namespace core
