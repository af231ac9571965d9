// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace core {

/// An enumerator and its stable name, for the store, logs and JSON.
template <typename E>
struct EnumRow {
    E value;
    const char *name;
};
template <typename E>
EnumRow(E, const char *) -> EnumRow<E>;

/// The table of an enumeration: specialized beside it, with `rows`, one EnumRow per enumerator in
/// their order. A row that is missing or out of place does not compile.
template <typename E>
struct EnumRows;

/// An enumeration that has such a table.
template <typename E>
concept NamedEnum = requires
{
    EnumRows<E>::rows;
};

/// Whether the value is one that has a name in the source.
template <auto Value>
[[nodiscard]] consteval bool isEnumerator()
{
    // "… Value = core::Cause::Offline]", but "… Value = (core::Cause)49]" where there is none.
    const std::string_view text = __PRETTY_FUNCTION__;
    return text[text.rfind("= ") + 2] != '(';
}

template <NamedEnum E>
[[nodiscard]] consteval bool everyEnumeratorHasItsRow()
{
    constexpr const auto &kRows = EnumRows<E>::rows;
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (std::size_t(kRows[i].value) != i) {
            return false;
        }
    }
    return isEnumerator<kRows.back().value>() && !isEnumerator<E(kRows.size())>();
}

/// The table of E, which is whole.
template <NamedEnum E>
[[nodiscard]] consteval const auto &rowsOf()
{
    static_assert(everyEnumeratorHasItsRow<E>(), "one row per enumerator, in their order");
    return EnumRows<E>::rows;
}

/// "RemoteChanged"
template <NamedEnum E>
[[nodiscard]] constexpr const char *name(E value)
{
    return rowsOf<E>()[std::size_t(value)].name;
}

/// The enumerator whose name() is exactly this text.
template <NamedEnum E>
[[nodiscard]] constexpr std::optional<E> parse(QStringView text)
{
    for (const EnumRow<E> &row : rowsOf<E>()) {
        if (text == QLatin1StringView(row.name)) {
            return row.value;
        }
    }
    return std::nullopt;
}

/// All of them, in order.
template <NamedEnum E>
[[nodiscard]] constexpr auto allOf()
{
    constexpr const auto &kRows = rowsOf<E>();
    std::array<E, kRows.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = kRows[i].value;
    }
    return all;
}

} // namespace core
