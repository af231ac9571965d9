// SPDX-License-Identifier: Apache-2.0
#include "core/http/link.h"
#include "core/http/redirect.h"
#include "tests/fuzz/check.h"

namespace {

void follow(const QUrl &from, const QByteArray &location)
{
    const auto to = core::nextHop(from, location);
    if (!to) {
        return;
    }
    check(to->isValid() && !to->host().isEmpty() && to->userInfo().isEmpty());
    check(
        to->scheme() == QLatin1StringView("https") ||
        (to->scheme() == QLatin1StringView("http") && from.scheme() == QLatin1StringView("http")));
    // What the address leads to when it is read again is the same host.
    const auto again = core::parseLink(QString::fromLatin1(to->toEncoded()));
    check(!again || again->url.host() == to->host());
    check(again || again.error() == core::LinkRefusal::TooLong);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray location = bytesOf(data, size);
    follow(QUrl(QStringLiteral("https://a.example.org:8443/x/y?q#f")), location);
    follow(QUrl(QStringLiteral("http://u:p@a.example.org")), location);
    return 0;
}
