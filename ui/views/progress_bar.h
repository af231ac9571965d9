// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QRect>

class QPainter;

namespace ui {

/// A thin bar: two filled rounded rectangles, many times cheaper than the bar of a style. Grows
/// from the side where reading starts.
void paintProgress(QPainter *painter, const QRect &rect, double fraction, const QColor &done,
                   const QColor &rest, Qt::LayoutDirection direction);

/// The same where nobody knows how much there will be: dashes that promise nothing.
void paintUnknownProgress(QPainter *painter, const QRect &rect, const QColor &colour);

} // namespace ui
