// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/redact.h"

#include "core/http/headers.h"

#include <QRegularExpression>

#include <array>

namespace core {

namespace {

constexpr QChar kCut(0x2026);

bool isSecret(const QString &name)
{
    return isSecretFieldName(name.toLatin1());
}

QString redactQuery(const QString &query)
{
    QStringList items;
    for (const QStringView item : QStringView(query).split(u'&')) {
        const qsizetype equals = item.indexOf(u'=');
        // A key in Base64 may end in "=": without a value there is no name.
        const bool hasName = equals > 0 && item.last(1) != u'=';
        items += hasName ? item.first(equals + 1).toString() + kCut : QString(kCut);
    }
    return items.join(u'&');
}

QString withoutControls(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control) {
            c = QChar::ReplacementCharacter;
        }
    }
    return text;
}

/// Characters that would end the line, move the cursor or turn the text around, as "\\x1b".
QString visible(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        const bool isHidden = c.category() == QChar::Other_Control ||
                              c.category() == QChar::Other_Format || c == QChar::LineSeparator ||
                              c == QChar::ParagraphSeparator;
        if (!isHidden) {
            result += c;
        } else if (c.unicode() < 0x100) {
            result += QStringLiteral("\\x%1").arg(c.unicode(), 2, 16, QLatin1Char('0'));
        } else {
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        }
    }
    return result;
}

/// Something in a text that may hold a secret, and what is put in its place.
struct Rule {
    QRegularExpression pattern;
    QString (*replacement)(const QRegularExpressionMatch &match);
};

QString replaced(const QString &text, const Rule &rule)
{
    QString result;
    qsizetype end = 0;
    for (auto it = rule.pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        result += QStringView(text).sliced(end, match.capturedStart() - end);
        result += rule.replacement(match);
        end = match.capturedEnd();
    }
    result += QStringView(text).sliced(end);
    return result;
}

QString redactedAddress(const QRegularExpressionMatch &match)
{
    // What cannot be taken apart cannot be cut in the right places either.
    const QUrl url(match.captured());
    return url.isValid() ? redactUrl(url) : QString(kCut);
}

QString redactedQuery(const QRegularExpressionMatch &match)
{
    return u'?' + redactQuery(match.captured(1));
}

QString firstPartAndCut(const QRegularExpressionMatch &match)
{
    return match.captured(1) + kCut;
}

/// What each of them takes is linear in the text: a server must not make us count stars.
const std::array<Rule, 6> &rules()
{
    const auto made = [](const char *pattern) {
        return QRegularExpression(QString::fromLatin1(pattern),
                                  QRegularExpression::CaseInsensitiveOption);
    };
    // In this order: what one has cut, the next leave alone.
    static const std::array all{
        // An address; a login in it may have any characters but spaces. Where another address
        // begins, it ends.
        Rule{made("[a-z][a-z0-9+.-]{0,15}://(?:(?:(?![a-z][a-z0-9+.-]{0,15}://)\\S)*@)?"
                  "(?:(?![a-z][a-z0-9+.-]{0,15}://)[^\\s<>\"])*"),
             redactedAddress},
        // A login in an address without its scheme: "//user@host", "user:word@host".
        Rule{made("(//)[^\\s/@]*+@(?=[\\w\\[])"), firstPartAndCut},
        Rule{made("(?<![^\\s/@:\"<>])()[^\\s/@:\"<>]++:[^\\s/@]++@(?=[\\w\\[])"), firstPartAndCut},
        // A query and a fragment of an address that was given without its server.
        Rule{made("\\?([^\\s<>\"=?]*+=[^\\s<>\"]*)"), redactedQuery},
        Rule{made("(#)[^\\s<>\"=#]*+=[^\\s<>\"]*"), firstPartAndCut},
        Rule{made("\\b((?:basic|bearer|negotiate|ntlm)\\s+)[a-z0-9+/=._~-]+"), firstPartAndCut},
    };
    return all;
}

/// "Cookie: a=b; c=d", "password=x y": of names that tell a secret, the rest of the line is cut.
QString withoutSecretFields(const QString &text)
{
    static const QRegularExpression kName(
        QStringLiteral(
            "(?<![a-z0-9_-])([a-z][a-z0-9_-]*+)[\"']?[ \\t]*+[:=][ \\t]*+(?!//|\\x{2026})"),
        QRegularExpression::CaseInsensitiveOption);
    QString result;
    qsizetype end = 0;
    for (auto it = kName.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedStart() < end || !isSecret(match.captured(1))) {
            continue;
        }
        result += QStringView(text).sliced(end, match.capturedEnd() - end);
        result += kCut;
        const qsizetype lineEnd = text.indexOf(u'\n', match.capturedEnd());
        end = lineEnd < 0 ? text.size() : lineEnd;
    }
    result += QStringView(text).sliced(end);
    return result;
}

} // namespace

QString redactUrl(const QUrl &url)
{
    QString result = url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveQuery |
                                  QUrl::RemoveFragment);
    if (url.hasQuery()) {
        result += u'?' + redactQuery(url.query(QUrl::FullyEncoded));
    }
    return result;
}

QString redactHeader(const HeaderField &field)
{
    const QString name = withoutControls(QString::fromLatin1(field.first));
    const QString value = isSecret(name)
                              ? QString(kCut)
                              : redactText(withoutControls(QString::fromUtf8(field.second)));
    return name + QStringLiteral(": ") + value;
}

HeaderFields redactFields(const HeaderFields &fields)
{
    HeaderFields told;
    for (const HeaderField &field : fields) {
        if (!isSecretFieldName(field.first)) {
            // Byte for byte, whatever coding the server had in mind.
            told.emplaceBack(field.first, redactText(QString::fromLatin1(field.second)).toUtf8());
        }
    }
    return told;
}

QString redactText(const QString &text)
{
    QString result = text;
    for (const Rule &rule : rules()) {
        result = replaced(result, rule);
    }
    return withoutSecretFields(result);
}

QString redactLine(const QString &text)
{
    return redactText(visible(text));
}

} // namespace core
