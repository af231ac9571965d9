// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

namespace core {

/// What holds for a member besides its type.
struct FieldRule {
    bool isRequired = false; ///< a stored value without it is none; in a message every field is
    bool isSecret = false;   ///< goes into messages only: never stored, never printed
    qint64 max = std::numeric_limits<qint64>::max(); ///< number, or length of a text or list
};

inline constexpr FieldRule kRequired{.isRequired = true};
inline constexpr FieldRule kSecret{.isSecret = true};

/// One member of a value, and its name outside of the program.
template <typename T, typename M>
struct Field {
    const char *name;
    M T::*member;
    FieldRule rule{};
    bool (*isGood)(const M &) = nullptr; ///< what else is asked of a value that is read
};
template <typename T, typename M>
Field(const char *, M T::*, FieldRule = {}, bool (*)(const M &) = nullptr) -> Field<T, M>;

/// A member whose own fields stand among those of the value.
template <typename T, typename M>
struct Flat {
    M T::*member;
};
template <typename T, typename M>
Flat(M T::*) -> Flat<T, M>;

/// What follows from a value, for whoever reads its stored form from outside: never read back.
template <typename T, typename R>
struct Derived {
    const char *name;
    R (*of)(const T &);
};

/// The members of a value: specialized for it, with `table`, a tuple of Field, Flat and Derived.
/// Its JSON forms come from there (see json.h), and whatever else has to go through all of it.
template <typename T>
struct Fields;

template <typename T>
requires std::is_empty_v<T>
struct Fields<T> {
    static constexpr std::tuple<> table{};
};

/// A value with such a table.
template <typename T>
concept Described = requires
{
    Fields<T>::table;
};

namespace fields {

struct Anything {
    template <typename T>
    operator T() const noexcept; // NOLINT(google-explicit-constructor): stands for any member
};

template <typename T, std::size_t... I>
[[nodiscard]] consteval bool hasMembers(std::index_sequence<I...> /*each*/)
{
    return requires
    {
        T{(void(I), Anything{})...};
    };
}

inline constexpr std::size_t kMostMembers = 32;

template <typename T, std::size_t Count = kMostMembers>
[[nodiscard]] consteval std::size_t memberCount()
{
    if constexpr (Count == 0 || hasMembers<T>(std::make_index_sequence<Count>{})) {
        return Count;
    } else {
        return memberCount<T, Count - 1>();
    }
}

template <typename Row>
inline constexpr bool isDerived = false;
template <typename T, typename R>
inline constexpr bool isDerived<Derived<T, R>> = true;

template <typename... Rows>
[[nodiscard]] consteval std::size_t memberCountOf(const std::tuple<Rows...> & /*table*/)
{
    return (std::size_t(!isDerived<Rows>) + ... + 0);
}

} // namespace fields

/// The table of T, which names every member of it.
template <Described T>
[[nodiscard]] consteval const auto &fieldsOf()
{
    if constexpr (std::is_aggregate_v<T>) {
        static_assert(fields::memberCountOf(Fields<T>::table) == fields::memberCount<T>(),
                      "the table has one row per member");
    }
    return Fields<T>::table;
}

/// Calls `visit(row)` for every row of the table of T, in order.
template <Described T, typename Visit>
constexpr void forEachField(Visit visit)
{
    std::apply([&visit](const auto &...row) { (visit(row), ...); }, fieldsOf<T>());
}

} // namespace core
