// SPDX-License-Identifier: Apache-2.0
#include "core/http/link.h"

#include "core/http/address.h"

#include <QRegularExpression>

#include <algorithm>

namespace core {

namespace {

constexpr qsizetype kMaxQuotedLength = 80;

/// Control characters of both sets, and the separators of lines that Unicode has besides.
bool isControlCharacter(QChar c)
{
    return c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
           c == QChar::ParagraphSeparator;
}

/// What comes along at the ends when text is copied from a page or a file.
bool isMargin(QChar c)
{
    return c.isSpace() || c == QChar::ByteOrderMark || c.category() == QChar::Other_Format;
}

QStringView withoutMargins(QStringView text)
{
    while (!text.isEmpty() && isMargin(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && isMargin(text.back())) {
        text.chop(1);
    }
    return text;
}

std::optional<LinkRefusal> refusalOfText(QStringView text)
{
    if (text.isEmpty()) {
        return LinkRefusal::Empty;
    }
    if (text.size() > kMaxLinkLength) {
        return LinkRefusal::TooLong;
    }
    if (std::ranges::any_of(text, isControlCharacter)) {
        return LinkRefusal::ControlCharacter;
    }
    if (!text.isValidUtf16()) {
        return LinkRefusal::Malformed;
    }
    const qsizetype colon = text.indexOf(u':');
    return colon >= 0 && isHttpScheme(text.first(colon)) ? std::nullopt
                                                         : std::optional(LinkRefusal::NotHttp);
}

/// Takes the login out of the address.
Link linkOf(QUrl url)
{
    Link link{
        .url = {},
        .user = url.userName(QUrl::FullyDecoded),
        .password = url.password(QUrl::FullyDecoded),
    };
    url.setUserInfo(QString());
    link.url = url;
    return link;
}

} // namespace

tl::expected<Link, LinkRefusal> parseLink(QStringView typed)
{
    const QStringView text = withoutMargins(typed);
    if (const auto refusal = refusalOfText(text)) {
        return tl::unexpected(*refusal);
    }
    const QString address = withoutStrayPercents(withForwardSlashes(text));
    const auto authority = writtenAuthority(address);
    if (!authority || hostAndPort(*authority).isEmpty() ||
        hostAndPort(*authority).startsWith(u':')) {
        return tl::unexpected(LinkRefusal::NoHost);
    }
    const QUrl url(address, QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty() || !hasClearHost(url, *authority)) {
        return tl::unexpected(LinkRefusal::Malformed);
    }
    if (url.toEncoded().size() > kMaxLinkLength) {
        return tl::unexpected(LinkRefusal::TooLong);
    }
    Link link = linkOf(url);
    if (std::ranges::any_of(QString(link.user + link.password), isControlCharacter)) {
        return tl::unexpected(LinkRefusal::ControlCharacter);
    }
    return link;
}

tl::expected<Link, LinkRefusal> parseTypedLink(QStringView typed)
{
    // A name with a dot in it, a number or this computer; a port, and whatever follows.
    static const QRegularExpression kWithoutScheme(
        QStringLiteral("^(localhost|([a-z0-9-]+\\.)+([a-z]{2,}|xn--[a-z0-9-]+)|\\d+(\\.\\d+){3})"
                       "(:\\d+)?([/?#].*)?$"),
        QRegularExpression::CaseInsensitiveOption);
    const QStringView text = withoutMargins(typed);
    if (text.size() > kMaxLinkLength || !kWithoutScheme.match(text.toString()).hasMatch()) {
        return parseLink(typed);
    }
    return parseLink(QStringLiteral("https://") + text.toString()).map([](Link link) {
        link.isSchemeGuessed = true;
        return link;
    });
}

tl::expected<Link, LinkRefusal> parseTarget(QStringView typed)
{
    auto link = parseTypedLink(typed);
    if (link && link->url.hasFragment()) {
        return tl::unexpected(LinkRefusal::Fragment);
    }
    return link;
}

QUrl addressIn(QUrl folder, const QString &fileName)
{
    const QString segment = QString::fromLatin1(QUrl::toPercentEncoding(fileName));
    folder.setPath(folder.path(QUrl::FullyEncoded) + segment, QUrl::StrictMode);
    return folder;
}

QString quotableLink(QStringView typed)
{
    QString out = withoutMargins(typed).left(kMaxLinkLength).toString();
    const qsizetype slashes = out.indexOf(QLatin1StringView("//"));
    const qsizetype at = out.lastIndexOf(u'@');
    const qsizetype start = slashes < 0 ? 0 : slashes + 2;
    if (at >= start) {
        out.remove(start, at + 1 - start);
    }
    std::ranges::replace_if(
        out, [](QChar c) { return isControlCharacter(c) || c.category() == QChar::Other_Format; },
        QChar(QChar::ReplacementCharacter));
    if (out.size() > kMaxQuotedLength) {
        out = out.left(kMaxQuotedLength - 1) + u'…';
    }
    return out;
}

} // namespace core
