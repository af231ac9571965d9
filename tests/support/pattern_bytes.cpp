// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pattern_bytes.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace {

constexpr qint64 kWordBytes = sizeof(quint64);
constexpr qint64 kHashStepBytes = 1 << 20;

/// The splitmix64 step: neighbours have nothing in common.
quint64 wordAt(quint64 seed, quint64 index)
{
    quint64 word = seed + (index + 1) * 0x9e3779b97f4a7c15ULL;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9ULL;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebULL;
    return qToLittleEndian(word ^ (word >> 31));
}

} // namespace

QByteArray patternBytes(quint64 seed, qint64 offset, qint64 sizeBytes)
{
    QByteArray bytes(sizeBytes, Qt::Uninitialized);
    char *out = bytes.data();
    const qint64 end = offset + sizeBytes;
    for (qint64 at = offset; at < end;) {
        const quint64 word = wordAt(seed, quint64(at / kWordBytes));
        const qint64 skip = at % kWordBytes;
        const qint64 count = std::min(kWordBytes - skip, end - at);
        std::memcpy(out, reinterpret_cast<const char *>(&word) + skip, size_t(count));
        out += count;
        at += count;
    }
    return bytes;
}

Body Body::pattern(quint64 seed, qint64 sizeBytes)
{
    Body body;
    body.m_seed = seed;
    body.m_sizeBytes = sizeBytes;
    body.m_isPattern = true;
    return body;
}

QByteArray Body::slice(qint64 offset, qint64 sizeBytes) const
{
    const qint64 first = std::clamp(offset, qint64(0), m_sizeBytes);
    const qint64 count = std::clamp(sizeBytes, qint64(0), m_sizeBytes - first);
    return m_isPattern ? patternBytes(m_seed, first, count) : m_bytes.mid(first, count);
}

QByteArray Body::sha256() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 at = 0; at < m_sizeBytes; at += kHashStepBytes) {
        hash.addData(slice(at, kHashStepBytes));
    }
    return hash.result().toHex();
}
