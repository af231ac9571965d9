// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace core {

/// An HTTP-date (RFC 9110, 5.6.7), any of its three forms, and whatever else browsers take for one
/// (RFC 6265, 5.1.1): a day of one digit, other separators, another zone, no day of the week or a
/// wrong one. Nothing where day, month, year or time are missing or do not exist.
[[nodiscard]] std::optional<QDateTime> parseHttpDate(QByteArrayView value);

/// How long a Retry-After (RFC 9110, 10.2.3) asks us to wait, counted from `nowUtc`. A date in the
/// past is zero; more than 24 h is cut to 24 h; nothing when the value is neither a date nor
/// seconds.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseRetryAfter(QByteArrayView value,
                                                                       const QDateTime &nowUtc);

inline constexpr std::chrono::hours kLongestRetryAfter{24};

} // namespace core
