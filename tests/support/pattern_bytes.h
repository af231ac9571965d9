// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

/// The bytes [offset, offset + sizeBytes) of an endless file that only the seed decides: no two
/// places in it look alike, so a byte in the wrong place shows, and nothing has to be kept.
[[nodiscard]] QByteArray patternBytes(quint64 seed, qint64 offset, qint64 sizeBytes);

/// What a resource consists of: given bytes, or a pattern of any size that takes no memory.
class Body {
public:
    Body() = default;
    Body(QByteArray bytes) // NOLINT(google-explicit-constructor): Resource{"text"} reads well
        : m_bytes(std::move(bytes))
        , m_sizeBytes(m_bytes.size())
    {
    }
    [[nodiscard]] static Body pattern(quint64 seed, qint64 sizeBytes);

    [[nodiscard]] qint64 sizeBytes() const { return m_sizeBytes; }
    /// Cut to what there is.
    [[nodiscard]] QByteArray slice(qint64 offset, qint64 sizeBytes) const;
    /// Lower-case hex, as `bhop --hash` takes it.
    [[nodiscard]] QByteArray sha256() const;

private:
    QByteArray m_bytes;
    quint64 m_seed = 0;
    qint64 m_sizeBytes = 0;
    bool m_isPattern = false;
};
