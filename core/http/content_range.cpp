// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_range.h"

#include "core/http/grammar.h"

namespace core {

namespace {

/// "first-last" with first <= last. The size that it implies, last + 1, must be within bounds too.
bool readPositions(QByteArrayView text, ContentRange *range)
{
    const qsizetype dash = text.indexOf('-');
    if (dash < 0) {
        return false;
    }
    const auto first = parseDecimal(text.first(dash), kMaxWireInteger - 1);
    const auto last = parseDecimal(text.sliced(dash + 1), kMaxWireInteger - 1);
    if (!first || !last || *first > *last) {
        return false;
    }
    range->first = first;
    range->last = last;
    return true;
}

} // namespace

std::optional<ContentRange> parseContentRange(QByteArrayView value)
{
    value = trimmedOws(value);
    constexpr QByteArrayView kUnit("bytes");
    if (value.size() <= kUnit.size() ||
        value.first(kUnit.size()).compare(kUnit, Qt::CaseInsensitive) != 0 ||
        (value.at(kUnit.size()) != ' ' && value.at(kUnit.size()) != '=')) {
        return std::nullopt;
    }
    const QByteArrayView rest = value.sliced(kUnit.size() + 1);
    const qsizetype slash = rest.indexOf('/');
    if (slash < 0) {
        return std::nullopt;
    }
    const QByteArrayView positions = rest.first(slash);
    const QByteArrayView length = rest.sliced(slash + 1);

    ContentRange range;
    if (length != "*") {
        range.total = parseDecimal(length);
        if (!range.total) {
            return std::nullopt;
        }
    }
    if (positions == "*") {
        return range.total ? std::optional(range) : std::nullopt;
    }
    if (!readPositions(positions, &range)) {
        return std::nullopt;
    }
    // Without a total every position is below it.
    return range.last < range.total.value_or(kMaxWireInteger) ? std::optional(range) : std::nullopt;
}

std::optional<qint64> parseContentLength(QByteArrayView value)
{
    std::optional<qint64> length;
    while (true) {
        const qsizetype comma = value.indexOf(',');
        const auto one = parseDecimal(trimmedOws(comma < 0 ? value : value.first(comma)));
        if (!one || (length && *length != *one)) {
            return std::nullopt;
        }
        length = one;
        if (comma < 0) {
            return length;
        }
        value = value.sliced(comma + 1);
    }
}

} // namespace core
