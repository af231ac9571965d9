// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/range_ask.h"

#include "core/http/entity_tag.h"

#include <algorithm>

namespace core {

RangeAsk askFor(qint64 haveBytes, std::optional<qint64> knownSizeBytes, const Validator &validator)
{
    RangeAsk ask{.haveBytes = haveBytes, .knownSizeBytes = knownSizeBytes, .known = validator};
    if (haveBytes == 0) {
        return ask;
    }
    ask.ifRange = ifRangeValue(validator.etag, validator.lastModified, validator.date);
    ask.from = ask.ifRange.isEmpty() ? std::max<qint64>(0, haveBytes - kComparedBytes) : haveBytes;
    return ask;
}

QByteArray rangeField(const RangeAsk &ask)
{
    return "bytes=" + QByteArray::number(ask.from) + '-';
}

} // namespace core
