// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_view.h"

#include "core/http/http_date.h"
#include "core/queue/apply_fix.h"

#include <algorithm>

namespace core {

JobSnapshot snapshotOf(const JobRecord &job, const Tally &tally, const LiveFigures &live)
{
    JobSnapshot made{
        .id = job.id,
        .type = job.type,
        .state = job.state,
        .name = job.name,
        .priority = job.priority,
        .folder = job.folder,
        .firstUrl = job.files.isEmpty() ? QUrl() : job.files.first().spec.url,
        .progress = tally.progress(),
        .completeEffect = tally.completeEffect(),
        .currentFile = live.currentFile,
        .bytesPerSecond = live.bytesPerSecond,
        .remaining = live.remaining,
        .due = live.due,
        .troubleSince = live.troubleSince,
        .obstacle = job.obstacle,
        .complete = job.options.complete,
        .errorCount = job.errorCount,
        .createdAt = job.createdAt,
        .modifiedAt = job.modifiedAt,
        .transferredAt = job.transferredAt,
    };
    made.progress.bytesDone += live.bytesNotYetDurable;
    if (job.state == JobState::Error || job.state == JobState::TransientError) {
        made.error = job.error;
    }
    return made;
}

FileSnapshot snapshotOf(const JobRecord &job, int index, qint64 liveBytesDone)
{
    const FileRecord &file = job.files.at(index);
    const bool isFetched = file.state == FileState::Whole || file.state == FileState::Published;
    return {
        .id = {job.id, index},
        .state = file.state,
        .url = file.spec.url,
        .name = displayName(file),
        .bytesDone = isFetched ? file.sizeBytes.value_or(0)
                               : std::max(liveBytesDone, file.durable.sizeBytes()),
        .sizeBytes = file.sizeBytes,
        .sizeSource = file.sizeSource,
        .path = file.state == FileState::Published ? file.publishedPath : file.part.path,
        .due = file.due,
        .error = file.error,
    };
}

CompletionOrder completionOrderOf(const JobRecord &job, PartialFiles partial)
{
    CompletionOrder order{.missingFolder = job.options.missingFolder};
    for (int i = 0; i < int(job.files.size()); ++i) {
        const FileRecord &file = job.files.at(i);
        order.discard += file.superseded;
        if (file.state == FileState::Whole) {
            const auto modified = parseHttpDate(file.validator.lastModified);
            order.publish.append(
                {i, PublishOrder{.part = file.part,
                                 .sizeBytes = file.sizeBytes.value_or(0),
                                 .folder = job.folder,
                                 .fileName = file.name,
                                 .existing = file.existing.value_or(job.options.existing),
                                 .lastModified = modified.value_or(QDateTime())}});
        } else if (!file.part.isEmpty() && partial == PartialFiles::Remove) {
            order.discard.append(file.part);
        }
    }
    return order;
}

Manifest manifestOf(const JobRecord &job)
{
    Manifest manifest;
    for (int i = 0; i < int(job.files.size()); ++i) {
        const FileRecord &file = job.files.at(i);
        if (file.state == FileState::Unwanted) {
            continue;
        }
        ManifestEntry entry{.fileIndex = i,
                            .name = displayName(file),
                            .bytes = file.durable.sizeBytes(),
                            .sizeBytes = file.sizeBytes,
                            .sizeSource = file.sizeSource};
        if (file.state == FileState::Published || file.state == FileState::Whole) {
            entry.path = file.state == FileState::Published ? file.publishedPath : file.part.path;
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

QList<PartIdentity> partsOf(const JobRecord &job)
{
    QList<PartIdentity> parts;
    for (const FileRecord &file : job.files) {
        parts += file.superseded;
        if (!file.part.isEmpty()) {
            parts.append(file.part);
        }
    }
    return parts;
}

DownloadOrder orderFor(const JobRecord &job, int index, const TransferLimits &limits)
{
    const FileRecord &file = job.files.at(index);
    return {
        .file = {job.id, index},
        .attempt = file.failures + 1,
        .url = file.spec.url,
        .options = job.options,
        .folder = job.folder,
        .name = file.name,
        .sizeBytes = file.sizeBytes,
        .validator = file.validator,
        .durable = file.durable,
        .part = file.part,
        .existing = file.existing.value_or(job.options.existing),
        .hash = file.spec.hash,
        .promisedHash = file.promisedHash,
        .acceptance = file.acceptance,
        .limits = limits,
    };
}

void revive(JobRecord *job)
{
    for (FileRecord &file : job->files) {
        if (file.state == FileState::Failed || file.state == FileState::Waiting) {
            if (file.error && file.error->cause == Cause::HashMismatch) {
                restart(&file); // its bytes are known to be wrong
            }
            file.state = FileState::Pending;
            file.failures = 0;
            file.due.reset();
        }
    }
}

JobRecord awakened(JobRecord job, const QDateTime &nowUtc)
{
    for (FileRecord &file : job.files) {
        if (file.state == FileState::Active) {
            file.state = FileState::Pending;
        }
        if (file.due) {
            const qint64 left = nowUtc.msecsTo(file.due->at);
            const auto clamped = std::clamp<qint64>(left, 0, file.due->delay.count());
            file.due->at = nowUtc.addMSecs(clamped);
        }
    }
    return job;
}

} // namespace core
