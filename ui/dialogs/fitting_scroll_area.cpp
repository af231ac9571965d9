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
    for (const QWidget *each : widget()->findChildren<QWidget *>()) {
        each->ensurePolished(); // else headings are measured in another font than they are shown in
    }
    const int width =
        qMax(fontMetrics().averageCharWidth() * kLineLength, minimumSizeHint().width());
    return {width, heightFor(width)};
}

QSize FittingScrollArea::minimumSizeHint() const
{
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(),
            fontMetrics().lineSpacing() * 6};
}

/// As large as a window can be and have its frame on the screen.
QSize FittingScrollArea::room() const
{
    return window()->screen()->availableSize() * 9 / 10;
}

void FittingScrollArea::fitWindow()
{
    QWidget *const top = window();
    if (!top->isVisible() && !top->testAttribute(Qt::WA_Resized)) {
        for (QWidget *each : widget()->findChildren<QWidget *>()) {
            each->updateGeometry(); // what was opened while nothing was shown has told nobody
        }
        updateGeometry();
        top->ensurePolished();
        const QSize wanted = top->sizeHint().boundedTo(room());
        top->resize(wanted.width(), qMin(qMax(wanted.height(), top->heightForWidth(wanted.width())),
                                         room().height()));
    }
}

void FittingScrollArea::growWindow()
{
    QWidget *const top = window();
    if (!isVisible() || top->isMaximized() || top->isFullScreen()) {
        return;
    }
    const int missing = heightFor(viewport()->width()) - viewport()->height();
    if (missing > 0 && top->height() < room().height()) {
        const int height = qMin(top->height() + missing, room().height());
        const QRect screen = top->screen()->availableGeometry();
        const int below = top->frameGeometry().bottom() + height - top->height() - screen.bottom();
        if (below > 0) {
            top->move(top->x(), qMax(screen.top(), top->y() - below));
        }
        top->resize(top->width(), height);
    }
}

bool FittingScrollArea::eventFilter(QObject *watched, QEvent *event)
{
    const bool handled = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    return handled;
}

} // namespace ui
