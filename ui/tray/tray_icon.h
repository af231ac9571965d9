// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusServiceWatcher>
#include <QMenu>
#include <QSystemTrayIcon>

namespace ui {

class JobListModel;

/// The icon in the tray of the desktop: whether work goes on and whether somebody is needed.
class TrayIcon final : public QObject {
    Q_OBJECT
public:
    enum class Look { Idle, Busy, Attention };

    TrayIcon(const JobListModel *model, QObject *parent = nullptr);
    ~TrayIcon() override;

    /// Puts the icon into the tray, now or when there comes to be one; again after the panel of the
    /// desktop was started anew.
    void show();
    [[nodiscard]] bool isThere() const;
    /// Shows a sentence beside the icon, for a while.
    void tell(const QString &title, const QString &sentence);

    [[nodiscard]] Look look() const { return m_look; }
    [[nodiscard]] QString toolTip() const { return m_icon.toolTip(); }
    [[nodiscard]] QMenu *menu() { return &m_menu; }

Q_SIGNALS:
    void toggleRequested();
    void addRequested();
    void suspendAllRequested();
    void resumeAllRequested();
    void quitRequested();
    /// The panel of the desktop that had the icon has ended.
    void gone();

private:
    void fillMenu();
    void follow();
    void setLook(Look look);

    const JobListModel *m_model;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QDBusServiceWatcher m_panel;
    Look m_look = Look::Idle;
};

} // namespace ui
