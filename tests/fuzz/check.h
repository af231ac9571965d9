// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <cstdlib>

/// Stops the fuzzer with the input that broke a promise of the parser.
inline void check(bool isKept)
{
    if (!isKept) {
        std::abort();
    }
}

inline QByteArray bytesOf(const uint8_t *data, size_t size)
{
    return QByteArray(reinterpret_cast<const char *>(data), qsizetype(size));
}

/// Every second input is read as UTF-16, so that half surrogate pairs come along too.
inline QString textOf(const uint8_t *data, size_t size)
{
    if (size == 0 || data[0] % 2 == 0) {
        return QString::fromUtf8(bytesOf(data, size));
    }
    QString text;
    for (size_t at = 1; at + 1 < size; at += 2) {
        text += QChar(char16_t(data[at] | data[at + 1] << 8));
    }
    return text;
}
