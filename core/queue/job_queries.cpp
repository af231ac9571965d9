// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_queries.h"

#include "core/queue/command_rules.h"
#include "core/store/store_thread.h"
#include "core/system/mapped_future.h"
#include "core/system/when_ready.h"

#include <QStandardPaths>

#include <algorithm>

namespace core {

std::optional<JobSnapshot> JobQueries::snapshot(JobId id) const
{
    const JobRecord *job = m_records->find(id);
    return job == nullptr
               ? std::nullopt
               : std::optional(snapshotOf(*job, m_records->totals(id), m_runner->live(*job)));
}

std::optional<int> JobQueries::fileCount(JobId id) const
{
    const JobRecord *job = m_records->find(id);
    return job == nullptr ? std::nullopt : std::optional(int(job->files.size()));
}

QList<FileSnapshot> JobQueries::files(JobId id, int first, int count) const
{
    QList<FileSnapshot> page;
    const JobRecord *job = m_records->find(id);
    if (job == nullptr || first < 0 || count < 0) {
        return page;
    }
    const int end = int(std::min<qsizetype>(job->files.size(), qsizetype(first) + count));
    for (int i = first; i < end; ++i) {
        page.append(snapshotOf(*job, i, m_runner->bytesDone({id, i})));
    }
    return page;
}

QList<int> JobQueries::filesIn(JobId id, FileState state) const
{
    QList<int> found;
    const JobRecord *job = m_records->find(id);
    for (int i = 0; job != nullptr && i < int(job->files.size()); ++i) {
        if (job->files.at(i).state == state) {
            found.append(i);
        }
    }
    return found;
}

JobSecrets JobQueries::secretsToKeep(JobId id) const
{
    const JobRecord *job = m_records->find(id);
    return job == nullptr ? JobSecrets() : core::secretsToKeep(*job);
}

QFuture<Answer<TimelinePage>> JobQueries::timeline(JobId id, int first, int count) const
{
    if (m_records->find(id) == nullptr) {
        return readyFuture(Answer<TimelinePage>(tl::unexpected(unknownJob(id))));
    }
    return mappedFuture(m_store->timeline(id, first, count),
                        [](const StoreResult<TimelinePage> &page) -> Answer<TimelinePage> {
                            return page.map_error([](const StoreError &error) {
                                return Refusal{.kind = RefusalKind::StoreFailed,
                                               .subject = error.detail};
                            });
                        });
}

bool JobQueries::hasPart(const PartIdentity &part) const
{
    const auto isIt = [&part](const PartIdentity &other) {
        return other.inode == part.inode && other.device == part.device;
    };
    return std::ranges::any_of(m_records->jobs(), [&isIt](const auto &entry) {
        return std::ranges::any_of(entry.second.files, [&isIt](const FileRecord &file) {
            return isIt(file.part) || std::ranges::any_of(file.superseded, isIt, &OlderPart::part);
        });
    });
}

QStringList JobQueries::folders() const
{
    QStringList all;
    const QString &chosen = settings().downloadFolder;
    all.append(chosen.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)
                                : chosen);
    for (const auto &[id, job] : m_records->jobs()) {
        all.append(job.folder);
    }
    all.removeDuplicates();
    return all;
}

} // namespace core
