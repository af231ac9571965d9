// SPDX-License-Identifier: Apache-2.0
#include "core/http/redirect.h"

#include "core/http/address.h"
#include "core/http/grammar.h"
#include "core/http/link.h"

#include <QRegularExpression>

#include <algorithm>

namespace core {

namespace {

/// A Location should be ASCII. Bytes above it are in a coding we do not know, and are sent back as
/// they came: percent-encoded.
QString asciiOf(QByteArrayView location)
{
    constexpr QLatin1StringView kHexDigits("0123456789ABCDEF");
    QString out;
    out.reserve(location.size());
    for (const char c : location) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += QLatin1Char(c);
        } else {
            out += u'%';
            out += kHexDigits.at(byte >> 4);
            out += kHexDigits.at(byte & 0xf);
        }
    }
    return out;
}

} // namespace

bool isRedirect(int httpStatus)
{
    return httpStatus == 301 || httpStatus == 302 || httpStatus == 303 || httpStatus == 307 ||
           httpStatus == 308;
}

QString schemeOf(const QByteArray &location)
{
    static const QRegularExpression kScheme(QStringLiteral("^\\s*([A-Za-z][A-Za-z0-9+.-]{0,30}):"));
    return kScheme.match(QString::fromLatin1(location)).captured(1).toLower();
}

tl::expected<QUrl, RedirectRefusal> nextHop(const QUrl &from, const QByteArray &location,
                                            Downgrade downgrade)
{
    const QByteArrayView value = trimmedOws(location);
    if (value.isEmpty() || value.size() > kMaxLinkLength || std::ranges::any_of(value, isControl)) {
        return tl::unexpected(RedirectRefusal::NoLocation);
    }
    const QString written = withoutStrayPercents(withForwardSlashes(asciiOf(value)));
    const auto authority = writtenAuthority(written);
    const QUrl reference(written, QUrl::TolerantMode);
    if (!reference.scheme().isEmpty() && !isHttpScheme(reference.scheme())) {
        return tl::unexpected(RedirectRefusal::NotHttp);
    }
    if (authority && hostAndPort(*authority).isEmpty()) {
        return tl::unexpected(RedirectRefusal::NotHttp);
    }
    QUrl to = from.resolved(reference);
    if (!reference.isValid() || !to.isValid()) {
        return tl::unexpected(RedirectRefusal::NoLocation);
    }
    if (!isHttpScheme(to.scheme()) || to.host().isEmpty()) {
        return tl::unexpected(RedirectRefusal::NotHttp);
    }
    if (authority && !hasClearHost(to, *authority)) {
        return tl::unexpected(RedirectRefusal::NoLocation);
    }
    const bool isDowngrade =
        from.scheme() == QLatin1StringView("https") && to.scheme() == QLatin1StringView("http");
    if (isDowngrade && downgrade == Downgrade::Refused) {
        return tl::unexpected(RedirectRefusal::Insecure);
    }
    to.setUserInfo(QString());
    if (!reference.hasFragment() && from.hasFragment()) {
        to.setFragment(from.fragment(QUrl::FullyEncoded), QUrl::TolerantMode);
    }
    return to;
}

} // namespace core
