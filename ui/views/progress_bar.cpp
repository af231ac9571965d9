// SPDX-License-Identifier: Apache-2.0
#include "ui/views/progress_bar.h"

#include "ui/views/job_look.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr double kLighter = 0.5; ///< of the way to what is certain

void paintPart(QPainter *painter, const QRect &rect, double fraction, const QColor &colour,
               Qt::LayoutDirection direction)
{
    if (fraction <= 0) {
        return;
    }
    const qreal radius = rect.height() / 2.0;
    // Never less than a dot, or the first megabytes would look like nothing.
    const int width = std::max(rect.height(), int(rect.width() * std::min(1.0, fraction)));
    QRect part(rect.left(), rect.top(), width, rect.height());
    if (direction == Qt::RightToLeft) {
        part.moveRight(rect.right());
    }
    painter->setBrush(colour);
    painter->drawRoundedRect(part, radius, radius);
}

} // namespace

void paintProgress(QPainter *painter, const QRect &rect, const Fractions &fractions,
                   const QColor &done, const QColor &rest, Qt::LayoutDirection direction)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    paintPart(painter, rect, 1.0, rest, direction);
    if (fractions.certain < fractions.done) {
        paintPart(painter, rect, fractions.done, blend(rest, done, kLighter), direction);
    }
    paintPart(painter, rect, fractions.certain, done, direction);
    painter->restore();
}

void paintUnknownProgress(QPainter *painter, const QRect &rect, const QColor &colour)
{
    const int dash = rect.height() * 3;
    const qreal radius = rect.height() / 2.0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    for (int left = rect.left(); left + dash <= rect.right() + 1; left += 2 * dash) {
        painter->drawRoundedRect(QRect(left, rect.top(), dash, rect.height()), radius, radius);
    }
    painter->restore();
}

} // namespace ui
