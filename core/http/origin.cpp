// SPDX-License-Identifier: Apache-2.0
#include "core/http/origin.h"

#include <algorithm>

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

bool isLoopbackHost(const QString &host)
{
    const QString name = host.toLower();
    const bool isName =
        name == QLatin1StringView("localhost") || name.endsWith(QLatin1StringView(".localhost"));
    const bool isIpv4 =
        name.startsWith(QLatin1StringView("127.")) &&
        std::ranges::all_of(name, [](QChar c) { return c == u'.' || (c >= u'0' && c <= u'9'); });
    return isName || isIpv4 || name == QLatin1StringView("::1") ||
           name == QLatin1StringView("[::1]");
}

} // namespace core
