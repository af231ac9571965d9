// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/tray_icon.h"

#include "core/words/explain.h"
#include "ui/models/job_list_model.h"
#include "ui/views/icon.h"

#include <QDBusConnection>

namespace ui {

namespace {

QString iconNameOf(TrayIcon::Look look)
{
    switch (look) {
    case TrayIcon::Look::Idle:
        return QStringLiteral("bellhop");
    case TrayIcon::Look::Busy:
        return QStringLiteral("bellhop-busy");
    case TrayIcon::Look::Attention:
        return QStringLiteral("bellhop-attention");
    }
    Q_UNREACHABLE();
}

TrayIcon::Look lookOf(const JobListModel &model)
{
    if (model.count(JobGroup::NeedsAttention) > 0) {
        return TrayIcon::Look::Attention;
    }
    return model.count(JobGroup::Active) > 0 ? TrayIcon::Look::Busy : TrayIcon::Look::Idle;
}

/// Trays show tool tips as plain or as rich text, so nothing from outside stands in this one.
QString toolTipOf(const JobListModel &model)
{
    QStringList lines{QStringLiteral("Bellhop")};
    if (const int active = model.count(JobGroup::Active); active > 0) {
        lines.append(
            TrayIcon::tr("Active: %1, %2")
                .arg(QLocale().toString(active), core::formatRate(model.bytesPerSecond())));
    }
    if (const int stopped = model.count(JobGroup::NeedsAttention); stopped > 0) {
        lines.append(TrayIcon::tr("Needs attention: %1").arg(QLocale().toString(stopped)));
    }
    return lines.join(u'\n');
}

} // namespace

TrayIcon::TrayIcon(const JobListModel *model, QObject *parent, HasTray hasTray,
                   std::chrono::milliseconds lookEvery)
    : QObject(parent)
    , m_model(model)
    , m_hasTray(std::move(hasTray))
    , m_panel(QStringLiteral("org.kde.StatusNotifierWatcher"), QDBusConnection::sessionBus(),
              QDBusServiceWatcher::WatchForOwnerChange)
{
    fillMenu();
    makeIcon();
    connect(model, &JobListModel::summaryChanged, this, &TrayIcon::follow);
    connect(&m_panel, &QDBusServiceWatcher::serviceOwnerChanged, this, [this] {
        m_isThere = false; // the one that has come does not know the icon
        look();
    });
    m_lookAgain.setInterval(lookEvery);
    m_lookAgain.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_lookAgain, &QTimer::timeout, this, &TrayIcon::look);
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::makeIcon()
{
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(&m_menu);
    setLook(lookOf(*m_model));
    m_icon->setToolTip(toolTipOf(*m_model));
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger) {
                    Q_EMIT toggleRequested();
                }
            });
}

void TrayIcon::show()
{
    m_lookAgain.start();
    look();
}

void TrayIcon::look()
{
    if (!m_lookAgain.isActive()) {
        return; // nobody has asked for it
    }
    const bool hasTray = m_hasTray();
    const bool wasThere = std::exchange(m_isThere, hasTray);
    if (hasTray && !wasThere) {
        makeIcon();
        m_icon->show();
    } else if (!hasTray) {
        m_icon->hide();
        // Each time it is looked for: a window that is hidden must not stay so.
        Q_EMIT gone();
    }
}

void TrayIcon::tell(const QString &title, const QString &sentence)
{
    m_icon->showMessage(title, sentence, m_icon->icon());
}

void TrayIcon::fillMenu()
{
    m_menu.addAction(tr("Show or hide the window"), this, &TrayIcon::toggleRequested);
    m_menu.addAction(icon(QStringLiteral("add")), tr("Add…"), this, &TrayIcon::addRequested);
    m_menu.addSeparator();
    m_menu.addAction(icon(QStringLiteral("pause")), tr("Pause all"), this,
                     &TrayIcon::suspendAllRequested);
    m_menu.addAction(icon(QStringLiteral("resume")), tr("Resume all"), this,
                     &TrayIcon::resumeAllRequested);
    m_menu.addSeparator();
    m_menu.addAction(tr("Quit"), this, &TrayIcon::quitRequested);
}

void TrayIcon::follow()
{
    if (const Look look = lookOf(*m_model); look != m_look) {
        setLook(look);
    }
    if (const QString text = toolTipOf(*m_model); text != m_icon->toolTip()) {
        m_icon->setToolTip(text);
    }
}

void TrayIcon::setLook(Look look)
{
    m_look = look;
    m_icon->setIcon(icon(iconNameOf(look)));
}

} // namespace ui
