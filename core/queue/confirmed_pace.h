// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"

#include <deque>
#include <optional>

namespace core {

/// How long it takes until a server has all of what it confirms in pieces. What was handed to the
/// network says little of that: it may lie on the way.
class ConfirmedPace {
public:
    /// `totalBytes` confirmed up to now; less than before begins anew.
    void confirmed(qint64 totalBytes, BootTime now);
    void restart() { m_pieces.clear(); }

    /// Rounded up to full seconds; nothing before a piece was confirmed, when the next one does not
    /// come, or beyond 30 days.
    [[nodiscard]] std::optional<std::chrono::seconds> remaining(qint64 totalBytes,
                                                                BootTime now) const;

private:
    struct Piece {
        BootTime at;
        qint64 until = 0; ///< bytes
    };

    std::deque<Piece> m_pieces; ///< the last few, after where they began
};

} // namespace core
