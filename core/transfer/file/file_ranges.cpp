// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/file/file_ranges.h"

#include <algorithm>
#include <limits>
#include <utility>

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
    for (const auto &[lease, each] : m_inFlight) {
        accountedFor.insert({each.range.first, each.range.end.value_or(kEndOfAnyFile)});
    }
    const RangeSet missing = accountedFor.missingFrom(sizeBytes.value_or(kEndOfAnyFile));
    if (missing.isEmpty()) {
        return std::nullopt;
    }
    const ByteRange first = missing.ranges().first();
    return OpenRange{first.first,
                     first.end == kEndOfAnyFile ? std::nullopt : std::optional(first.end)};
}

RangeLease FileRanges::take(const OpenRange &range)
{
    const RangeLease lease{++m_lastLease};
    m_inFlight.emplace(lease, InFlight{range});
    return lease;
}

ByteRange FileRanges::left(RangeLease lease, qint64 sizeBytes) const
{
    const auto found = m_inFlight.find(lease);
    if (found == m_inFlight.end()) {
        return {};
    }
    const OpenRange &range = found->second.range;
    const auto run = std::ranges::find_if(m_held.ranges(), [&range](const ByteRange &each) {
        return each.first <= range.first && range.first < each.end;
    });
    const qint64 end = range.end.value_or(sizeBytes);
    const qint64 first = run == m_held.ranges().end() ? range.first : run->end;
    return {std::min(first, end), end};
}

std::optional<RangeLease> FileRanges::leaseAt(qint64 offset, qint64 sizeBytes) const
{
    for (const auto &[lease, each] : m_inFlight) {
        const ByteRange still = left(lease, sizeBytes);
        if (still.first <= offset && offset < still.end) {
            return lease;
        }
    }
    return std::nullopt;
}

RangeLease FileRanges::split(RangeLease lease, qint64 offset)
{
    InFlight &each = m_inFlight.at(lease);
    const RangeLease rest = take({offset, std::exchange(each.range.end, offset)});
    m_inFlight.at(rest).isCut = std::exchange(each.isCut, true);
    return rest;
}

std::optional<qint64> FileRanges::cutOf(RangeLease lease) const
{
    const auto found = m_inFlight.find(lease);
    return found != m_inFlight.end() && found->second.isCut ? found->second.range.end
                                                            : std::nullopt;
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
