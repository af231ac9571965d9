// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"
#include "core/job/fields.h"

#include <QList>

#include <optional>
#include <string_view>
#include <variant>

namespace core {

/// What a value looks like on its way: the names of its members and of what may stand in them, in
/// order, as one number (FNV-1a). Types whose tables differ have different ones, by all odds.
class Shape {
public:
    [[nodiscard]] constexpr quint32 number() const { return m_number; }

    constexpr void add(std::string_view name)
    {
        constexpr quint32 kPrime = 16'777'619;
        for (const char letter : name) {
            m_number = (m_number ^ static_cast<unsigned char>(letter)) * kPrime;
        }
        m_number = (m_number ^ 0xffU) * kPrime; // "a", "bc" is not "ab", "c"
    }
    template <typename T>
    constexpr void add()
    {
        Adding<T>::run(this);
    }

private:
    template <typename T>
    struct Adding {
        static constexpr void run(Shape *shape)
        {
            if constexpr (Described<T>) {
                shape->add("{");
                forEachField<T>([shape](const auto &row) { shape->addRow(row); });
                shape->add("}");
            } else if constexpr (NamedEnum<T>) {
                for (const auto &row : rowsOf<T>()) {
                    shape->add(row.name);
                }
            } else {
                shape->add(std::is_arithmetic_v<T> ? "number" : "text");
            }
        }
    };
    template <typename T>
    struct Adding<std::optional<T>> {
        static constexpr void run(Shape *shape)
        {
            shape->add("?");
            shape->add<T>();
        }
    };
    template <typename T>
    struct Adding<QList<T>> {
        static constexpr void run(Shape *shape)
        {
            shape->add("[]");
            shape->add<T>();
        }
    };
    template <typename... Kinds>
    struct Adding<std::variant<Kinds...>> {
        static constexpr void run(Shape *shape) { (shape->addKind<Kinds>(), ...); }
    };

    template <typename Kind>
    constexpr void addKind()
    {
        if constexpr (requires { Kind::kName; }) {
            add(Kind::kName);
        }
        add<Kind>();
    }
    template <typename T, typename M>
    constexpr void addRow(const Field<T, M> &field)
    {
        add(field.name);
        add<M>();
    }
    template <typename T, typename M>
    constexpr void addRow(const Flat<T, M> & /*flat*/)
    {
        add<M>();
    }
    template <typename T, typename R>
    constexpr void addRow(const Derived<T, R> & /*derived*/) // never read
    {
    }

    quint32 m_number = 2'166'136'261;
};

} // namespace core
