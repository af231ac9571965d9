// SPDX-License-Identifier: Apache-2.0
#include "core/system_network.h"

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
    look();
}

/// Only a plain "disconnected" counts: a network without the internet may have the server on it.
void SystemNetwork::look()
{
    const auto reachability = QNetworkInformation::instance()->reachability();
    const bool isOnline = reachability != QNetworkInformation::Reachability::Disconnected;
    if (isOnline != m_isOnline) {
        m_isOnline = isOnline;
        Q_EMIT changed(m_isOnline);
    }
}

} // namespace core
