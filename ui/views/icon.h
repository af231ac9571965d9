// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QString>

namespace ui {

/// An icon of ours, from :/icons, in its own colours; one shape in the colour of disabled text
/// where it is disabled.
[[nodiscard]] QIcon icon(const QString &name);
/// The same with what it draws in `currentColor` in this colour.
[[nodiscard]] QIcon icon(const QString &name, const QColor &colour);

} // namespace ui
