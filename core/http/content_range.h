// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>

namespace core {

/// A Content-Range of unit bytes (RFC 9110, 14.4).
struct ContentRange {
    std::optional<qint64> first; ///< first and last are both there, or both absent ("bytes */10")
    std::optional<qint64> last;  ///< inclusive, as on the wire
    std::optional<qint64> total; ///< absent for "*"

    bool operator==(const ContentRange &) const = default;
};

/// Strict and total: anything but the grammar of RFC 9110 with first <= last < total, all within
/// 2^53, gives nothing. "bytes */*" is not of the grammar. Forgiven is the "=" for the space that
/// servers copy from the request.
[[nodiscard]] std::optional<ContentRange> parseContentRange(QByteArrayView value);

/// A Content-Length (RFC 9110, 8.6). Digits only, at most 2^53. The repeated equal values that
/// section 8.6 lets a recipient accept ("5, 5") are accepted; different ones are not.
[[nodiscard]] std::optional<qint64> parseContentLength(QByteArrayView value);

} // namespace core
