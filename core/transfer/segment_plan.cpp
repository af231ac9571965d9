// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/segment_plan.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace core {

namespace {

constexpr double kSlowSeconds = 0.5; ///< one that takes longer is shared whatever is left of it
constexpr double kAnySpeed = 1e6;
constexpr qint64 kSlowGrainBytes = qint64(16) * 1024;
constexpr double kSmallPart = 4; ///< of a grain: less is not left behind
constexpr qint64 kFarSlower = 8; ///< times
constexpr qsizetype kFewestCompared = 4;

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
    return double(remainder.left.sizeBytes()) / std::max(speed, 0.5) +
           std::chrono::duration<double>(remainder.silent).count();
}

qint64 beginOfShare(ByteRange left, double itsSeconds, double ownSpeed, qint64 grainBytes)
{
    const double ownSeconds = double(left.sizeBytes()) / ownSpeed;
    const double kept = double(left.sizeBytes()) * ownSeconds / (itsSeconds + ownSeconds);
    const qint64 first = left.first + qint64(kept);
    return kept < double(grainBytes) / kSmallPart
               ? left.first
               : (first + grainBytes - 1) / grainBytes * grainBytes;
}

} // namespace

QList<Remainder> lessAsked(const QList<Remainder> &leased, const QList<ByteRange> &asked)
{
    std::map<qint64, Remainder> byFirst;
    for (const Remainder &each : leased) {
        byFirst.insert_or_assign(each.left.first, each);
    }
    for (const ByteRange &piece : asked) {
        const auto after = byFirst.upper_bound(piece.first);
        if (after == byFirst.begin()) {
            continue;
        }
        ByteRange &from = std::prev(after)->second.left;
        if (piece.first < from.end) {
            const qint64 end = std::exchange(from.end, piece.first);
            byFirst.insert_or_assign(piece.first, Remainder{{piece.first, end}, std::nullopt, {}});
        }
    }
    QList<Remainder> all;
    for (const auto &[first, remainder] : byFirst) {
        all.append(remainder);
    }
    return all;
}

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
    const ByteRange share{beginOfShare(slowest->left, seconds(*slowest), own, grain),
                          slowest->left.end};
    const bool isWorthIt = share.sizeBytes() >= (isSlow ? 1 : std::max<qint64>(1, leastBytes));
    return isWorthIt ? std::optional(share) : std::nullopt;
}

bool isFarSlower(std::optional<qint64> bytesPerSecond, QList<qint64> all)
{
    if (!bytesPerSecond || all.size() < kFewestCompared) {
        return false;
    }
    const auto middle = all.begin() + all.size() / 2;
    std::ranges::nth_element(all, middle);
    return *bytesPerSecond < *middle / kFarSlower;
}

} // namespace core
