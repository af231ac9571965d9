// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusServiceWatcher>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace ui {

class JobListModel;

/// The icon in the tray of the desktop: whether work goes on and whether somebody is needed.
class TrayIcon final : public QObject {
    Q_OBJECT
public:
    enum class Look { Idle, Busy, Attention };

    /// Whether the desktop has a tray at the moment.
    using HasTray = std::function<bool()>;
    /// So often it is looked for: only some trays tell of themselves.
    static constexpr std::chrono::seconds kLook{3};

    explicit TrayIcon(const JobListModel *model, QObject *parent = nullptr,
                      HasTray hasTray = &QSystemTrayIcon::isSystemTrayAvailable,
                      std::chrono::milliseconds lookEvery = kLook);
    ~TrayIcon() override;

    /// Puts the icon into the tray, now or when there comes to be one; again after the panel of the
    /// desktop was started anew.
    void show();
    [[nodiscard]] bool isThere() const { return m_isThere; }
    /// Shows a sentence beside the icon, for a while.
    void tell(const QString &title, const QString &sentence);

    [[nodiscard]] Look shownLook() const { return m_look; }
    [[nodiscard]] QString toolTip() const { return m_icon->toolTip(); }
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
    void makeIcon();
    void look();
    void follow();
    void setLook(Look look);

    const JobListModel *m_model;
    QMenu m_menu;
    HasTray m_hasTray;
    std::unique_ptr<QSystemTrayIcon> m_icon; ///< a new one for each tray: what kind is decided then
    QDBusServiceWatcher m_panel;
    QTimer m_lookAgain;
    bool m_isThere = false;
    Look m_look = Look::Idle;
};

} // namespace ui
