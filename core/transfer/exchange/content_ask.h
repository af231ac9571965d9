// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/range_set.h"
#include "core/job/validator.h"

#include <QString>

#include <optional>

namespace core {

/// The bytes a request asks for, and on what condition (RFC 9110, 14.2 and 13.1.5).
struct RangeAsk {
    qint64 first = 0;
    std::optional<qint64> end; ///< one past the last; absent: to the end of the file
    QByteArray ifRange;        ///< empty: none

    bool operator==(const RangeAsk &) const = default;
};

/// What is known of a file from before: what an answer is held against.
struct KnownVersion {
    RangeSet held;
    std::optional<qint64> sizeBytes;
    Validator validator; ///< of the version that the held bytes belong to
    QString name;        ///< as far as one is known; the last part of the link otherwise
    Acceptance acceptance = Acceptance::Checked; ///< as it is: in whatever coding it comes

    bool operator==(const KnownVersion &) const = default;
};

/// Which content of a file is asked for.
struct ContentAsk {
    std::optional<RangeAsk> range; ///< none: a plain GET, the plainest way to ask
    KnownVersion known;

    bool operator==(const ContentAsk &) const = default;
};

/// How much of what we have is fetched again and compared where no validator proves that the file
/// is still the same.
inline constexpr qint64 kComparedBytes = qint64(64) * 1024;

/// Whether the validator alone proves that a range is of the same version, by If-Range.
[[nodiscard]] bool isProof(const Validator &validator);

/// The request for the bytes from `first`, which are missing, up to `end`; without an end, up to
/// that of the file. The first one comes to "bytes=0-": probe and transfer in one, so that a link
/// that works once is asked once.
[[nodiscard]] ContentAsk askFor(const KnownVersion &known, qint64 first,
                                std::optional<qint64> end = std::nullopt);

/// The request for a piece of a version that is known by its validator, beside another connection
/// that brings the same one: on the condition that it still is.
[[nodiscard]] ContentAsk askForPiece(const KnownVersion &known, ByteRange piece);

/// The value of the Range field. What goes to the end of the file is asked for in the open form,
/// so that a file that has grown is told apart by its answer.
[[nodiscard]] QByteArray rangeField(const RangeAsk &range, std::optional<qint64> sizeBytes);

} // namespace core
