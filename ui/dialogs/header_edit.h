// SPDX-License-Identifier: Apache-2.0
#pragma once

class QPlainTextEdit;
class QWidget;

namespace ui {

/// A small box for "Name: value" lines, three lines high whatever the font. Tab leaves it.
[[nodiscard]] QPlainTextEdit *makeHeaderEdit(QWidget *parent);

/// Makes a text box as high as that many lines of its font.
void setLinesShown(QPlainTextEdit *edit, int lines);

} // namespace ui
