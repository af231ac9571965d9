// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/form_parts.h"

namespace ui {

QLabel *makeLabel(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text);
    label->setBuddy(buddy);
    return label;
}

void keepRoom(QWidget *widget)
{
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(policy);
    widget->setMinimumHeight(qMax(widget->minimumHeight(), widget->fontMetrics().lineSpacing()));
}

} // namespace ui
