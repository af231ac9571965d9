// SPDX-License-Identifier: Apache-2.0
#include "ui/views/window_habits.h"

#include <QSettings>

namespace ui {

namespace {

const QString kWhenClosed = QStringLiteral("close/whenBusy");

} // namespace

WhenClosed whenClosed(const QSettings &layout)
{
    return core::parse<WhenClosed>(layout.value(kWhenClosed).toString()).value_or(WhenClosed::Ask);
}

void setWhenClosed(QSettings *layout, WhenClosed choice)
{
    layout->setValue(kWhenClosed, QString::fromLatin1(core::name(choice)));
}

} // namespace ui
