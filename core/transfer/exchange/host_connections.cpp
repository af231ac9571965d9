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

void HostConnections::recall(const Origin &host, int borne)
{
    const auto before = borneBy(host);
    if (!before || borne < *before) {
        m_borne[host] = borne;
        ++m_changes;
    }
}

int HostConnections::surplus(const Origin &host) const
{
    const int open = m_open.value(host);
    return std::max(0, open - m_borne.value(host, open));
}

void HostConnections::refused(const Origin &host)
{
    recall(host, std::max(1, m_open.value(host) - 1));
}

void HostConnections::refusedFirst(const Origin &host)
{
    recall(host, std::max(1, m_open.value(host) - 2));
}

void HostConnections::ask(JobId job, std::optional<int> perFile)
{
    if (perFile) {
        m_asked[job] = *perFile;
    } else {
        m_asked.remove(job);
    }
}

std::optional<int> HostConnections::askedFor(JobId job) const
{
    const auto asked = m_asked.constFind(job);
    return asked == m_asked.constEnd() ? std::nullopt : std::optional<int>(*asked);
}

} // namespace core
