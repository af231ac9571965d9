// SPDX-License-Identifier: Apache-2.0
#include "core/http/address.h"

#include "core/http/grammar.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace core {

namespace {

constexpr qsizetype kMaxHostLength = 253;
constexpr qsizetype kMaxLabelLength = 63;

qsizetype firstOf(QStringView text, QStringView delimiters)
{
    const auto found =
        std::ranges::find_if(text, [delimiters](QChar c) { return delimiters.contains(c); });
    return found - text.begin();
}

/// The length of "name:" at the start, 0 where there is no scheme.
qsizetype schemeLength(QStringView address)
{
    const qsizetype colon = firstOf(address, u":/?#");
    return colon < address.size() && address.at(colon) == u':' ? colon + 1 : 0;
}

bool isDecimal(QStringView text)
{
    return !text.isEmpty() &&
           std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// All digits, or hexadecimal: what makes browsers take a host for a number.
bool isNumberLabel(QStringView label)
{
    if (label.startsWith(u"0x", Qt::CaseInsensitive)) {
        return std::ranges::all_of(label.sliced(2),
                                   [](QChar c) { return hexValue(c.toLatin1()) >= 0; });
    }
    return isDecimal(label);
}

bool isDottedQuad(const QList<QStringView> &labels)
{
    return labels.size() == 4 && std::ranges::all_of(labels, [](QStringView part) {
               return isDecimal(part) && part.size() <= 3 && part.toInt() <= 255 &&
                      (part.size() == 1 || part.front() != u'0');
           });
}

/// "xn--…" that decodes to nothing is a name that no registry can have given out.
bool isDecodable(const QString &host)
{
    const QString unicode = QUrl::fromAce(host.toLatin1(), QUrl::IgnoreIDNWhitelist);
    const auto labels = QStringView(unicode).split(u'.');
    return std::ranges::none_of(
        labels, [](QStringView label) { return label.startsWith(u"xn--", Qt::CaseInsensitive); });
}

bool isHostName(const QString &host)
{
    QList<QStringView> labels = QStringView(host).split(u'.');
    if (labels.size() > 1 && labels.constLast().isEmpty()) {
        labels.removeLast(); // the dot of the root
    }
    return host.size() <= kMaxHostLength + 1 && isDecodable(host) &&
           std::ranges::all_of(labels, [](QStringView label) {
               return !label.isEmpty() && label.size() <= kMaxLabelLength;
           });
}

/// QUrl lets the number of a port run over, and reads escapes within an IPv6 address.
bool isWrittenPlainly(QStringView hostAndPort)
{
    const qsizetype bracket = hostAndPort.lastIndexOf(u']');
    const qsizetype colon = hostAndPort.lastIndexOf(u':');
    if (hostAndPort.startsWith(u'[') && hostAndPort.first(bracket + 1).contains(u'%')) {
        return false;
    }
    QStringView port = colon > bracket ? hostAndPort.sliced(colon + 1) : QStringView();
    while (port.startsWith(u'0')) {
        port = port.sliced(1);
    }
    constexpr qsizetype kDigitsOfPort = 5;
    return port.size() <= kDigitsOfPort;
}

} // namespace

QString withForwardSlashes(QStringView address)
{
    QString out = address.toString();
    const qsizetype end = firstOf(out, u"?#");
    std::replace(out.begin(), out.begin() + end, QChar(u'\\'), QChar(u'/'));
    return out;
}

QString withoutStrayPercents(const QString &address)
{
    static const QRegularExpression kStray(QStringLiteral("%(?![0-9A-Fa-f]{2})"));
    return QString(address).replace(kStray, QStringLiteral("%25"));
}

std::optional<QStringView> writtenAuthority(QStringView address)
{
    const QStringView rest = address.sliced(schemeLength(address));
    if (!rest.startsWith(u"//")) {
        return std::nullopt;
    }
    const QStringView authority = rest.sliced(2);
    return authority.first(firstOf(authority, u"/?#"));
}

QStringView hostAndPort(QStringView authority)
{
    return authority.sliced(authority.lastIndexOf(u'@') + 1);
}

bool hasClearHost(const QUrl &url, QStringView authority)
{
    if (authority.count(u'@') > 1 || url.port(1) == 0 ||
        !isWrittenPlainly(hostAndPort(authority))) {
        return false;
    }
    const QString host = url.host(QUrl::FullyEncoded);
    if (host.contains(u':')) {
        return true; // an IPv6 address, which QUrl has checked
    }
    QList<QStringView> labels = QStringView(host).split(u'.');
    if (labels.size() > 1 && labels.constLast().isEmpty()) {
        labels.removeLast();
    }
    if (isNumberLabel(labels.constLast())) {
        return isDottedQuad(labels) && !host.endsWith(u'.') &&
               hostAndPort(authority).startsWith(host);
    }
    return isHostName(host);
}

bool isHttpScheme(QStringView scheme)
{
    return scheme.compare(u"http", Qt::CaseInsensitive) == 0 ||
           scheme.compare(u"https", Qt::CaseInsensitive) == 0;
}

} // namespace core
