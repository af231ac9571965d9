// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

class QNetworkReply;

namespace core {

/// The head of a response as it came: status and raw header fields, nothing interpreted.
struct ResponseHead {
    int status = 0; ///< 0: there was none
    HeaderFields headers;
    QUrl url; ///< the address that was asked

    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

/// The digest of the whole file that the response states, by Repr-Digest or the older Digest.
[[nodiscard]] std::optional<ExpectedHash> promisedHash(const ResponseHead &head);

/// Whether the response is one that a file may come in: 200, 203 or 206, or 201 with a body.
[[nodiscard]] bool hasContent(const ResponseHead &head);

[[nodiscard]] ResponseHead headOf(const QNetworkReply &reply);

/// More than this many bytes or fields of headers is no honest response; QNetworkAccessManager
/// would take megabytes.
inline constexpr qint64 kMaxHeadBytes = qint64(256) * 1024;
inline constexpr qsizetype kMaxHeadFields = 256;

} // namespace core
