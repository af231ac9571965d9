// SPDX-License-Identifier: Apache-2.0
#include "core/system/own_addresses.h"

#include <QNetworkInterface>

namespace core {

namespace {

constexpr int kNetworkBits = 64;

QString knownAs(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        return address.toString();
    }
    Q_IPV6ADDR network = address.toIPv6Address();
    for (int i = kNetworkBits / 8; i < 16; ++i) {
        network[i] = 0;
    }
    return QHostAddress(network).toString();
}

} // namespace

QStringList ownAddresses()
{
    QStringList known;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback() && !address.isLinkLocal()) {
            known.append(knownAs(address));
        }
    }
    known.removeDuplicates();
    known.sort();
    return known;
}

} // namespace core
