// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/response_head.h"

#include <QNetworkCookieJar>

namespace core {

/// The cookies that servers set while one attempt follows their redirects (RFC 6265, as
/// QNetworkCookieJar has it). They are of this attempt alone and go with it: never shared between
/// jobs, never written.
class AttemptCookies final : public QNetworkCookieJar {
public:
    /// Takes what a response sets. False when that is more than any file needs.
    [[nodiscard]] bool take(const ResponseHead &head);
    /// The Cookie field for a request of this address: `own` is what a person has given for it, and
    /// gives way where a server has set a cookie of the same name. Empty: none.
    [[nodiscard]] QByteArray fieldFor(const QUrl &url, const QByteArray &own) const;

    static constexpr qsizetype kMaxCookies = 100;
    static constexpr qsizetype kMaxBytes = qsizetype(16) * 1024;
};

} // namespace core
