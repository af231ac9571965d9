// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace ui {

/// Qt's own style with an edge around boxes and round buttons that is seen on any ground. Its own
/// is a darker shade of the window, so that on a dark one an empty box is nothing at all. What
/// stands in an empty field is read on any ground, too.
class ClearIndicators final : public QProxyStyle {
    Q_OBJECT
public:
    ClearIndicators();

    /// Puts it in the place of Qt's own style, where the program has that one.
    static void install();

    using QProxyStyle::polish;
    void polish(QPalette &palette) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
};

} // namespace ui
