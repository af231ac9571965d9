// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QtEndian>

/// Bytes as servers pack them, put together by the letter of the formats.
namespace packed {

/// RFC 1950.
inline QByteArray zlib(const QByteArray &bytes)
{
    return bytes.isEmpty() ? QByteArray::fromHex("789c030000000001") : qCompress(bytes).sliced(4);
}

/// RFC 1951.
inline QByteArray deflate(const QByteArray &bytes)
{
    return zlib(bytes).sliced(2).chopped(4);
}

inline quint32 crc32(const QByteArray &bytes)
{
    quint32 crc = ~0U;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

/// One member (RFC 1952).
inline QByteArray gzip(const QByteArray &bytes)
{
    QByteArray end(8, '\0');
    qToLittleEndian(crc32(bytes), end.data());
    qToLittleEndian(quint32(bytes.size()), end.data() + 4);
    return QByteArray::fromHex("1f8b08000000000000ff") + deflate(bytes) + end;
}

} // namespace packed
