// SPDX-License-Identifier: Apache-2.0
#include "core/http/entity_tag.h"
#include "core/http/headers.h"
#include "core/http/http_date.h"
#include "tests/fuzz/check.h"

#include <QTimeZone>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray value = bytesOf(data, size);
    const auto date = core::parseHttpDate(value);
    check(!date || (date->isValid() && date->timeSpec() == Qt::UTC));

    const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
    const auto delay = core::parseRetryAfter(value, now);
    check(!delay || (delay->count() >= 0 && *delay <= core::kLongestRetryAfter));
    check(!date || delay);

    const QByteArray later("Thu, 15 Jan 2026 12:00:00 GMT");
    check(core::isFieldValue(core::ifRangeValue(value, value, later)));
    return 0;
}
