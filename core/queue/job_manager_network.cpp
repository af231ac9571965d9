// SPDX-License-Identifier: Apache-2.0
// The network goes and comes back. The system's word that it is gone stops what is under way and
// names the cause of what fails; it never keeps a try from being made, since it may be wrong.
#include "core/queue/job_manager.h"
#include "core/transfer/lanes.h"

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

bool JobManager::needsNetwork(const JobRecord &job, int fileIndex) const
{
    const QUrl url = job.files.at(fileIndex).spec.url;
    const QUrl proxy = proxyFor(url, job.options.proxy);
    return !m_world.isThisComputer(proxy.isEmpty() ? url.host() : proxy.host());
}

/// One of its files waits for the network; the others would fare no better.
bool JobManager::isCutOff(JobId id) const
{
    const auto file = m_isOnline ? std::nullopt : m_waits.earliestFile(id);
    const auto &error =
        file ? m_ledger.find(id)->files.at(file->index).error : std::optional<JobError>();
    return error && error->cause == Cause::Offline;
}

/// How an attempt ended, seen with what the system says of the network.
AttemptOutcome JobManager::withNetwork(FileId file, const AttemptOutcome &outcome) const
{
    const JobRecord &job = *m_ledger.find(file.job);
    const auto *error = std::get_if<JobError>(&outcome);
    const bool wasCut = std::holds_alternative<Stopped>(outcome) && isRunning(job.state) &&
                        !m_isClosing && !m_busy.contains(file.job);
    const bool isOffline = !m_isOnline && needsNetwork(job, file.index) &&
                           (wasCut || (error != nullptr && isOfNetwork(error->cause)));
    if (!isOffline) {
        return outcome;
    }
    JobError offline = error != nullptr ? *error : offlineError(job, file.index);
    offline.cause = Cause::Offline;
    return offline;
}

JobError JobManager::offlineError(const JobRecord &job, int fileIndex) const
{
    const FileRecord &file = job.files.at(fileIndex);
    return {.cause = Cause::Offline,
            .step = Step::Connect,
            .fileIndex = fileIndex,
            .url = file.spec.url,
            .fileBytesDone = file.durable.sizeBytes(),
            .fileBytesTotal = file.sizeBytes,
            .time = m_world.clock->utcNow()};
}

void JobManager::setOnline(bool isOnline)
{
    if (m_isOnline == isOnline) {
        return;
    }
    m_isOnline = isOnline;
    const JobIds all = ids();
    for (const JobId id : all) {
        if (!isOurs(id) || m_busy.contains(id)) {
            continue;
        }
        if (m_isOnline) {
            takeUp(id);
        } else {
            cutOff(id);
        }
        static_cast<void>(m_ledger.commit(id));
    }
    schedule();
    for (const JobId id : all) {
        reconsider(id);
    }
}

/// Stops what is under way, and lets a job that has nothing under way wait as well.
void JobManager::cutOff(JobId id)
{
    const JobRecord &job = *m_ledger.find(id);
    if (job.state != JobState::Queued && !isRunning(job.state)) {
        return;
    }
    const QList<FileId> active = m_attempts.filesOf(id);
    const auto &pending = m_ledger.tally(id).pending();
    if (!active.isEmpty() && needsNetwork(job, active.first().index)) {
        m_attempts.stop(id);
    } else if (active.isEmpty() && !pending.empty() && needsNetwork(job, *pending.begin())) {
        takeError({id, *pending.begin()}, offlineError(job, *pending.begin()));
    }
}

/// Whatever it waits for, now is a good time to try.
void JobManager::takeUp(JobId id)
{
    const JobRecord &job = *m_ledger.find(id);
    if (job.state == JobState::Error && job.error && job.error->cause == Cause::Offline) {
        raise(id);
        return;
    }
    if (job.state != JobState::TransientError && !isRunning(job.state)) {
        return;
    }
    m_waits.cancel(id);
    for (int i = 0; i < int(job.files.size()); ++i) {
        if (job.files.at(i).state == FileState::Waiting) {
            m_ledger.changeFile({id, i}, [](FileRecord &file) {
                file.state = FileState::Pending;
                file.due.reset();
            });
        }
    }
    if (job.state == JobState::TransientError) {
        move(id, JobEvent::NetworkBack);
    }
}

} // namespace core
