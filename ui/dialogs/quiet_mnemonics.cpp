// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/quiet_mnemonics.h"

#include <QApplication>
#include <QDialog>
#include <QKeyEvent>

namespace ui {

QuietMnemonics::QuietMnemonics(QDialog *dialog)
    : QObject(dialog)
{
    qApp->installEventFilter(this);
}

bool QuietMnemonics::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return false;
    }
    const auto *widget = qobject_cast<const QWidget *>(watched);
    const auto *key = static_cast<const QKeyEvent *>(event);
    return widget != nullptr && widget->window() == parent() &&
           key->modifiers() == Qt::AltModifier && !key->text().isEmpty() &&
           key->text().front().isPrint();
}

} // namespace ui
