// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QString>

namespace ui {

/// An icon of ours, from :/icons. What it draws in `currentColor` takes the text colour of the
/// palette at the time of painting, so that it is right in light and dark and on a selection.
[[nodiscard]] QIcon icon(const QString &name);
/// The same with `currentColor` fixed.
[[nodiscard]] QIcon icon(const QString &name, const QColor &colour);

} // namespace ui
