// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/http_message.h"
#include "tests/support/pattern_bytes.h"

#include <optional>

/// How a resource treats a request for a part of it.
enum class RangeAnswer {
    Exact,          ///< 206, If-Range and 416 as RFC 9110 has them
    Ignored,        ///< always 200 and the whole file
    Refused,        ///< 416 to every range
    Shifted,        ///< 206 whose Content-Range and body begin one byte too late
    OtherTotal,     ///< 206 whose Content-Range names a total that is one too large
    NoContentRange, ///< 206 that does not say which part it is
    Unasked,        ///< 206 with the first half, although nobody asked for a part
    IgnoresIfRange, ///< 206 although the validator in If-Range is an old one
};

/// How the end of a body is made known.
enum class Framing { Length, Chunked, UntilClose };

struct BasicLogin {
    QByteArray user;
    QByteArray password;
};

/// A file that a server has, and the manners with which it hands it out. Without further words: a
/// well-behaved static file with ranges, a strong validator and a date.
struct Resource {
    Body body;
    QByteArray etag = "\"v1\"";                                ///< empty: none; W/"…" is weak
    QByteArray lastModified = "Thu, 01 Jan 2026 00:00:00 GMT"; ///< empty: none
    QByteArray contentType = "application/octet-stream";
    RangeAnswer ranges = RangeAnswer::Exact;
    Framing framing = Framing::Length;
    std::optional<BasicLogin> login;
    core::HeaderFields headers; ///< further fields, Content-Encoding or -Disposition say
};

/// What to send for one request: the head, and which part of the resource follows.
struct HttpAnswer {
    QByteArray head;
    Body body;
    qint64 first = 0;
    qint64 end = 0;
    Framing framing = Framing::Length;
};

/// Decides on an answer; sends nothing.
[[nodiscard]] HttpAnswer answerTo(const HttpRequest &request, const Resource &resource);
