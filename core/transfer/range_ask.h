// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/attempt.h"

namespace core {

/// Which bytes a request asks for, and on what condition (RFC 9110, 14.2 and 13.1.5).
struct RangeAsk {
    qint64 from = 0;      ///< first byte asked for
    bool asRange = true;  ///< false: a plain GET, where a server cannot bear a range
    QByteArray ifRange;   ///< empty: none
    qint64 haveBytes = 0; ///< our prefix; bytes from `from` up to here are compared, not written
    std::optional<qint64> knownSizeBytes;
    Validator known; ///< of the version our prefix belongs to

    bool operator==(const RangeAsk &) const = default;
};

/// How much of the prefix is fetched again and compared where no validator proves that the file is
/// still the same.
inline constexpr qint64 kComparedBytes = qint64(64) * 1024;

/// The request that goes on after the prefix we have. The first one asks for "bytes=0-": probe and
/// transfer in one, so that a link that works once is asked once.
[[nodiscard]] RangeAsk askFor(qint64 haveBytes, std::optional<qint64> knownSizeBytes,
                              const Validator &validator);

/// The value of the Range field.
[[nodiscard]] QByteArray rangeField(const RangeAsk &ask);

} // namespace core
