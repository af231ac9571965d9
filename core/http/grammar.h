// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>

namespace core {

// The pieces of RFC 9110 and RFC 5234 that the parsers of this room are made of. All are about
// bytes: none depends on a locale.

/// The largest size or offset we believe: exact in a double, hence in JSON.
inline constexpr qint64 kMaxWireInteger = qint64(1) << 53;

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool isAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Optional white space is spaces and tabs, nothing else.
[[nodiscard]] constexpr bool isOws(char c)
{
    return c == ' ' || c == '\t';
}

[[nodiscard]] constexpr bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Names of fields, charsets and the like: ASCII case does not count.
[[nodiscard]] inline bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

/// The value of a hexadecimal digit, -1 for anything else.
[[nodiscard]] constexpr int hexValue(char c)
{
    if (isDigit(c)) {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

[[nodiscard]] bool isTokenChar(char c);
[[nodiscard]] QByteArrayView trimmedOws(QByteArrayView text);

/// 1*DIGIT, at most `max`; nothing else, so no sign, no white space and no overflow.
[[nodiscard]] std::optional<qint64> parseDecimal(QByteArrayView digits,
                                                 qint64 max = kMaxWireInteger);

} // namespace core
