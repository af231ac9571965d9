// SPDX-License-Identifier: Apache-2.0
#include "core/http/origin.h"

namespace core {

namespace {

/// 0 where the scheme has none that we know.
int defaultPort(const QString &scheme)
{
    if (scheme == QLatin1StringView("http")) {
        return 80;
    }
    return scheme == QLatin1StringView("https") ? 443 : 0;
}

} // namespace

Origin originOf(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    return {
        .scheme = scheme,
        .host = url.host(QUrl::FullyEncoded).toLower(),
        .port = url.port(defaultPort(scheme)),
    };
}

QString text(const Origin &origin)
{
    const bool isIpv6 = origin.host.contains(u':');
    QString out = origin.scheme + QLatin1StringView("://");
    out += isIpv6 ? u'[' + origin.host + u']' : origin.host;
    if (origin.port != defaultPort(origin.scheme)) {
        out += u':' + QString::number(origin.port);
    }
    return out;
}

} // namespace core
