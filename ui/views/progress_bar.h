// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QRect>

class QPainter;

namespace ui {

/// How far something is, from 0 to 1.
struct Fractions {
    double done = 0;
    double certain = 0; ///< of it: what the other side has said that it has; the rest is lighter
};

/// A thin bar of filled rounded rectangles, many times cheaper than the bar of a style. Grows from
/// the side where reading starts.
void paintProgress(QPainter *painter, const QRect &rect, const Fractions &fractions,
                   const QColor &done, const QColor &rest, Qt::LayoutDirection direction);

/// The same where nobody knows how much there will be: dashes that promise nothing.
void paintUnknownProgress(QPainter *painter, const QRect &rect, const QColor &colour);

} // namespace ui
