// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/file/file_ranges.h"

#include <algorithm>
#include <limits>

namespace core {

namespace {

constexpr qint64 kEndOfAnyFile = std::numeric_limits<qint64>::max();

} // namespace

bool FileRanges::isWhole(std::optional<qint64> sizeBytes) const
{
    return sizeBytes && m_held == RangeSet::prefix(*sizeBytes);
}

std::optional<OpenRange> FileRanges::missing(std::optional<qint64> sizeBytes) const
{
    RangeSet accountedFor = m_held;
    for (const OpenRange &each : m_inFlight) {
        accountedFor.insert({each.first, each.end.value_or(kEndOfAnyFile)});
    }
    const RangeSet missing = accountedFor.missingFrom(sizeBytes.value_or(kEndOfAnyFile));
    if (missing.isEmpty()) {
        return std::nullopt;
    }
    const ByteRange first = missing.ranges().first();
    return OpenRange{first.first,
                     first.end == kEndOfAnyFile ? std::nullopt : std::optional(first.end)};
}

QList<RangePiece> FileRanges::pieces(ByteRange range) const
{
    QList<RangePiece> made;
    qint64 at = range.first;
    for (const ByteRange &held : m_held.ranges()) {
        if (held.end <= at) {
            continue;
        }
        if (at >= range.end || held.first >= range.end) {
            break;
        }
        if (held.first > at) {
            made.append({{at, held.first}, false});
            at = held.first;
        }
        const qint64 end = std::min(held.end, range.end);
        made.append({{at, end}, true});
        at = end;
    }
    if (at < range.end) {
        made.append({{at, range.end}, false});
    }
    return made;
}

} // namespace core
