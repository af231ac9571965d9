// SPDX-License-Identifier: Apache-2.0
#include "core/job/json.h"

#include <cmath>

namespace core {

QString text(const FieldError &error)
{
    return error.path + QLatin1StringView(": ") + QLatin1StringView(name(error.fault));
}

QString publicUrl(const QUrl &url)
{
    return QString::fromLatin1(url.toEncoded(QUrl::RemoveUserInfo));
}

namespace json {

namespace {

/// Longer than anything a person or a server says.
constexpr qsizetype kLongestText = qsizetype(1) << 20;

bool isLatin1(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() <= 0xff; });
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

Wrong below(const QString &step, Wrong wrong)
{
    if (wrong) {
        const bool isLast = wrong->path.isEmpty() || wrong->path.startsWith(u'[');
        wrong->path.prepend(isLast ? step : step + u'.');
    }
    return wrong;
}

Wrong readInteger(const QJsonValue &json, qint64 *out, qint64 max)
{
    if (!json.isDouble()) {
        return wrong(FieldFault::WrongType);
    }
    const double number = json.toDouble();
    if (std::floor(number) != number) {
        return wrong(FieldFault::WrongType);
    }
    if (number < 0 || number > double(max)) {
        return wrong(FieldFault::OutOfBounds);
    }
    *out = qint64(number);
    return {};
}

Wrong checkLength(qsizetype length, qsizetype bound, Reading in)
{
    const bool isTooLong = length > in.max || (in.form == JsonForm::Message && length > bound);
    return isTooLong ? wrong(FieldFault::OutOfBounds) : Wrong();
}

Wrong Codec<bool>::read(const QJsonValue &json, bool *out, Reading /*in*/)
{
    *out = json.toBool();
    return json.isBool() ? Wrong() : wrong(FieldFault::WrongType);
}

Wrong Codec<QString>::read(const QJsonValue &json, QString *out, Reading in)
{
    *out = json.toString();
    return json.isString() ? checkLength(out->size(), kLongestText, in)
                           : wrong(FieldFault::WrongType);
}

Wrong Codec<QByteArray>::read(const QJsonValue &json, QByteArray *out, Reading in)
{
    QString text;
    Wrong fault = Codec<QString>::read(json, &text, in);
    if (!fault && !isLatin1(text)) {
        fault = wrong(FieldFault::BadValue);
    }
    *out = text.toLatin1();
    return fault;
}

QJsonValue Codec<QUrl>::write(const QUrl &value, JsonForm form)
{
    return form == JsonForm::Stored ? publicUrl(value) : QString::fromLatin1(value.toEncoded());
}

Wrong Codec<QUrl>::read(const QJsonValue &json, QUrl *out, Reading in)
{
    QString text;
    Wrong fault = Codec<QString>::read(json, &text, in);
    *out = QUrl(text, QUrl::StrictMode);
    if (!fault && !text.isEmpty() && !out->isValid()) {
        fault = wrong(FieldFault::BadValue);
    }
    return fault;
}

QJsonValue Codec<QDateTime>::write(const QDateTime &value, JsonForm /*form*/)
{
    return value.isValid() ? QJsonValue(timeText(value)) : QJsonValue();
}

Wrong Codec<QDateTime>::read(const QJsonValue &json, QDateTime *out, Reading in)
{
    QString text;
    const Wrong fault = Codec<QString>::read(json, &text, in);
    *out = QDateTime::fromString(text, Qt::ISODateWithMs);
    // Written back, it must be the same text: so no other zone and no shorter form is one.
    const bool isTime = out->isValid() && timeText(*out) == text;
    return fault || isTime ? fault : wrong(FieldFault::BadValue);
}

QJsonValue ObjectReader::take(QLatin1StringView name)
{
    m_taken.append(name);
    return m_object.value(name);
}

Wrong ObjectReader::unknownMember() const
{
    if (m_form == JsonForm::Stored) {
        return {};
    }
    for (auto member = m_object.begin(); member != m_object.end(); ++member) {
        const auto isIt = [&member](QLatin1StringView name) { return member.key() == name; };
        if (std::ranges::none_of(m_taken, isIt)) {
            return FieldError{FieldFault::Unknown, member.key()};
        }
    }
    return {};
}

} // namespace json

} // namespace core
