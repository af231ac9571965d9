// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/block_hashes.h"

#include <QByteArrayView>

#include <memory>
#include <vector>

struct XXH3_state_s;

namespace core {

/// The XXH3-64 of all these bytes.
[[nodiscard]] quint64 xxh3Of(QByteArrayView bytes);

/// Hashes what is written to a file, in whichever order, as it passes. Bytes that go on where
/// others ended, of the last kOpenMax places, are one piece with them, up to the end of the block.
class PieceHasher {
public:
    void add(qint64 offset, QByteArrayView bytes);
    /// Of all that was added.
    [[nodiscard]] BlockHashes hashes() const;

    static constexpr int kOpenMax = 32; ///< more than connections fetch one file

private:
    struct Free {
        void operator()(XXH3_state_s *state) const;
    };
    struct Open {
        ByteRange range;
        std::unique_ptr<XXH3_state_s, Free> state;
    };

    [[nodiscard]] Open &openAt(qint64 offset);
    void forgetOpen(ByteRange range);

    std::vector<Open> m_open; ///< pieces that may grow, the one that did last at the end
    BlockHashes m_closed;
};

} // namespace core
