// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>
#include <vector>

class QWidget;

namespace ui {

/// Knows when a window has got its place on the screen. A dialog that is shown before is put over
/// where the window would have been, often the corner of the screen.
class PlacedWindow final : public QObject {
    Q_OBJECT
public:
    explicit PlacedWindow(QWidget *window);

    /// Carries it out as soon as the window has a place: at once, unless it is just being shown for
    /// the first time.
    void whenPlaced(std::function<void()> then);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_window;
    bool m_isPlaced = false;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace ui
