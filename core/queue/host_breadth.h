// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/job/job_spec.h"
#include "core/system/clock.h"
#include "core/transfer/connection_count.h"

#include <QHash>

namespace core {

/// How many files are fetched from each host at once: a few at first, as browsers do, and more as
/// long as that brings more. Lives on the engine's thread; a host is remembered with it.
class HostBreadth {
public:
    static constexpr int kAtFirst = 6;

    explicit HostBreadth(const Clock *clock)
        : m_clock(clock)
    {
    }

    /// How many; what a person has set may be less.
    [[nodiscard]] int of(const Origin &host) const;
    /// Bytes of its files have come.
    void brought(const Origin &host, qint64 bytes);
    /// One of its files has come whole.
    void arrived(const Origin &host);

private:
    struct Host {
        ConnectionCount count{kAtFirst, kMaxConnections};
        qint64 amount = 0;
        int filesThen = 0; ///< that have come since it was looked at
        BootTime looked;
    };

    [[nodiscard]] Host &at(const Origin &host);

    const Clock *m_clock;
    QHash<Origin, Host> m_hosts;
};

} // namespace core
