// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/header_edit.h"

#include <QCoreApplication>
#include <QPlainTextEdit>
#include <QTextDocument>

namespace ui {

QPlainTextEdit *makeHeaderEdit(QWidget *parent)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setObjectName(QStringLiteral("headersEdit"));
    edit->setAccessibleName(QCoreApplication::translate("ui::HeaderEdit", "Request headers"));
    edit->setPlaceholderText(QStringLiteral("Referer: https://…\nCookie: …"));
    edit->setTabChangesFocus(true);
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    setLinesShown(edit, 3);
    return edit;
}

void setLinesShown(QPlainTextEdit *edit, int lines)
{
    const int margins = 2 * (edit->frameWidth() + int(edit->document()->documentMargin()));
    const int height = edit->fontMetrics().lineSpacing() * lines + margins;
    edit->setMinimumHeight(height);
    edit->setMaximumHeight(height);
    edit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

} // namespace ui
