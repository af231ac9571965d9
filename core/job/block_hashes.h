// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/range_set.h"

#include <QList>

#include <optional>

namespace core {

/// A run of bytes of one file and the XXH3-64 of them. Never reaches across a multiple of
/// BlockHashes::kBlockBytes.
struct HashedPiece {
    ByteRange range;
    quint64 xxh3 = 0;

    bool operator==(const HashedPiece &) const = default;
};

/// What the bytes of a file were when they came: the hashes of pieces, in order and without
/// overlap. A block may be in several pieces, where it came in several goes.
class BlockHashes {
public:
    static constexpr qint64 kBlockBytes = qint64(1024) * 1024;

    /// The end of the block that this byte is in.
    [[nodiscard]] static constexpr qint64 blockEnd(qint64 offset)
    {
        return (offset / kBlockBytes + 1) * kBlockBytes;
    }
    /// Whether it is a piece of one block.
    [[nodiscard]] static bool isPiece(ByteRange range);

    /// Adds a piece. Those it overlaps go: their bytes have been written anew.
    void insert(const HashedPiece &piece);
    void insert(const BlockHashes &others);
    /// Removes every piece that has a byte of the range.
    void remove(ByteRange range);

    [[nodiscard]] bool isEmpty() const { return m_pieces.isEmpty(); }
    [[nodiscard]] const QList<HashedPiece> &pieces() const { return m_pieces; }
    /// The bytes that have a hash.
    [[nodiscard]] RangeSet ranges() const;
    /// The pieces that lie in the set with all their bytes.
    [[nodiscard]] BlockHashes within(const RangeSet &set) const;

    bool operator==(const BlockHashes &) const = default;

private:
    QList<HashedPiece> m_pieces;
};

/// How a part file looked from outside when bytes of it were claimed last: as long as this is the
/// same, nobody else has written to it.
struct PartStamp {
    qint64 sizeBytes = 0;
    qint64 modifiedNs = 0; ///< since 1970 UTC

    bool operator==(const PartStamp &) const = default;
};

/// By what the durable bytes of a part are known again. An empty one says nothing: the bytes came
/// when none was kept.
struct PartSeal {
    BlockHashes hashes;
    std::optional<PartStamp> stamp;

    bool operator==(const PartSeal &) const = default;
};

} // namespace core
