// SPDX-License-Identifier: Apache-2.0
#include "core/job/range_set.h"

#include <algorithm>

namespace core {

RangeSet RangeSet::prefix(qint64 end)
{
    RangeSet set;
    set.insert({0, end});
    return set;
}

void RangeSet::insert(ByteRange range)
{
    if (range.first < 0 || range.end <= range.first) {
        return;
    }
    // The first range that touches or overlaps the new one, and the first one well behind it.
    const auto from = std::ranges::lower_bound(m_ranges, range.first, {}, &ByteRange::end);
    auto to = from;
    while (to != m_ranges.end() && to->first <= range.end) {
        range.first = std::min(range.first, to->first);
        range.end = std::max(range.end, to->end);
        ++to;
    }
    m_ranges.insert(m_ranges.erase(from, to), range);
}

void RangeSet::remove(ByteRange range)
{
    RangeSet left;
    for (const ByteRange &has : m_ranges) {
        left.insert({has.first, std::min(has.end, range.first)});
        left.insert({std::max(has.first, range.end), has.end});
    }
    m_ranges = left.m_ranges;
}

bool RangeSet::contains(ByteRange range) const
{
    return std::ranges::any_of(m_ranges, [range](const ByteRange &has) {
        return has.first <= range.first && range.end <= has.end;
    });
}

qint64 RangeSet::sizeBytes() const
{
    qint64 sum = 0;
    for (const ByteRange &range : m_ranges) {
        sum += range.sizeBytes();
    }
    return sum;
}

qint64 RangeSet::prefixBytes() const
{
    return m_ranges.isEmpty() || m_ranges.first().first != 0 ? 0 : m_ranges.first().end;
}

RangeSet RangeSet::missingFrom(qint64 fileSizeBytes) const
{
    RangeSet missing;
    qint64 at = 0;
    for (const ByteRange &range : m_ranges) {
        missing.insert({at, std::min(range.first, fileSizeBytes)});
        at = range.end;
    }
    missing.insert({at, fileSizeBytes});
    return missing;
}

QString RangeSet::toText() const
{
    QString text;
    for (const ByteRange &range : m_ranges) {
        if (!text.isEmpty()) {
            text += u',';
        }
        text += QString::number(range.first) + u'-' + QString::number(range.end);
    }
    return text;
}

namespace {

/// Digits only: QString::toLongLong would let signs and spaces pass.
std::optional<qint64> parseOffset(QStringView digits)
{
    const bool allDigits = !digits.isEmpty() && std::ranges::all_of(digits, [](QChar c) {
        return c >= u'0' && c <= u'9';
    });
    bool ok = false;
    const qint64 value = digits.toLongLong(&ok);
    return allDigits && ok ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<RangeSet> RangeSet::fromText(QStringView text)
{
    RangeSet set;
    if (text.isEmpty()) {
        return set;
    }
    qint64 previousEnd = -1;
    for (const QStringView part : text.split(u',')) {
        const qsizetype dash = part.indexOf(u'-');
        if (dash < 0) {
            return std::nullopt;
        }
        const auto first = parseOffset(part.first(dash));
        const auto end = parseOffset(part.sliced(dash + 1));
        if (!first || !end || *end <= *first || *first <= previousEnd) {
            return std::nullopt;
        }
        set.m_ranges.append({*first, *end});
        previousEnd = *end;
    }
    return set;
}

} // namespace core
