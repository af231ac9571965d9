// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace ui {

/// A label whose mnemonic leads to the field.
[[nodiscard]] QLabel *makeLabel(const QString &text, QWidget *buddy);

/// What comes and goes with what is typed has its room from the beginning: the buttons stay where
/// they are.
void keepRoom(QWidget *widget);

} // namespace ui
