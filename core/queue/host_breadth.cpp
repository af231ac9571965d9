// SPDX-License-Identifier: Apache-2.0
#include "core/queue/host_breadth.h"

#include <limits>

namespace core {

namespace {

/// What the way there and back costs a file, in bytes: without it a file that is empty would be
/// nothing.
constexpr qint64 kOfEachFile = qint64(16) * 1024;
/// Files come in lumps: so many, or so long, is looked at before it is decided.
constexpr int kLookedAtFiles = 4 * HostBreadth::kAtFirst;
constexpr auto kLookedAtForMost = std::chrono::seconds(2);
constexpr qint64 kFarFromTheEnd = std::numeric_limits<qint64>::max();

} // namespace

int HostBreadth::of(const Origin &host) const
{
    const auto found = m_hosts.constFind(host);
    return found == m_hosts.constEnd() ? kAtFirst : found->count.wanted();
}

HostBreadth::Host &HostBreadth::at(const Origin &host)
{
    const auto found = m_hosts.find(host);
    if (found != m_hosts.end()) {
        return *found;
    }
    Host made;
    made.looked = m_clock->now();
    made.count.begin(made.looked, 0);
    return *m_hosts.insert(host, made);
}

void HostBreadth::brought(const Origin &host, qint64 bytes)
{
    at(host).amount += bytes;
}

void HostBreadth::arrived(const Origin &host)
{
    Host &known = at(host);
    known.amount += kOfEachFile;
    const BootTime now = m_clock->now();
    const auto elapsed = now - known.looked;
    if ((++known.filesThen >= kLookedAtFiles && elapsed >= kLookedAtFor) ||
        elapsed >= kLookedAtForMost) {
        known.filesThen = 0;
        known.looked = now;
        known.count.look(now, known.amount, kFarFromTheEnd);
    }
}

} // namespace core
