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
    connect(QNetworkInformation::instance(), &QNetworkInformation::isMeteredChanged, this,
            [this] { look(); });
    // Qt would go on repeating what it heard last, even that there is no network.
    const auto *watcher = new QDBusServiceWatcher(
        QStringLiteral("org.freedesktop.NetworkManager"), QDBusConnection::systemBus(),
        QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this,
            [this] { become(Connectivity::Free); });
    look();
}

/// Only a plain "disconnected" counts: a network without the internet may have the server on it.
void SystemNetwork::look()
{
    const QNetworkInformation &system = *QNetworkInformation::instance();
    if (system.reachability() == QNetworkInformation::Reachability::Disconnected) {
        become(Connectivity::None);
    } else {
        become(system.isMetered() ? Connectivity::Metered : Connectivity::Free);
    }
}

void SystemNetwork::become(Connectivity connectivity)
{
    if (std::exchange(m_connectivity, connectivity) != connectivity) {
        Q_EMIT changed(m_connectivity);
    }
}

} // namespace core
