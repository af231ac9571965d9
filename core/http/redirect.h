// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QUrl>

#include <tl/expected.hpp>

namespace core {

inline constexpr int kMaxRedirects = 20;

/// 301, 302, 303, 307, 308: a response that names where to go on (RFC 9110, 15.4).
[[nodiscard]] bool isRedirect(int httpStatus);

enum class RedirectRefusal {
    NoLocation, ///< missing, empty or not a valid URI reference
    NotHttp,    ///< another scheme than http or https, or no host
    Insecure,   ///< https hands over to http, and that is refused
};

/// The scheme of the address in a Location, in lower case; empty for a relative one.
[[nodiscard]] QString schemeOf(const QByteArray &location);

/// Whether https may hand over to http, where others can read and change what is sent.
enum class Downgrade { Refused, Followed };

/// The address a redirect leads to, made absolute against `from`, userinfo removed, the fragment of
/// `from` inherited as RFC 9110, 10.2.2 says.
[[nodiscard]] tl::expected<QUrl, RedirectRefusal>
nextHop(const QUrl &from, const QByteArray &location, Downgrade downgrade = Downgrade::Refused);

} // namespace core
