// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/content_ask.h"
#include "core/transfer/exchange/response_head.h"

#include <QDateTime>

#include <variant>

namespace core {

/// The body is the file, or the rest of it, and may be read.
struct BodyPlan {
    qint64 firstByte = 0;            ///< offset of the first byte of the body in the file
    std::optional<qint64> endByte;   ///< one past the last; absent when no length was given
    qint64 compareUntil = 0;         ///< bytes before this are compared with ours, not written
    std::optional<qint64> sizeBytes; ///< of the whole file
    Validator validator;

    bool operator==(const BodyPlan &) const = default;
};
/// Go on at another address.
struct NextHop {
    QUrl url;

    bool operator==(const NextHop &) const = default;
};
/// All bytes were here already: 416 with our size.
struct NothingMissing {
    qint64 sizeBytes = 0;

    bool operator==(const NothingMissing &) const = default;
};
/// A request that asked for no content has succeeded.
struct Accepted {
    bool operator==(const Accepted &) const = default;
};
/// The response is not what was asked for.
struct Unusable {
    Cause cause = Cause::BadAnswer;
    std::optional<std::chrono::milliseconds> retryAfter;
    QString detail;
    QString otherScheme; ///< JobError::otherScheme

    bool operator==(const Unusable &) const = default;
};

using ResponseVerdict = std::variant<BodyPlan, NextHop, NothingMissing, Accepted, Unusable>;

/// Whether the response is said to be of another version than our bytes. A weak tag says nothing,
/// and servers behind one name often disagree about the time of one file, some about its tag: where
/// bytes can be compared, these decide.
[[nodiscard]] bool isOtherVersion(const KnownVersion &known, const Validator &now);

/// Whether what came of askForPiece() is nothing but the very bytes that were asked for, of the
/// very version that is known.
[[nodiscard]] bool isPiece(const ResponseVerdict &verdict, const ResponseHead &head,
                           const KnownVersion &known, ByteRange piece);

/// The only reader of HTTP status codes: what a response head means for what was asked for. No body
/// byte is looked at before this was called, and none is written unless it gave a BodyPlan. Without
/// an ask any 2xx will do. Rules: RFC 9110, 14.4, 15.3.7 and 15.5.17; nothing is taken on trust
/// that can be checked.
[[nodiscard]] ResponseVerdict
classifyResponse(const ResponseHead &head, const std::optional<ContentAsk> &ask,
                 const QDateTime &nowUtc, InsecureRedirect insecure = InsecureRedirect::Refuse);

} // namespace core
