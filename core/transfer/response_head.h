// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

class QNetworkReply;

namespace core {

/// The head of a response as it came: status and raw header fields, nothing interpreted.
struct ResponseHead {
    int status = 0; ///< 0: there was none
    HeaderFields headers;
    QUrl url; ///< the address that was asked

    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

[[nodiscard]] ResponseHead headOf(const QNetworkReply &reply);

/// More than this many bytes or fields of headers is no honest response; QNetworkAccessManager
/// would take megabytes.
inline constexpr qint64 kMaxHeadBytes = 256 * 1024;
inline constexpr qsizetype kMaxHeadFields = 256;

} // namespace core
