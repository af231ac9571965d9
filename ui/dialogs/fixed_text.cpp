// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixed_text.h"

#include <QApplication>
#include <QFocusEvent>
#include <QFontDatabase>

namespace ui {

FixedText::FixedText(qsizetype lineLength, QWidget *parent)
    : QLabel(parent)
    , m_lineLength(lineLength)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::StrongFocus); // selectable text alone is left out by Tab
    takeFont();
}

void FixedText::say(const QString &digits)
{
    QStringList lines;
    for (qsizetype at = 0; at < digits.size(); at += m_lineLength) {
        lines += digits.mid(at, m_lineLength);
    }
    setText(lines.join(u'\n'));
    setAccessibleDescription(digits);
}

void FixedText::focusInEvent(QFocusEvent *event)
{
    QLabel::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason) {
        setSelection(0, int(text().size())); // where the focus is can be seen, and copied
    }
}

void FixedText::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (!m_isTakingFont && event->type() == QEvent::FontChange) {
        takeFont();
    }
}

void FixedText::takeFont()
{
    m_isTakingFont = true;
    const QFont around = parentWidget() ? parentWidget()->font() : QApplication::font();
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (around.pointSizeF() > 0) {
        fixed.setPointSizeF(around.pointSizeF()); // large for those who asked for large
    }
    setFont(fixed);
    m_isTakingFont = false;
}

} // namespace ui
