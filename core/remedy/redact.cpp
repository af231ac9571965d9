// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/redact.h"

#include <QRegularExpression>

#include <array>

namespace core {

namespace {

constexpr QChar kCut(0x2026);

/// Fields whose value is a secret, or may hold one.
constexpr std::array kSecretFields{
    QLatin1StringView("authorization"),
    QLatin1StringView("proxy-authorization"),
    QLatin1StringView("cookie"),
    QLatin1StringView("set-cookie"),
    QLatin1StringView("cookie2"),
    QLatin1StringView("set-cookie2"),
    QLatin1StringView("authentication-info"),
    QLatin1StringView("proxy-authentication-info"),
};

/// Parts of names that a server of its own gives to fields with a key in them.
constexpr std::array kSecretParts{
    QLatin1StringView("token"),     QLatin1StringView("secret"),  QLatin1StringView("api-key"),
    QLatin1StringView("apikey"),    QLatin1StringView("session"), QLatin1StringView("password"),
    QLatin1StringView("signature"), QLatin1StringView("csrf"),
};

bool isSecret(const QString &name)
{
    for (const QLatin1StringView field : kSecretFields) {
        if (name.compare(field, Qt::CaseInsensitive) == 0) {
            return true;
        }
    }
    for (const QLatin1StringView part : kSecretParts) {
        if (name.contains(part, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

QString redactQuery(const QString &query)
{
    QStringList items;
    for (const QStringView item : QStringView(query).split(u'&')) {
        const qsizetype equals = item.indexOf(u'=');
        items += equals > 0 ? item.first(equals + 1).toString() + kCut : QString(kCut);
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

QString redactText(const QString &text)
{
    // An address, or the query of one that was given without its server.
    static const QRegularExpression kAddress(
        QStringLiteral("(https?://[^\\s<>\"'`]+)|\\?([^\\s<>\"'`=]*=[^\\s<>\"'`]*)"),
        QRegularExpression::CaseInsensitiveOption);
    QString result;
    qsizetype end = 0;
    for (auto it = kAddress.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        result += QStringView(text).sliced(end, match.capturedStart() - end);
        const QUrl url(match.captured(1));
        if (match.hasCaptured(2)) {
            result += u'?' + redactQuery(match.captured(2));
        } else {
            // What cannot be taken apart cannot be cut in the right places either.
            result += url.isValid() ? redactUrl(url) : QString(kCut);
        }
        end = match.capturedEnd();
    }
    result += QStringView(text).sliced(end);
    return result;
}

} // namespace core
