// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// What stands in place of an empty list: why it is empty, and what to do.
class EmptyState final : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// There are no jobs at all.
    void showWelcome();
    /// There are jobs, but the filter lets none through.
    void showNoMatch();

Q_SIGNALS:
    void addRequested();
    void showAllRequested();

private:
    void showText(const QString &title, const QString &text, const QString &button);
    void showIcon();

    bool m_isWelcome = true;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace ui
