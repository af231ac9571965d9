// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_names.h"
#include "core/queue/file_runner.h"
#include "core/transfer/exchange/network_manager_pool.h"

#include <algorithm>

// What is told of the files under way.

namespace core {

qint64 FileRunner::bytesNotYetDurable(const JobRecord &job) const
{
    qint64 bytes = 0;
    for (const FileId file : m_attempts.filesOf(job.id)) {
        const FileRecord &record = job.files.at(file.index);
        if (record.state != FileState::Unwanted) { // it ends in a moment
            bytes += std::max<qint64>(0, m_attempts.bytesDone(file) - record.durable.sizeBytes());
        }
    }
    return bytes;
}

void FileRunner::countConnections(const JobRecord &job, const QList<FileId> &active,
                                  LiveFigures *figures) const
{
    const HostConnections &hosts = m_world.transfer.managers->hosts();
    figures->connections = hosts.openOf(job.id);
    if (!active.isEmpty()) {
        figures->connectionsBorne =
            hosts.borneBy(originOf(job.files.at(active.first().index).spec.url));
    }
}

LiveFigures FileRunner::live(const JobRecord &job) const
{
    LiveFigures figures{.bytesNotYetDurable = bytesNotYetDurable(job)};
    const QList<FileId> active = m_attempts.filesOf(job.id);
    if (!active.isEmpty()) {
        figures.currentFile = displayName(job.files.at(active.first().index));
        figures.percentCompared = m_attempts.percentCompared(active.first());
    }
    const qsizetype place = m_queue.indexOf(job.id);
    if (job.state == JobState::Queued && place >= 0) {
        figures.queuePlace = int(place) + 1;
    }
    if (job.state == JobState::Transferring) {
        const Progress progress = m_records->totals(job.id).progress();
        figures.bytesPerSecond = m_pace.bytesPerSecond(job.id);
        countConnections(job, active, &figures);
        if (progress.bytesTotal) {
            figures.remaining = m_pace.remaining(job.id, *progress.bytesTotal);
        }
    }
    if (job.state == JobState::TransientError) {
        if (const auto file = m_retries.next(job.id)) {
            figures.due = job.files.at(file->index).due;
        }
        figures.troubleSince = m_world.clock->utcNow().addMSecs(-m_pace.troubleFor(job.id).count());
    }
    return figures;
}

} // namespace core
