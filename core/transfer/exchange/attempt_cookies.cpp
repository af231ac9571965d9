// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/attempt_cookies.h"

#include "core/http/headers.h"

#include <QNetworkCookie>

#include <numeric>

namespace core {

bool AttemptCookies::take(const ResponseHead &head)
{
    const auto set = QNetworkCookie::parseCookies(head.header("Set-Cookie"));
    if (set.size() > kMaxCookies) {
        return false;
    }
    setCookiesFromUrl(set, head.url);
    const QList<QNetworkCookie> all = allCookies();
    const qsizetype bytes = std::accumulate(
        all.begin(), all.end(), qsizetype(0), [](qsizetype sum, const QNetworkCookie &each) {
            return sum + each.name().size() + each.value().size();
        });
    return all.size() <= kMaxCookies && bytes <= kMaxBytes;
}

QByteArray AttemptCookies::fieldFor(const QUrl &url, const QByteArray &own) const
{
    QByteArrayList pairs;
    QByteArrayList names;
    for (const QNetworkCookie &cookie : cookiesForUrl(url)) {
        const QByteArray pair = cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
        if (isFieldValue(pair)) {
            pairs += pair;
            names += cookie.name();
        }
    }
    QByteArrayList kept;
    for (const QByteArray &pair : own.split(';')) {
        const QByteArray name = pair.left(pair.indexOf('=')).trimmed();
        if (!pair.trimmed().isEmpty() && !names.contains(name)) {
            kept += pair.trimmed();
        }
    }
    return (kept + pairs).join("; ");
}

} // namespace core
