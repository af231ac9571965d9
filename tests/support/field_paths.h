// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/fields.h"

#include <QList>
#include <QStringList>

#include <optional>
#include <variant>

/// Two values held against each other by their tables of fields: what differs, by its path, such
/// as "options.trusted[0].port".
namespace field_paths {

enum class Looking {
    ForDifferences,
    ForEqual, ///< of two values that should have nothing in common; of lists only the first
};

template <typename T>
struct Comparison {
    static void run(const T &a, const T &b, Looking looking, const QString &path, QStringList *out)
    {
        if constexpr (core::Described<T>) {
            core::forEachField<T>([&](const auto &row) { onRow(row, a, b, looking, path, out); });
        } else if ((a == b) == (looking == Looking::ForEqual)) {
            out->append(path);
        }
    }

private:
    template <typename M>
    static void onRow(const core::Field<T, M> &field, const T &a, const T &b, Looking looking,
                      const QString &path, QStringList *out)
    {
        const auto name = QString::fromLatin1(field.name);
        Comparison<M>::run(a.*field.member, b.*field.member, looking,
                           path.isEmpty() ? name : QString(path + u'.' + name), out);
    }
    template <typename M>
    static void onRow(const core::Flat<T, M> &flat, const T &a, const T &b, Looking looking,
                      const QString &path, QStringList *out)
    {
        Comparison<M>::run(a.*flat.member, b.*flat.member, looking, path, out);
    }
    template <typename R>
    static void onRow(const core::Derived<T, R> & /*derived*/, const T & /*a*/, const T & /*b*/,
                      Looking /*looking*/, const QString & /*path*/, QStringList * /*out*/)
    {
    }
};

template <typename T>
struct Comparison<std::optional<T>> {
    static void run(const std::optional<T> &a, const std::optional<T> &b, Looking looking,
                    const QString &path, QStringList *out)
    {
        if (a && (b || looking == Looking::ForEqual)) {
            Comparison<T>::run(*a, b.value_or(T{}), looking, path, out);
        } else if (a.has_value() != b.has_value() || looking == Looking::ForEqual) {
            out->append(path);
        }
    }
};

template <typename T>
struct Comparison<QList<T>> {
    static void run(const QList<T> &a, const QList<T> &b, Looking looking, const QString &path,
                    QStringList *out)
    {
        if (looking == Looking::ForEqual && !a.isEmpty()) {
            Comparison<T>::run(a.first(), b.value(0), looking, path + QStringLiteral("[0]"), out);
        } else if (looking == Looking::ForEqual || a.size() != b.size()) {
            out->append(path);
        } else {
            for (qsizetype i = 0; i < a.size(); ++i) {
                Comparison<T>::run(a.at(i), b.at(i), looking,
                                   QStringLiteral("%1[%2]").arg(path).arg(i), out);
            }
        }
    }
};

template <typename... Kinds>
struct Comparison<std::variant<Kinds...>> {
    using Value = std::variant<Kinds...>;
    static void run(const Value &a, const Value &b, Looking looking, const QString &path,
                    QStringList *out)
    {
        const auto run = [&]<typename T>(const T &kind) {
            const T *const other = std::get_if<T>(&b);
            if (!other && looking == Looking::ForDifferences) {
                out->append(path);
            } else {
                Comparison<T>::run(kind, other ? *other : T{}, looking, path, out);
            }
        };
        std::visit(run, a);
    }
};

/// The paths at which the two are not the same.
template <typename T>
[[nodiscard]] QStringList differences(const T &a, const T &b)
{
    QStringList paths;
    Comparison<T>::run(a, b, Looking::ForDifferences, {}, &paths);
    return paths;
}

/// The paths at which the value has nothing of its own, but what it was made with.
template <typename T>
[[nodiscard]] QStringList defaults(const T &value)
{
    QStringList paths;
    Comparison<T>::run(value, T{}, Looking::ForEqual, {}, &paths);
    return paths;
}

} // namespace field_paths
