// SPDX-License-Identifier: Apache-2.0
#include "core/job/json_reader.h"

#include <cmath>

namespace core {

void JsonReader::read(QLatin1StringView key, QString *out)
{
    if (!isPresent(key)) {
        return;
    }
    const QJsonValue member = value(key);
    if (member.isString()) {
        *out = member.toString();
    } else {
        spoil();
    }
}

void JsonReader::read(QLatin1StringView key, QUrl *out)
{
    QString text;
    read(key, &text);
    if (text.isEmpty()) {
        return;
    }
    const QUrl url(text, QUrl::StrictMode);
    if (url.isValid()) {
        *out = url;
    } else {
        spoil();
    }
}

void JsonReader::read(QLatin1StringView key, QDateTime *out)
{
    if (!isPresent(key)) {
        return;
    }
    QString text;
    read(key, &text);
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    // Written back, it must be the same text: so no other zone and no shorter form is one.
    if (time.isValid() && isoTime(time).toString() == text) {
        *out = time;
    } else {
        spoil();
    }
}

void JsonReader::read(QLatin1StringView key, int *out, int max)
{
    std::optional<qint64> number;
    read(key, &number);
    if (number && *number > max) {
        spoil();
    } else if (number) {
        *out = int(*number);
    }
}

void JsonReader::read(QLatin1StringView key, qint64 *out)
{
    std::optional<qint64> number;
    read(key, &number);
    *out = number.value_or(*out);
}

void JsonReader::read(QLatin1StringView key, std::optional<qint64> *out)
{
    if (!isPresent(key)) {
        return;
    }
    const QJsonValue member = value(key);
    const double number = member.toDouble(-1);
    if (number >= 0 && number <= double(kMaxJsonInteger) && std::floor(number) == number) {
        *out = qint64(number);
    } else {
        spoil();
    }
}

void JsonReader::require(QLatin1StringView key)
{
    if (!isPresent(key)) {
        spoil();
    }
}

bool JsonReader::isPresent(QLatin1StringView key) const
{
    const QJsonValue member = value(key);
    return !member.isUndefined() && !member.isNull();
}

QJsonValue isoTime(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonValue publicUrl(const QUrl &url)
{
    return QString::fromLatin1(url.toEncoded(QUrl::RemoveUserInfo));
}

} // namespace core
