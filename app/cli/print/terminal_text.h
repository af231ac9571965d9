// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace cli {

/// Text from outside as it may be written to a terminal: control characters become \xNN, invisible
/// formatting (bidirectional marks, zero-width characters, line separators) \uNNNN. Nothing that
/// comes from a server can move the cursor or reorder a line.
[[nodiscard]] QString terminalText(const QString &outside);

/// terminalText() in quotation marks, shortened in the middle beyond 120 characters.
[[nodiscard]] QString quoted(const QString &outside);

/// How many cells of a terminal the text takes: 2 for wide characters, 0 for combining ones.
[[nodiscard]] int displayWidth(QStringView text);

/// The text in at most `width` cells, with an ellipsis in the middle where something was left out:
/// the beginning and the extension of a name both matter.
[[nodiscard]] QString elided(const QString &text, int width);

/// elided(), filled with spaces to exactly `width` cells.
[[nodiscard]] QString padded(const QString &text, int width);

/// One line a row, indented by two: the left texts padded to one width, `gap` spaces, the right
/// ones.
[[nodiscard]] QString twoColumns(const QList<std::pair<QString, QString>> &rows, int gap);

/// Names are not shortened below this, in cells.
inline constexpr int kNarrowestName = 12;

} // namespace cli
