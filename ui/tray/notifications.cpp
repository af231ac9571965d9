// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/notifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QGuiApplication>

#include <utility>

namespace ui {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");

QDBusMessage method(const QString &name)
{
    return QDBusMessage::createMethodCall(kService, kPath, kService, name);
}

} // namespace

Notifications::Notifications(QDBusConnection bus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    if (m_bus.isConnected()) {
        listen();
    }
}

void Notifications::listen()
{
    m_bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                  SLOT(onActionInvoked(uint, QString)));
    m_bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                  SLOT(onNotificationClosed(uint, uint)));
    // Another daemon can do other things, and knows none of the old numbers.
    auto *watcher =
        new QDBusServiceWatcher(kService, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, [this] {
        m_capabilities.reset();
        m_shown.clear();
    });
}

void Notifications::show(const Notification &notification, std::function<void(Shown)> then)
{
    if (!m_bus.isConnected()) {
        then(Shown::No);
    } else if (m_capabilities) {
        send(notification, std::move(then));
    } else {
        m_waiting.append({notification, std::move(then)});
        askForCapabilities();
    }
}

void Notifications::askForCapabilities()
{
    if (std::exchange(m_isAsking, true)) {
        return;
    }
    auto *watcher = new QDBusPendingCallWatcher(
        m_bus.asyncCall(method(QStringLiteral("GetCapabilities"))), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_isAsking = false;
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (!reply.isError()) {
            m_capabilities = reply.value();
        }
        for (Waiting &waiting : std::exchange(m_waiting, {})) {
            if (m_capabilities) {
                send(waiting.notification, std::move(waiting.then));
            } else {
                waiting.then(Shown::No);
            }
        }
    });
}

void Notifications::send(const Notification &notification, std::function<void(Shown)> then)
{
    QDBusMessage call = method(QStringLiteral("Notify"));
    call.setArguments(arguments(notification));
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, job = notification.job, then = std::move(then)] {
                watcher->deleteLater();
                const QDBusPendingReply<uint> reply = *watcher;
                if (!reply.isError()) {
                    m_shown.insert(job, reply.value());
                }
                then(reply.isError() ? Shown::No : Shown::Yes);
            });
}

QVariantList Notifications::arguments(const Notification &notification) const
{
    QStringList actions;
    if (can(QStringLiteral("actions"))) {
        for (const NotificationAction &action : notification.actions) {
            actions << action.key << action.label;
        }
    }
    QVariantMap hints{
        {QStringLiteral("desktop-entry"), QGuiApplication::desktopFileName()},
        {QStringLiteral("category"), notification.category},
        {QStringLiteral("urgency"), QVariant::fromValue(uchar(notification.urgency))},
    };
    if (notification.urgency == Notification::Urgency::Critical) {
        hints.insert(QStringLiteral("resident"), true);
    }
    // A service that knows markup would read a file name for it.
    const QString body =
        can(QStringLiteral("body-markup")) ? notification.body.toHtmlEscaped() : notification.body;
    const int timeout = -1; // as the desktop likes
    return {QGuiApplication::applicationDisplayName(),
            m_shown.value(notification.job, 0U),
            QGuiApplication::desktopFileName(),
            notification.summary,
            body,
            actions,
            hints,
            timeout};
}

bool Notifications::can(const QString &capability) const
{
    return m_capabilities && m_capabilities->contains(capability);
}

void Notifications::withdraw(core::JobId job)
{
    if (const uint id = m_shown.take(job); id != 0) {
        QDBusMessage call = method(QStringLiteral("CloseNotification"));
        call.setArguments({id});
        m_bus.asyncCall(call);
    }
}

void Notifications::onActionInvoked(uint id, const QString &key)
{
    if (const core::JobId job = m_shown.key(id); job.value != 0) {
        Q_EMIT actionInvoked(job, key);
    }
}

void Notifications::onNotificationClosed(uint id, uint /*reason*/)
{
    if (const core::JobId job = m_shown.key(id); job.value != 0) {
        m_shown.remove(job);
    }
}

} // namespace ui
