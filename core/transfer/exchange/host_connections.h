// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"

#include <QHash>

namespace core {

/// How many connections files have to each host, by the origin of their links, and how many it was
/// seen to bear. Lives on the engine's thread and as long as the engine: what a host refused once
/// is not asked of it again.
class HostConnections {
public:
    /// One connection, as long as this lives.
    class Use {
    public:
        Use(HostConnections *hosts, Origin host)
            : m_hosts(hosts)
            , m_host(std::move(host))
        {
            ++m_hosts->m_open[m_host];
        }
        ~Use()
        {
            if (--m_hosts->m_open[m_host] <= 0) {
                m_hosts->m_open.remove(m_host);
            }
        }
        Use(const Use &) = delete;
        Use &operator=(const Use &) = delete;

    private:
        HostConnections *m_hosts;
        Origin m_host;
    };

    /// Whether one more is within what is wanted and what the host bears.
    [[nodiscard]] bool mayOpen(const Origin &host, int wanted) const;
    /// How many there are now.
    [[nodiscard]] int openTo(const Origin &host) const { return m_open.value(host); }
    /// The host did not serve one of those that are open: it bears fewer, at least one.
    void refused(const Origin &host);

private:
    QHash<Origin, int> m_open;
    QHash<Origin, int> m_borne; ///< at most; absent for a host that never refused one
};

} // namespace core
