// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/link_expiry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace core {

namespace {

/// The value of a query field whose name is matched without case. Empty when it is absent.
QString fieldOf(const QUrlQuery &query, QLatin1StringView name)
{
    const auto items = query.queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

/// A number of seconds or milliseconds since 1970. Only lengths that cannot be anything but a time
/// of these decades are taken, so that "e=3" or a page number is never read as one.
std::optional<QDateTime> fromEpoch(const QString &value)
{
    const bool digits = std::ranges::all_of(value, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!digits || value.startsWith(u'0')) {
        return std::nullopt;
    }
    if (value.size() == 10) {
        return QDateTime::fromSecsSinceEpoch(value.toLongLong(), QTimeZone::utc()).toUTC();
    }
    if (value.size() == 13) {
        return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), QTimeZone::utc()).toUTC();
    }
    return std::nullopt;
}

/// The same hour of the same day in UTC.
QDateTime asUtc(const QDateTime &at)
{
    return QDateTime(at.date(), at.time(), QTimeZone::utc()).toUTC();
}

/// Signing time plus life span: "…-Date=20260115T120000Z" and "…-Expires=3600".
std::optional<QDateTime> fromSigningTime(const QString &date, const QString &seconds)
{
    const QDateTime at = QDateTime::fromString(date, QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    bool ok = false;
    const int life = seconds.toInt(&ok);
    if (!at.isValid() || !ok || life < 0) {
        return std::nullopt;
    }
    return asUtc(at).addSecs(life);
}

/// "se=2026-01-15T12:00:00Z" or a bare date, of a link that also carries its signature.
std::optional<QDateTime> fromIsoDate(const QString &value, const QString &signature)
{
    if (signature.isEmpty()) {
        return std::nullopt;
    }
    const QDateTime at = QDateTime::fromString(value, Qt::ISODate);
    if (!at.isValid()) {
        return std::nullopt;
    }
    const bool isZoneGiven = at.timeSpec() != Qt::LocalTime;
    return isZoneGiven ? at.toUTC() : asUtc(at);
}

constexpr qsizetype kLongestToken = 8'192;

/// The "exp" of a JSON Web Token (RFC 7519, 4.1.4). Its signature is none of our business.
std::optional<QDateTime> fromToken(const QString &value)
{
    const QStringList parts = value.split(u'.');
    if (!value.startsWith(u"eyJ") || parts.size() != 3 || value.size() > kLongestToken) {
        return std::nullopt;
    }
    const auto claims = QByteArray::fromBase64Encoding(
        parts.at(1).toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const QJsonValue expiry =
        QJsonDocument::fromJson(claims.decoded).object().value(QLatin1StringView("exp"));
    return expiry.isDouble() ? fromEpoch(QString::number(qint64(expiry.toDouble()))) : std::nullopt;
}

std::optional<QDateTime> fromTokens(const QUrlQuery &query)
{
    std::optional<QDateTime> earliest;
    for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded)) {
        const auto expiry = fromToken(value);
        if (expiry && (!earliest || *expiry < *earliest)) {
            earliest = expiry;
        }
    }
    return earliest;
}

} // namespace

std::optional<QDateTime> linkExpiry(const QUrl &url)
{
    const QUrlQuery query(url);
    const auto field = [&query](const char *name) {
        return fieldOf(query, QLatin1StringView(name));
    };
    const std::array candidates{
        fromSigningTime(field("X-Amz-Date"), field("X-Amz-Expires")),
        fromSigningTime(field("X-Goog-Date"), field("X-Goog-Expires")),
        fromIsoDate(field("se"), field("sig")),
        fromEpoch(field("Expires")),
        fromEpoch(field("exp")),
        fromEpoch(field("e")),
        fromTokens(query),
    };
    std::optional<QDateTime> earliest;
    for (const auto &candidate : candidates) {
        if (candidate && (!earliest || *candidate < *earliest)) {
            earliest = candidate;
        }
    }
    return earliest;
}

std::optional<QDateTime> runOutSince(const JobError &error)
{
    const bool refused =
        error.httpStatus == 400 || error.httpStatus == 403 || error.httpStatus == 410;
    if (!refused || !error.time.isValid()) {
        return std::nullopt;
    }
    const auto expiry = linkExpiry(error.url);
    // It is the clock of the server that counts.
    if (!expiry || *expiry > (error.serverTime.isValid() ? error.serverTime : error.time)) {
        return std::nullopt;
    }
    return expiry;
}

} // namespace core
