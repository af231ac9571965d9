// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QUrl>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <optional>

namespace core {

/// Whole numbers up to here are exact as JSON numbers.
inline constexpr qint64 kMaxJsonInteger = qint64(1) << 53;

/// The two JSON forms of a value. Both are strict about types, bounds and enumerators.
enum class JsonForm {
    /// In the store, and printed. Secrets and logins in addresses are left out; what is absent has
    /// its default, and what a newer version added is ignored.
    Stored,
    /// Between programs: whole. What may be unknown may be absent or null; any other field must be
    /// there, one that is not known is refused, and texts and lists have bounds.
    Message,
};

/// Why something is not the JSON of a value.
enum class FieldFault { Missing, Unknown, WrongType, OutOfBounds, BadValue };

template <>
struct EnumRows<FieldFault> {
    static constexpr std::array rows{
        EnumRow{FieldFault::Missing, "Missing"},
        EnumRow{FieldFault::Unknown, "Unknown"},
        EnumRow{FieldFault::WrongType, "WrongType"},
        EnumRow{FieldFault::OutOfBounds, "OutOfBounds"},
        EnumRow{FieldFault::BadValue, "BadValue"},
    };
};

struct FieldError {
    FieldFault fault = FieldFault::Missing;
    QString path; ///< "spec.files[3].url"; empty for the value itself

    bool operator==(const FieldError &) const = default;
};

/// "spec.files[3].url: Missing"
[[nodiscard]] QString text(const FieldError &error);

/// Without name and password, whoever put them there.
[[nodiscard]] QString publicUrl(const QUrl &url);

namespace json {

using Wrong = std::optional<FieldError>;

struct Reading {
    JsonForm form = JsonForm::Stored;
    qint64 max = std::numeric_limits<qint64>::max();
};

/// The same error, seen from the value that this step leads on from.
[[nodiscard]] Wrong below(const QString &step, Wrong wrong);

[[nodiscard]] inline Wrong wrong(FieldFault fault)
{
    return FieldError{fault, {}};
}

[[nodiscard]] Wrong readInteger(const QJsonValue &json, qint64 *out, qint64 max);
[[nodiscard]] Wrong checkLength(qsizetype length, qsizetype bound, Reading in);

/// How a type is written and read. Nothing but a type of JSON reaches read(), never undefined.
template <typename T>
struct Codec;

template <>
struct Codec<bool> {
    static QJsonValue write(bool value, JsonForm /*form*/) { return value; }
    static Wrong read(const QJsonValue &json, bool *out, Reading in);
};

template <>
struct Codec<QString> {
    static QJsonValue write(const QString &value, JsonForm /*form*/) { return value; }
    static Wrong read(const QJsonValue &json, QString *out, Reading in);
};

/// Bytes as the characters of the same numbers, so that each value comes back as it was, whatever
/// coding the server had in mind.
template <>
struct Codec<QByteArray> {
    static QJsonValue write(const QByteArray &value, JsonForm /*form*/)
    {
        return QString::fromLatin1(value);
    }
    static Wrong read(const QJsonValue &json, QByteArray *out, Reading in);
};

template <>
struct Codec<QUrl> {
    static QJsonValue write(const QUrl &value, JsonForm form);
    static Wrong read(const QJsonValue &json, QUrl *out, Reading in);
};

/// "2026-01-15T12:00:00.000Z"; null for no time.
template <>
struct Codec<QDateTime> {
    static QJsonValue write(const QDateTime &value, JsonForm /*form*/);
    static Wrong read(const QJsonValue &json, QDateTime *out, Reading in);
};

/// Never negative.
template <std::integral T>
struct Codec<T> {
    static QJsonValue write(T value, JsonForm /*form*/) { return qint64(value); }
    static Wrong read(const QJsonValue &json, T *out, Reading in)
    {
        constexpr auto kMax =
            std::min(quint64(kMaxJsonInteger), quint64(std::numeric_limits<T>::max()));
        qint64 number = 0;
        const Wrong wrong = readInteger(json, &number, std::min(in.max, qint64(kMax)));
        *out = T(number);
        return wrong;
    }
};

/// The count; its unit is in the name of the field.
template <typename Rep, typename Period>
struct Codec<std::chrono::duration<Rep, Period>> {
    using Duration = std::chrono::duration<Rep, Period>;
    static QJsonValue write(const Duration &value, JsonForm /*form*/)
    {
        return qint64(value.count());
    }
    static Wrong read(const QJsonValue &json, Duration *out, Reading in)
    {
        qint64 count = 0;
        const Wrong wrong = readInteger(json, &count, std::min(in.max, kMaxJsonInteger));
        *out = Duration(count);
        return wrong;
    }
};

template <NamedEnum E>
struct Codec<E> {
    static QJsonValue write(E value, JsonForm /*form*/) { return QString::fromLatin1(name(value)); }
    static Wrong read(const QJsonValue &json, E *out, Reading /*in*/)
    {
        if (!json.isString()) {
            return wrong(FieldFault::WrongType);
        }
        const std::optional<E> value = parse<E>(json.toString());
        *out = value.value_or(*out);
        return value ? Wrong() : wrong(FieldFault::BadValue);
    }
};

template <typename T>
struct Codec<std::optional<T>> {
    static QJsonValue write(const std::optional<T> &value, JsonForm form)
    {
        return value ? QJsonValue(Codec<T>::write(*value, form)) : QJsonValue();
    }
    static Wrong read(const QJsonValue &json, std::optional<T> *out, Reading in)
    {
        return Codec<T>::read(json, &out->emplace(), in);
    }
};

inline constexpr qsizetype kMostListed = 100'000;

template <typename T>
struct Codec<QList<T>> {
    static QJsonArray write(const QList<T> &values, JsonForm form)
    {
        QJsonArray out;
        for (const T &value : values) {
            out.append(Codec<T>::write(value, form));
        }
        return out;
    }
    static Wrong read(const QJsonValue &json, QList<T> *out, Reading in)
    {
        if (!json.isArray()) {
            return wrong(FieldFault::WrongType);
        }
        const QJsonArray values = json.toArray();
        Wrong wrong = checkLength(values.size(), kMostListed, in);
        for (qsizetype i = 0; i < values.size() && !wrong; ++i) {
            wrong = Codec<T>::read(values.at(i), &out->emplaceBack(), {in.form});
            if (wrong) {
                wrong = below(QStringLiteral("[%1]").arg(i), std::move(wrong));
            }
        }
        return wrong;
    }
};

} // namespace json

} // namespace core
