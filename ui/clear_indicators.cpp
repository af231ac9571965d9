// SPDX-License-Identifier: Apache-2.0
#include "ui/clear_indicators.h"

#include "ui/views/job_look.h"

#include <QApplication>
#include <QPainter>
#include <QStyleOption>

namespace ui {

namespace {

const QString kQtsOwn = QStringLiteral("fusion");

} // namespace

ClearIndicators::ClearIndicators()
    : QProxyStyle(kQtsOwn)
{
}

void ClearIndicators::install()
{
    if (QApplication::style()->name().compare(kQtsOwn, Qt::CaseInsensitive) == 0) {
        QApplication::setStyle(new ClearIndicators);
    }
}

/// Many themes give no colour for it, and Qt's own is made for a light ground.
void ClearIndicators::polish(QPalette &palette)
{
    QProxyStyle::polish(palette);
    palette.setColor(QPalette::PlaceholderText,
                     blend(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.55));
}

void ClearIndicators::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                    QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isRound = element == PE_IndicatorRadioButton;
    if (!isRound && element != PE_IndicatorCheckBox) {
        return;
    }
    const QPalette &palette = option->palette;
    painter->save();
    painter->setPen(blend(palette.color(QPalette::Base), palette.color(QPalette::Text),
                          option->state.testFlag(State_Enabled) ? 0.55 : 0.3));
    painter->setBrush(Qt::NoBrush);
    if (isRound) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->drawEllipse(QRectF(option->rect).adjusted(1, 1, -1, -1));
    } else {
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

} // namespace ui
