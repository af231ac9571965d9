// SPDX-License-Identifier: Apache-2.0
#include "core/system/system_network.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QNetworkInformation>

namespace core {

SystemNetwork::SystemNetwork(QObject *parent)
    : QObject(parent)
{
    if (!QNetworkInformation::loadDefaultBackend()) {
        return;
    }
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this] { look(); });
    // Qt would go on repeating what it heard last, even that there is no network.
    const auto *watcher = new QDBusServiceWatcher(
        QStringLiteral("org.freedesktop.NetworkManager"), QDBusConnection::systemBus(),
        QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] { become(true); });
    look();
}

/// Only a plain "disconnected" counts: a network without the internet may have the server on it.
void SystemNetwork::look()
{
    const auto reachability = QNetworkInformation::instance()->reachability();
    become(reachability != QNetworkInformation::Reachability::Disconnected);
}

void SystemNetwork::become(bool isOnline)
{
    if (isOnline != m_isOnline) {
        m_isOnline = isOnline;
        Q_EMIT changed(m_isOnline);
    }
}

} // namespace core
