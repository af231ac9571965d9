// SPDX-License-Identifier: Apache-2.0
#include "core/disk/piece_hasher.h"

#include <algorithm>

#ifdef XXHASH_CAN_DISPATCH
#include <xxh_x86dispatch.h> // replaces what xxhash.h declares
#else
#include <xxhash.h>
#endif

namespace core {

quint64 xxh3Of(QByteArrayView bytes)
{
    return XXH3_64bits(bytes.data(), size_t(bytes.size()));
}

void PieceHasher::Free::operator()(XXH3_state_s *state) const
{
    XXH3_freeState(state);
}

PieceHasher::PieceHasher()
    : m_state(XXH3_createState())
{
    Q_CHECK_PTR(m_state.get());
}

void PieceHasher::add(qint64 offset, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qint64 blockEnd = BlockHashes::blockEnd(offset);
        const qint64 size = std::min<qint64>(bytes.size(), blockEnd - offset);
        if (m_open.sizeBytes() == 0 || offset != m_open.end) {
            closePiece();
            m_open = {offset, offset};
            XXH3_64bits_reset(m_state.get());
        }
        XXH3_64bits_update(m_state.get(), bytes.data(), size_t(size));
        offset += size;
        m_open.end = offset;
        if (offset == blockEnd) {
            closePiece();
        }
        bytes = bytes.sliced(size);
    }
}

void PieceHasher::closePiece()
{
    if (m_open.sizeBytes() > 0) {
        m_closed.insert({m_open, XXH3_64bits_digest(m_state.get())});
    }
    m_open = {};
}

BlockHashes PieceHasher::hashes() const
{
    BlockHashes all = m_closed;
    if (m_open.sizeBytes() > 0) {
        all.insert({m_open, XXH3_64bits_digest(m_state.get())});
    }
    return all;
}

} // namespace core
