// SPDX-License-Identifier: Apache-2.0
#include "core/queue/confirmed_pace.h"

#include <algorithm>

namespace core {

namespace {

constexpr std::size_t kRemembered = 5;
constexpr std::chrono::days kLongest{30};

} // namespace

void ConfirmedPace::confirmed(qint64 totalBytes, BootTime now)
{
    if (!m_pieces.empty() && totalBytes < m_pieces.back().until) {
        restart();
    }
    if (m_pieces.empty() || totalBytes > m_pieces.back().until) {
        m_pieces.push_back({now, totalBytes});
    }
    if (m_pieces.size() > kRemembered) {
        m_pieces.pop_front();
    }
}

std::optional<std::chrono::seconds> ConfirmedPace::remaining(qint64 totalBytes, BootTime now) const
{
    if (m_pieces.size() < 2) {
        return std::nullopt;
    }
    const auto taken = m_pieces.back().at - m_pieces.front().at;
    const qint64 bytes = m_pieces.back().until - m_pieces.front().until;
    const auto since = now - m_pieces.back().at;
    // As long as the next piece is not overdue it comes at the pace of those before.
    const auto overdue = std::max<std::chrono::milliseconds>(
        std::chrono::milliseconds(0), since - taken / qint64(m_pieces.size() - 1));
    const qint64 left = totalBytes - m_pieces.back().until;
    const double guess = double(left) / double(bytes) * double((taken + overdue).count());
    if (guess > double(std::chrono::milliseconds(kLongest).count())) {
        return std::nullopt;
    }
    const std::chrono::milliseconds rest = std::chrono::milliseconds(qint64(guess)) - since;
    return rest.count() > 0 ? std::optional(std::chrono::ceil<std::chrono::seconds>(rest))
                            : std::nullopt;
}

} // namespace core
