// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/host_connections.h"

#include <algorithm>

namespace core {

bool HostConnections::mayOpen(const Origin &host, int wanted) const
{
    return m_open.value(host) < std::min(wanted, m_borne.value(host, wanted));
}

std::optional<int> HostConnections::borneBy(const Origin &host) const
{
    const auto known = m_borne.constFind(host);
    return known == m_borne.constEnd() ? std::nullopt : std::optional<int>(*known);
}

void HostConnections::refused(const Origin &host)
{
    const int fewer = std::max(1, m_open.value(host) - 1);
    m_borne[host] = std::min(fewer, m_borne.value(host, fewer));
}

} // namespace core
