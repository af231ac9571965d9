// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QString>
#include <QUrl>

namespace core {

/// Scheme, host and port (RFC 9110, 4.3.1). Logins, cookies and headers of a job are bound to one.
struct Origin {
    QString scheme;
    QString host; ///< lower case, ACE
    int port = 0;

    bool operator==(const Origin &) const = default;
};

[[nodiscard]] Origin originOf(const QUrl &url);
/// "https://example.org:8443", the port only where it is not the scheme's own.
[[nodiscard]] QString text(const Origin &origin);

/// "localhost", names below it (RFC 6761, 6.3) and loopback addresses: reached without a network.
[[nodiscard]] bool isLoopbackHost(const QString &host);

[[nodiscard]] inline size_t qHash(const Origin &origin, size_t seed = 0)
{
    return qHashMulti(seed, origin.scheme, origin.host, origin.port);
}

} // namespace core
