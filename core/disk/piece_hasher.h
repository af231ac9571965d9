// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/block_hashes.h"

#include <QByteArrayView>

#include <memory>

struct XXH3_state_s;

namespace core {

/// The XXH3-64 of all these bytes.
[[nodiscard]] quint64 xxh3Of(QByteArrayView bytes);

/// Hashes what is written to a file, in whichever order, as it passes. Bytes that go on where the
/// last ones ended are one piece with them, up to the end of the block.
class PieceHasher {
public:
    PieceHasher();

    void add(qint64 offset, QByteArrayView bytes);
    /// Of all that was added.
    [[nodiscard]] BlockHashes hashes() const;

private:
    void closePiece();

    struct Free {
        void operator()(XXH3_state_s *state) const;
    };
    std::unique_ptr<XXH3_state_s, Free> m_state;
    ByteRange m_open; ///< the piece that grows; empty when there is none
    BlockHashes m_closed;
};

} // namespace core
