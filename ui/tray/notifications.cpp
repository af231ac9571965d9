// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/notifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QGuiApplication>

#include <algorithm>
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

Notifications::~Notifications()
{
    for (const Place &place : std::as_const(m_places)) {
        closeOnScreen(place.id);
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
        for (Place &place : m_places) {
            place.id = 0;
        }
    });
}

void Notifications::show(const Notification &notification, std::function<void(Shown)> then)
{
    if (!m_bus.isConnected()) {
        then(Shown::No);
        return;
    }
    Place &place = m_places[notification.key];
    place.next = notification;
    place.isWithdrawn = false;
    place.waiting.append(std::move(then));
    if (m_capabilities) {
        sendNext(notification.key);
    } else {
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
        if (!m_capabilities) {
            giveUpWaiting();
            return;
        }
        for (const QString &key : m_places.keys()) {
            sendNext(key);
        }
    });
}

void Notifications::giveUpWaiting()
{
    QList<Then> waiting;
    for (Place &place : m_places) {
        place.next.reset();
        waiting += std::exchange(place.waiting, {});
    }
    for (const Then &then : waiting) {
        then(Shown::No);
    }
}

void Notifications::sendNext(const QString &key)
{
    Place &place = m_places[key];
    if (place.isSending || !place.next) {
        return;
    }
    place.isSending = true;
    QDBusMessage call = method(QStringLiteral("Notify"));
    call.setArguments(arguments(*std::exchange(place.next, std::nullopt), place.id));
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, key, waiting = std::exchange(place.waiting, {})] {
                watcher->deleteLater();
                const QDBusPendingReply<uint> reply = *watcher;
                sent(key, reply.isError() ? std::nullopt : std::optional(reply.value()), waiting);
            });
}

void Notifications::sent(const QString &key, std::optional<uint> id, const QList<Then> &waiting)
{
    Place &place = m_places[key];
    place.isSending = false;
    place.id = id.value_or(0);
    if (place.isWithdrawn) {
        closeOnScreen(place.id);
        m_places.remove(key);
    } else {
        sendNext(key);
    }
    for (const Then &then : waiting) {
        then(id ? Shown::Yes : Shown::No);
    }
}

QVariantList Notifications::arguments(const Notification &notification, uint replaces) const
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
            replaces,
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

void Notifications::withdraw(const QString &key)
{
    const auto place = m_places.find(key);
    if (place == m_places.end()) {
        return;
    }
    const QList<Then> waiting = std::exchange(place->waiting, {});
    place->next.reset();
    if (place->isSending) {
        place->isWithdrawn = true;
    } else {
        closeOnScreen(place->id);
        m_places.erase(place);
    }
    for (const Then &then : waiting) {
        then(Shown::Yes); // as far as anybody has to know of it
    }
}

void Notifications::closeOnScreen(uint id)
{
    if (id != 0) {
        QDBusMessage call = method(QStringLiteral("CloseNotification"));
        call.setArguments({id});
        call.setAutoStartService(false); // one that is not there shows nothing
        m_bus.asyncCall(call);
    }
}

QString Notifications::keyOf(uint id) const
{
    const auto place = std::ranges::find(m_places, id, &Place::id);
    return id == 0 || place == m_places.end() ? QString() : place.key();
}

void Notifications::onActionInvoked(uint id, const QString &action)
{
    if (const QString key = keyOf(id); !key.isEmpty()) {
        Q_EMIT actionInvoked(key, action);
    }
}

void Notifications::onNotificationClosed(uint id, uint reason)
{
    constexpr uint kExpired = 1; // Desktop Notifications Specification, NotificationClosed
    if (const QString key = keyOf(id); !key.isEmpty()) {
        m_places[key].id = 0;
        if (reason != kExpired) {
            Q_EMIT dismissed(key);
        }
    }
}

} // namespace ui
