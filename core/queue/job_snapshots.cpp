// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_snapshots.h"

#include "core/http/headers.h"
#include "core/http/link.h"
#include "core/queue/file_names.h"

#include <algorithm>

namespace core {

namespace {

/// The page that the files were found on, as far as the job says so.
QUrl pageOf(const JobOptions &options)
{
    const auto referer = fieldValue(options.headers, "Referer");
    const auto link = referer ? parseLink(QString::fromUtf8(*referer)) : parseLink({});
    return link ? link->url.adjusted(QUrl::RemoveFragment) : QUrl();
}

/// Where it is on the network: of an upload that is whole, where the server has put it.
QUrl addressOf(const JobRecord &job, const FileRecord &file)
{
    const bool isThere = job.type == JobType::Upload && !file.upload.resource.isEmpty() &&
                         (file.state == FileState::Whole || file.state == FileState::Published);
    return isThere ? file.upload.resource : file.spec.url;
}

/// The same of a whole job. By tus the address is where further files are sent to; what has come of
/// one is no such place.
QUrl placeOrAddress(const JobRecord &job, const FileRecord &file)
{
    return file.upload.protocol == UploadProtocol::Tus ? file.spec.url : addressOf(job, file);
}

} // namespace

JobSnapshot snapshotOf(const JobRecord &job, const JobTotals &totals, const LiveFigures &live)
{
    JobSnapshot made{
        .id = job.id,
        .type = job.type,
        .state = job.state,
        .name = job.name,
        .priority = job.priority,
        .queuePlace = live.queuePlace,
        .folder = job.folder,
        .firstUrl = job.files.isEmpty() ? QUrl() : placeOrAddress(job, job.files.first()),
        .pageUrl = pageOf(job.options),
        .progress = totals.progress(),
        .completeEffect = totals.completeEffect(),
        .bytesOnCancel = totals.bytesOnCancel() + live.bytesNotYetDurable,
        .currentFile = live.currentFile,
        .bytesPerSecond = live.bytesPerSecond,
        .limitBytesPerSecond = job.options.limitBytesPerSecond,
        .connections = live.connections,
        .connectionsWanted = job.options.connections,
        .connectionsBorne = live.connectionsBorne,
        .percentCompared = live.percentCompared,
        .remaining = live.remaining,
        .due = live.due,
        .troubleSince = live.troubleSince,
        .obstacle = job.obstacle,
        .complete = job.options.complete,
        .notifyCommand = job.options.notifyCommand,
        .keepSecrets = job.options.keepSecrets,
        .errorCount = job.errorCount,
        .createdAt = job.createdAt,
        .modifiedAt = job.modifiedAt,
        .transferredAt = job.transferredAt,
    };
    made.progress.bytesDone += live.bytesNotYetDurable;
    made.progress.bytesUnconfirmed = job.type == JobType::Upload ? live.bytesNotYetDurable : 0;
    if (job.state == JobState::Error || job.state == JobState::TransientError) {
        made.error = job.error;
    }
    return made;
}

namespace {

/// Where the file is on this computer, as far as it is.
QString localPathOf(const JobRecord &job, const FileRecord &file)
{
    if (job.type == JobType::Upload) {
        return job.folder + u'/' + file.name;
    }
    return file.state == FileState::Published ? file.publishedPath : file.part.path;
}

} // namespace

FileSnapshot snapshotOf(const JobRecord &job, int index, qint64 liveBytesDone)
{
    const FileRecord &file = job.files.at(index);
    const bool isFetched = file.state == FileState::Whole || file.state == FileState::Published;
    // Of a job that has ended nothing comes any more, whatever its files were waiting for.
    const bool isEnded = isFinal(job.state) && isUnderWay(file.state);
    // The last of an attempt that was told to stop is nothing that is going on.
    const bool isStopping = file.state == FileState::Active && !isRunning(job.state);
    const bool asksNothing = isEnded || file.state == FileState::Unwanted;
    return {
        .id = {job.id, index},
        .state = isEnded      ? FileState::Failed
                 : isStopping ? FileState::Pending
                              : file.state,
        .priority = file.priority,
        .url = addressOf(job, file),
        .name = displayName(file),
        .bytesDone = isFetched ? file.sizeBytes.value_or(0)
                               : std::max(liveBytesDone, file.durable.sizeBytes()),
        .sizeBytes = file.sizeBytes,
        .sizeSource = file.sizeSource,
        .path = localPathOf(job, file),
        .due = asksNothing ? std::nullopt : file.due,
        .error = asksNothing ? std::nullopt : file.error,
    };
}

Manifest manifestOf(const JobRecord &job)
{
    Manifest manifest;
    for (int i = 0; i < int(job.files.size()); ++i) {
        const FileRecord &file = job.files.at(i);
        ManifestEntry entry{.fileIndex = i,
                            .name = displayName(file),
                            .bytes = file.durable.sizeBytes(),
                            .sizeBytes = file.sizeBytes,
                            .sizeSource = file.sizeSource};
        if (file.state == FileState::Unwanted) {
            manifest.skipped.append(entry);
        } else if (file.state == FileState::Published || file.state == FileState::Whole) {
            entry.path = localPathOf(job, file);
            manifest.kept.append(entry);
        } else if (entry.bytes > 0) {
            entry.path = file.part.path;
            manifest.partial.append(entry);
        } else {
            manifest.missing.append(entry);
        }
    }
    return manifest;
}

} // namespace core
