// SPDX-License-Identifier: Apache-2.0
#include "core/job/block_hashes.h"

#include <algorithm>

namespace core {

namespace {

/// The pieces that have a byte of the range.
template <typename Pieces>
auto overlapped(Pieces &pieces, ByteRange range)
{
    const auto endOf = [](const HashedPiece &piece) { return piece.range.end; };
    const auto firstOf = [](const HashedPiece &piece) { return piece.range.first; };
    const auto from = std::ranges::upper_bound(pieces, range.first, {}, endOf);
    const auto to = std::ranges::lower_bound(from, pieces.end(), range.end, {}, firstOf);
    return std::pair(from, to);
}

} // namespace

bool BlockHashes::isPiece(ByteRange range)
{
    return range.first >= 0 && range.first < range.end && range.end <= blockEnd(range.first);
}

void BlockHashes::insert(const HashedPiece &piece)
{
    Q_ASSERT(isPiece(piece.range));
    if (m_pieces.isEmpty() || m_pieces.last().range.end <= piece.range.first) {
        m_pieces.append(piece);
        return;
    }
    const auto [from, to] = overlapped(m_pieces, piece.range);
    if (to - from == 1) { // the one that has grown, mostly
        *from = piece;
    } else {
        m_pieces.insert(m_pieces.erase(from, to), piece);
    }
}

void BlockHashes::insert(const BlockHashes &others)
{
    for (const HashedPiece &piece : others.m_pieces) {
        insert(piece);
    }
}

void BlockHashes::remove(ByteRange range)
{
    const auto [from, to] = overlapped(m_pieces, range);
    m_pieces.erase(from, to);
}

RangeSet BlockHashes::ranges() const
{
    RangeSet set;
    for (const HashedPiece &piece : m_pieces) {
        set.insert(piece.range);
    }
    return set;
}

BlockHashes BlockHashes::within(const RangeSet &set) const
{
    BlockHashes made;
    for (const HashedPiece &piece : m_pieces) {
        if (set.contains(piece.range)) {
            made.m_pieces.append(piece);
        }
    }
    return made;
}

} // namespace core
