// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QJsonValue>
#include <QUrl>

#include <limits>
#include <optional>
#include <utility>

namespace core {

/// Whole numbers up to here are exact as JSON numbers.
inline constexpr qint64 kMaxJsonInteger = qint64(1) << 53;

/// Takes the members of an object one after the other into variables. A member that is absent or
/// null leaves the variable as it is; one of another type, or out of bounds, spoils the whole.
class JsonReader {
public:
    explicit JsonReader(QJsonObject object)
        : m_object(std::move(object))
    {
    }

    void read(QLatin1StringView key, QString *out);
    void read(QLatin1StringView key, QUrl *out);
    /// UTC, as written by isoTime().
    void read(QLatin1StringView key, QDateTime *out);
    /// Not negative.
    void read(QLatin1StringView key, int *out, int max = std::numeric_limits<int>::max());
    void read(QLatin1StringView key, qint64 *out);
    void read(QLatin1StringView key, std::optional<qint64> *out);

    /// An enumerator by its name.
    template <typename T, typename Parse>
    void readName(QLatin1StringView key, T *out, Parse parse)
    {
        QString text;
        if (!isPresent(key)) {
            return;
        }
        read(key, &text);
        if (const std::optional<T> value = parse(text)) {
            *out = *value;
        } else {
            spoil();
        }
    }

    /// Spoils when there is no such member.
    void require(QLatin1StringView key);
    void spoil() { m_isGood = false; }

    [[nodiscard]] bool isPresent(QLatin1StringView key) const;
    [[nodiscard]] QJsonValue value(QLatin1StringView key) const { return m_object.value(key); }
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    QJsonObject m_object;
    bool m_isGood = true;
};

/// An enumerator, as readName() takes it.
template <typename T>
[[nodiscard]] QJsonValue nameOf(T value)
{
    return QString::fromLatin1(name(value));
}

/// "2026-01-15T12:00:00.000Z"; null for no time.
[[nodiscard]] QJsonValue isoTime(const QDateTime &time);
/// Without name and password, whoever put them there.
[[nodiscard]] QJsonValue publicUrl(const QUrl &url);

} // namespace core
