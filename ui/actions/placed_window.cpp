// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/placed_window.h"

#include <QEvent>
#include <QWidget>
#include <QWindow>

#include <utility>

namespace ui {

PlacedWindow::PlacedWindow(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

void PlacedWindow::whenPlaced(std::function<void()> then)
{
    QWindow *handle = m_window->windowHandle();
    const bool isComing = m_window->isVisible() && !m_window->isMinimized() && handle != nullptr;
    m_isPlaced = m_isPlaced || (isComing && handle->isExposed());
    if (m_isPlaced || !isComing) {
        then();
        return;
    }
    if (m_waiting.empty()) {
        handle->installEventFilter(this);
    }
    m_waiting.push_back(std::move(then));
}

bool PlacedWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Expose && watched == m_window->windowHandle() &&
        m_window->windowHandle()->isExposed()) {
        watched->removeEventFilter(this);
        m_isPlaced = true;
        for (const auto &then : std::exchange(m_waiting, {})) {
            // Not from within the event that the window is first painted by.
            QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
