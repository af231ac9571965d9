// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_range.h"
#include "tests/fuzz/check.h"

constexpr qint64 kLargest = qint64(1) << 53;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray value = bytesOf(data, size);
    if (const auto range = core::parseContentRange(value)) {
        check(range->first.has_value() == range->last.has_value());
        check(range->first || range->total);
        if (range->first) {
            check(*range->first >= 0 && *range->first <= *range->last && *range->last < kLargest);
            check(!range->total || *range->last < *range->total);
        }
        check(!range->total || (*range->total >= 0 && *range->total <= kLargest));
    }
    if (const auto length = core::parseContentLength(value)) {
        check(*length >= 0 && *length <= kLargest);
    }
    return 0;
}
