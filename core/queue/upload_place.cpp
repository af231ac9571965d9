// SPDX-License-Identifier: Apache-2.0
#include "core/queue/upload_place.h"

#include "core/http/origin.h"

#include <QStringList>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace core {

namespace {

/// What object stores and link signers add to an address, each time anew.
constexpr std::array kSigning{
    "X-Amz-*", "X-Goog-*", "AWSAccessKeyId", "GoogleAccessId", "Signature", "Expires", "sig",
    "se",      "st"};

bool isSigning(const QString &name)
{
    return std::ranges::any_of(kSigning, [&name](const char *each) {
        const QLatin1StringView word(each);
        return word.endsWith(u'*') ? name.startsWith(word.chopped(1), Qt::CaseInsensitive)
                                   : name == word;
    });
}

QString serverHowever(const QUrl &address)
{
    const Origin origin = originOf(address);
    QString host = origin.host;
    if (host.endsWith(u'.')) { // of a name that is given in full (RFC 1034, 3.1)
        host.chop(1);
    }
    if (host == QLatin1StringView("127.0.0.1") || host == QLatin1StringView("::1")) {
        host = QStringLiteral("localhost");
    }
    QUrl usual = address;
    usual.setPort(-1);
    return originOf(usual) == origin ? host : host + u':' + QString::number(origin.port);
}

QString foldedPath(const QUrl &address)
{
    QStringList segments;
    const QString path = address.path(QUrl::FullyDecoded);
    for (const QString &segment : path.split(u'/', Qt::SkipEmptyParts)) {
        if (segment == QLatin1StringView("..")) {
            segments = segments.mid(0, segments.size() - 1);
        } else if (segment != u'.') {
            segments.append(segment);
        }
    }
    return segments.join(u'/');
}

QString queryUnsigned(const QUrl &address)
{
    QUrlQuery query(address);
    auto items = query.queryItems(QUrl::FullyDecoded);
    items.removeIf([](const auto &item) { return isSigning(item.first); });
    query.setQueryItems(items);
    return query.toString(QUrl::FullyDecoded);
}

} // namespace

UploadPlace uploadPlace(const QUrl &address)
{
    return {.server = serverHowever(address),
            .path = foldedPath(address),
            .query = queryUnsigned(address)};
}

} // namespace core
