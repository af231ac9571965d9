// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMenu>

#include <optional>

class QActionGroup;

namespace ui {

/// The speed limits a person can choose from, with the one that holds now ticked.
class SpeedLimitMenu final : public QMenu {
    Q_OBJECT
public:
    /// `window`: over which it is asked for another one.
    SpeedLimitMenu(const QString &title, QWidget *window);

    /// Nothing for no limit.
    void setLimit(std::optional<qint64> bytesPerSecond);
    /// It is for jobs that differ: none is ticked.
    void setSeveral();

Q_SIGNALS:
    /// 0: none.
    void chosen(qint64 bytesPerSecond);

private:
    void fill();
    void askForOther();

    QWidget *m_window;
    QActionGroup *m_choices; ///< one of them holds
    std::optional<qint64> m_now;
    bool m_isOne = true;
};

} // namespace ui
