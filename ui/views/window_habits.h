// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"

class QSettings;

namespace ui {

/// What becomes of jobs under way when their window goes and there is no tray.
enum class WhenClosed {
    Ask,
    GoOn, ///< in the background
    Pause
};

} // namespace ui

template <>
struct core::EnumRows<ui::WhenClosed> {
    static constexpr std::array rows{
        EnumRow{ui::WhenClosed::Ask, "Ask"},
        EnumRow{ui::WhenClosed::GoOn, "GoOn"},
        EnumRow{ui::WhenClosed::Pause, "Pause"},
    };
};

namespace ui {

/// As the person chose it last, for this computer.
[[nodiscard]] WhenClosed whenClosed(const QSettings &layout);
void setWhenClosed(QSettings *layout, WhenClosed choice);

} // namespace ui
