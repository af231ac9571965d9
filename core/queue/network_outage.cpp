// SPDX-License-Identifier: Apache-2.0
#include "core/queue/network_outage.h"

#include "core/transfer/exchange/proxy_rules.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

/// What fails for want of a network, where there is none.
constexpr std::array kOfNetwork{Cause::NameNotFound,     Cause::ConnectionRefused,
                                Cause::ConnectionLost,   Cause::ServerSilent,
                                Cause::ProxyUnreachable, Cause::ProxyFailed};

bool isOfNetwork(Cause cause)
{
    return std::ranges::find(kOfNetwork, cause) != kOfNetwork.end();
}

} // namespace

NetworkOutage::NetworkOutage(const JobRecords *records, JobLife *life, const Clock *clock,
                             IsThisComputer isThisComputer, Mediator *mediator)
    : m_records(records)
    , m_life(life)
    , m_clock(clock)
    , m_isThisComputer(std::move(isThisComputer))
    , m_mediator(mediator)
{
}

bool NetworkOutage::become(Connectivity connectivity)
{
    const bool isNews = std::exchange(m_connectivity, connectivity) != connectivity;
    if (isNews) {
        m_allowed.clear();
    }
    return isNews;
}

bool NetworkOutage::isDear() const
{
    return m_connectivity == Connectivity::Metered && m_records->settings().waitOnMetered;
}

bool NetworkOutage::isSpared(const JobRecord &job) const
{
    return isDear() && job.priority != Priority::Foreground && !m_allowed.contains(job.id) &&
           !job.files.isEmpty() && needsNetwork(job, 0);
}

bool NetworkOutage::isShut(const JobRecord &job) const
{
    return m_connectivity == Connectivity::None || isSpared(job);
}

void NetworkOutage::apply(JobId id)
{
    const JobRecord &job = *m_records->find(id);
    if (isShut(job)) {
        cutOff(job);
    } else {
        takeUp(job);
    }
}

bool NetworkOutage::needsNetwork(const JobRecord &job, int fileIndex) const
{
    const QUrl url = job.files.at(fileIndex).spec.url;
    const QUrl proxy = proxyFor(url, job.options);
    return !m_isThisComputer(proxy.isEmpty() ? url.host() : proxy.host());
}

bool NetworkOutage::isCutOff(JobId id) const
{
    const auto file =
        isShut(*m_records->find(id)) ? m_mediator->nextRetry(id) : std::optional<FileId>();
    const auto &error =
        file ? m_records->find(id)->files.at(file->index).error : std::optional<JobError>();
    return error && isOfThisComputersNetwork(error->cause);
}

AttemptOutcome NetworkOutage::explained(FileId file, const AttemptOutcome &outcome,
                                        bool wasCut) const
{
    const JobRecord &job = *m_records->find(file.job);
    const auto *error = std::get_if<JobError>(&outcome);
    const bool wasStopped = wasCut && std::holds_alternative<Stopped>(outcome);
    const bool isForWantOfIt = wasStopped || (error != nullptr && isOfNetwork(error->cause) &&
                                              m_connectivity == Connectivity::None);
    if (!isShut(job) || !isForWantOfIt || !needsNetwork(job, file.index)) {
        return outcome;
    }
    JobError shut = error != nullptr ? *error : errorOf(job, file.index);
    shut.cause = cause();
    return shut;
}

Cause NetworkOutage::cause() const
{
    return m_connectivity == Connectivity::None ? Cause::Offline : Cause::Metered;
}

JobError NetworkOutage::errorOf(const JobRecord &job, int fileIndex) const
{
    const FileRecord &file = job.files.at(fileIndex);
    return {.cause = cause(),
            .step = Step::Connect,
            .fileIndex = fileIndex,
            .url = file.spec.url,
            .fileBytesDone = file.durable.sizeBytes(),
            .fileBytesTotal = file.sizeBytes,
            .time = m_clock->utcNow()};
}

/// Stops what is under way, and lets a job that has nothing under way wait as well.
void NetworkOutage::cutOff(const JobRecord &job)
{
    if (job.state != JobState::Queued && !isRunning(job.state)) {
        return;
    }
    const QList<FileId> active = m_mediator->underWay(job.id);
    const auto &pending = m_records->totals(job.id).pending();
    if (!active.isEmpty() && needsNetwork(job, active.first().index)) {
        m_mediator->stop(job.id);
    } else if (active.isEmpty() && !pending.empty() && needsNetwork(job, pending.begin()->index)) {
        const int first = pending.begin()->index;
        m_mediator->fail({job.id, first}, errorOf(job, first));
    }
}

/// Whatever it waits for, now is a good time to try.
void NetworkOutage::takeUp(const JobRecord &job)
{
    if (job.state == JobState::Error && job.error && isOfThisComputersNetwork(job.error->cause)) {
        m_life->goOn(job.id);
    } else if (job.state == JobState::TransientError || isRunning(job.state)) {
        m_mediator->tryNow(job.id, JobEvent::NetworkBack);
    }
}

} // namespace core
