// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_fields.h"

#include <QTimeZone>

/// Makes values in which every member has something of its own, whatever their type, from the
/// tables of fields. Of a variant each sample is of the next kind.
class SampleValues {
public:
    /// Something else than this value.
    template <typename T>
    [[nodiscard]] T otherThan(const T &value)
    {
        ++m_number;
        if constexpr (std::is_same_v<T, bool>) {
            return !value;
        } else if constexpr (core::NamedEnum<T>) {
            constexpr auto kAll = core::allOf<T>();
            return value == kAll.front() ? kAll.back() : kAll.front();
        } else if constexpr (std::is_arithmetic_v<T> || requires { typename T::period; }) {
            const auto number = T(1 + m_number % kLargest);
            return number == value ? T(kLargest) : number;
        } else if constexpr (core::Described<T>) {
            return filled(T{});
        } else {
            return made(value);
        }
    }

private:
    static constexpr int kLargest = 900; ///< every number of ours may be so large

    [[nodiscard]] QString numbered(const QString &text) { return text.arg(m_number); }

    QString made(const QString & /*old*/) { return numbered(QStringLiteral("ä\n\"%1\" \u202e")); }
    QByteArray made(const QByteArray & /*old*/)
    {
        return QByteArray::number(m_number, 16).rightJustified(64, 'a');
    }
    QUrl made(const QUrl & /*old*/)
    {
        return QUrl(numbered(QStringLiteral("https://anna:pw@example.org:8443/%C3%BC/%1?a=%26#b")));
    }
    QDateTime made(const QDateTime & /*old*/)
    {
        return QDateTime(QDate(2026, 1, 15), QTime(12, 0, 0, 7), QTimeZone::utc())
            .toUTC()
            .addSecs(m_number);
    }
    core::JobId made(core::JobId /*old*/) { return {m_number}; }
    core::ExpectedHash made(const core::ExpectedHash & /*old*/)
    {
        return {core::ExpectedHash::Algorithm::Sha512, made(QByteArray()) + made(QByteArray())};
    }
    template <typename T>
    std::optional<T> made(const std::optional<T> & /*old*/)
    {
        return otherThan(T{});
    }
    template <typename T>
    QList<T> made(const QList<T> & /*old*/)
    {
        QList<T> list;
        while (list.size() < lengthOf<T>()) {
            list.append(otherThan(T{}));
        }
        return list;
    }
    template <typename... Kinds>
    std::variant<Kinds...> made(const std::variant<Kinds...> & /*old*/)
    {
        const std::size_t wanted = m_kind++ % sizeof...(Kinds);
        std::variant<Kinds...> sample;
        std::size_t index = 0;
        ((index++ == wanted ? void(sample = filled(Kinds{})) : void()), ...);
        return sample;
    }

    template <typename T>
    T filled(T value)
    {
        core::forEachField<T>([&](const auto &row) { fill(row, &value); });
        return value;
    }
    template <typename T, typename M>
    void fill(const core::Field<T, M> &field, T *value)
    {
        M &member = value->*field.member;
        member = otherThan(member);
        if constexpr (std::is_same_v<M, QString>) {
            if (field.isGood && !field.isGood(member)) {
                member = QStringLiteral("NewLink");
            }
        }
    }
    template <typename T, typename M>
    void fill(const core::Flat<T, M> &flat, T *value)
    {
        value->*flat.member = otherThan(value->*flat.member);
    }
    template <typename T, typename R>
    void fill(const core::Derived<T, R> & /*derived*/, T * /*value*/)
    {
    }

    /// One of each kind, where there are kinds.
    template <typename T>
    static constexpr qsizetype lengthOf()
    {
        if constexpr (requires { std::variant_size<T>::value; }) {
            return std::variant_size_v<T>;
        } else if constexpr (requires(T value) {
                                 std::variant_size<decltype(value.what)>::value;
                             }) {
            return std::variant_size_v<decltype(T::what)>;
        } else {
            return 2;
        }
    }

    int m_number = 0;
    std::size_t m_kind = 0;
};
