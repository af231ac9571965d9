// SPDX-License-Identifier: Apache-2.0
#include "core/http/grammar.h"

namespace core {

bool isTokenChar(char c)
{
    return isAlpha(c) || isDigit(c) || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

QByteArrayView trimmedOws(QByteArrayView text)
{
    while (!text.isEmpty() && isOws(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && isOws(text.back())) {
        text.chop(1);
    }
    return text;
}

std::optional<qint64> parseDecimal(QByteArrayView digits, qint64 max)
{
    if (digits.isEmpty()) {
        return std::nullopt;
    }
    qint64 value = 0;
    for (const char c : digits) {
        if (!isDigit(c)) {
            return std::nullopt;
        }
        const int digit = c - '0';
        if (digit > max || value > (max - digit) / 10) {
            return std::nullopt;
        }
        value = value * 10 + digit;
    }
    return value;
}

} // namespace core
