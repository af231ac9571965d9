// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/content_ask.h"

#include "core/http/entity_tag.h"

#include <algorithm>

namespace core {

namespace {

QByteArray conditionOf(const Validator &validator)
{
    return ifRangeValue(validator.etag, validator.lastModified, validator.date);
}

/// Where the unbroken run of held bytes begins that ends at this offset.
qint64 runBefore(const RangeSet &held, qint64 end)
{
    const auto run = std::ranges::find_if(held.ranges(), [end](const ByteRange &each) {
        return each.first < end && end <= each.end;
    });
    return run == held.ranges().end() ? end : run->first;
}

} // namespace

bool isProof(const Validator &validator)
{
    return !conditionOf(validator).isEmpty();
}

ContentAsk askFor(const KnownVersion &known, qint64 first, std::optional<qint64> end)
{
    RangeAsk range{.first = first, .end = end, .ifRange = {}};
    if (!known.held.isEmpty()) {
        range.ifRange = conditionOf(known.validator);
        if (range.ifRange.isEmpty()) {
            range.first = std::max(runBefore(known.held, first), first - kComparedBytes);
        }
    }
    return {.range = range, .known = known};
}

ContentAsk askForPiece(const KnownVersion &known, ByteRange piece)
{
    return {.range = RangeAsk{piece.first, piece.end, conditionOf(known.validator)},
            .known = known};
}

QByteArray rangeField(const RangeAsk &range, std::optional<qint64> sizeBytes)
{
    QByteArray field = "bytes=" + QByteArray::number(range.first) + '-';
    if (range.end && range.end != sizeBytes) {
        field += QByteArray::number(*range.end - 1);
    }
    return field;
}

} // namespace core
