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

/// The piece that ends there, or a new one.
PieceHasher::Open &PieceHasher::openAt(qint64 offset)
{
    const auto found =
        std::ranges::find(m_open, offset, [](const Open &each) { return each.range.end; });
    if (found != m_open.end()) {
        std::rotate(found, found + 1, m_open.end());
        return m_open.back();
    }
    if (m_open.size() == kOpenMax) {
        const Open &oldest = m_open.front();
        m_closed.insert({oldest.range, XXH3_64bits_digest(oldest.state.get())});
        m_open.erase(m_open.begin());
    }
    m_open.push_back({{offset, offset}, std::unique_ptr<XXH3_state_s, Free>(XXH3_createState())});
    Q_CHECK_PTR(m_open.back().state.get());
    XXH3_64bits_reset(m_open.back().state.get());
    return m_open.back();
}

/// These bytes are written anew.
void PieceHasher::forgetOpen(ByteRange range)
{
    std::erase_if(m_open, [range](const Open &each) {
        return each.range.first < range.end && range.first < each.range.end;
    });
}

void PieceHasher::add(qint64 offset, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qint64 blockEnd = BlockHashes::blockEnd(offset);
        const qint64 size = std::min<qint64>(bytes.size(), blockEnd - offset);
        forgetOpen({offset, offset + size});
        Open &open = openAt(offset);
        XXH3_64bits_update(open.state.get(), bytes.data(), size_t(size));
        offset += size;
        open.range.end = offset;
        if (offset == blockEnd) {
            m_closed.insert({open.range, XXH3_64bits_digest(open.state.get())});
            m_open.pop_back();
        }
        bytes = bytes.sliced(size);
    }
}

BlockHashes PieceHasher::hashes() const
{
    BlockHashes all = m_closed;
    for (const Open &open : m_open) {
        all.insert({open.range, XXH3_64bits_digest(open.state.get())});
    }
    return all;
}

} // namespace core
