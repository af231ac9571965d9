// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_pace.h"

namespace core {

void JobPace::progressed(JobId job, qint64 bytesDone, std::optional<qint64> bytesConfirmed)
{
    Entry &entry = m_pace[job];
    if (bytesDone < entry.bytesDone) {
        entry.rate.restart();
    }
    if (!bytesConfirmed || *bytesConfirmed > entry.bytesConfirmed) {
        entry.troubleSince.reset();
    }
    if (bytesConfirmed) {
        entry.confirmed.confirmed(*bytesConfirmed, m_clock->now());
    }
    entry.bytesConfirmed = bytesConfirmed.value_or(0);
    entry.bytesDone = bytesDone;
    entry.rate.add(bytesDone, m_clock->now());
    if (const auto rate = entry.rate.bytesPerSecond(m_clock->now())) {
        entry.lastRate = rate;
    }
    entry.lastSign = m_clock->now();
}

void JobPace::asked(JobId job)
{
    Entry &entry = m_pace[job];
    entry.lastSign = m_clock->now();
    if (entry.troubleSince && entry.waitsSince) {
        *entry.troubleSince += *entry.lastSign - *entry.waitsSince;
    }
    entry.waitsSince.reset();
}

void JobPace::waits(JobId job)
{
    const auto found = m_pace.find(job);
    if (found != m_pace.end() && !found->second.waitsSince) {
        found->second.waitsSince = m_clock->now();
    }
}

void JobPace::troubled(JobId job)
{
    Entry &entry = m_pace[job];
    if (!entry.troubleSince) {
        entry.troubleSince = entry.lastSign.value_or(m_clock->now());
    }
}

std::optional<qint64> JobPace::bytesPerSecond(JobId job) const
{
    const auto found = m_pace.find(job);
    return found == m_pace.end() ? std::nullopt : found->second.rate.bytesPerSecond(m_clock->now());
}

std::optional<qint64> JobPace::lastBytesPerSecond(JobId job) const
{
    const auto found = m_pace.find(job);
    return found == m_pace.end() ? std::nullopt : found->second.lastRate;
}

std::optional<std::chrono::seconds> JobPace::remaining(JobId job, qint64 bytesTotal) const
{
    const auto found = m_pace.find(job);
    if (found == m_pace.end()) {
        return std::nullopt;
    }
    const Entry &entry = found->second;
    const BootTime now = m_clock->now();
    const auto byPieces = entry.confirmed.remaining(bytesTotal, now);
    return byPieces ? byPieces : entry.rate.remaining(bytesTotal - entry.bytesDone, now);
}

std::chrono::milliseconds JobPace::troubleFor(JobId job) const
{
    const auto found = m_pace.find(job);
    if (found == m_pace.end()) {
        return std::chrono::milliseconds(0);
    }
    const BootTime end = found->second.waitsSince.value_or(m_clock->now());
    return end - found->second.troubleSince.value_or(end);
}

} // namespace core
