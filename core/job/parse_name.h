// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <optional>
#include <ranges>

namespace core {

/// The enumerator of `all` whose name() is exactly this text.
template <std::ranges::input_range All>
[[nodiscard]] std::optional<std::ranges::range_value_t<All>> parseName(const All &all,
                                                                       QStringView text)
{
    for (const auto value : all) {
        if (text == QLatin1StringView(name(value))) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace core
