// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fitting_scroll_area.h"

#include <QEvent>
#include <QLayout>
#include <QScreen>
#include <QScrollBar>

namespace ui {

namespace {

/// A comfortable line of reading, in characters.
constexpr int kLineLength = 96;

} // namespace

FittingScrollArea::FittingScrollArea(QWidget *content, QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    content->installEventFilter(this);
}

int FittingScrollArea::heightFor(int width) const
{
    const QLayout *layout = widget()->layout();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                       : layout->totalSizeHint().height();
}

QSize FittingScrollArea::sizeHint() const
{
    const int width =
        qMax(fontMetrics().averageCharWidth() * kLineLength, minimumSizeHint().width());
    return {width, heightFor(width)};
}

QSize FittingScrollArea::minimumSizeHint() const
{
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(),
            fontMetrics().lineSpacing() * 6};
}

void FittingScrollArea::growWindow()
{
    QWidget *const top = window();
    if (!isVisible() || top->isMaximized() || top->isFullScreen()) {
        return;
    }
    const int missing = heightFor(viewport()->width()) - viewport()->height();
    const int room = screen()->availableGeometry().height() * 9 / 10;
    if (missing > 0 && top->height() < room) {
        top->resize(top->width(), qMin(top->height() + missing, room));
    }
}

bool FittingScrollArea::eventFilter(QObject *watched, QEvent *event)
{
    const bool handled = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        growWindow();
    }
    return handled;
}

} // namespace ui
