// SPDX-License-Identifier: Apache-2.0
#include "core/queue/scheduler.h"

#include <algorithm>
#include <tuple>

namespace core {

namespace {

/// So many short files of a job may wait in memory for the disk while others are fetched.
constexpr int kSettlingAtOnce = 64;

auto rank(const Candidate &candidate)
{
    return std::tuple(candidate.priority, candidate.active == 0, candidate.job);
}

} // namespace

QList<FileId> filesToStart(QList<Candidate> candidates, const Settings &limits,
                           QHash<Origin, int> connections)
{
    std::ranges::sort(candidates, {}, rank);
    auto inBackground = [](const Candidate &job) { return job.priority != Priority::Foreground; };
    auto running = std::ranges::count_if(
        candidates, [&](const Candidate &job) { return inBackground(job) && job.active > 0; });
    QList<FileId> starts;
    for (const Candidate &job : candidates) {
        const bool isNew = inBackground(job) && job.active == 0;
        if (isNew && running >= limits.jobsAtOnce) {
            continue;
        }
        int fetching = job.fetching;
        for (const Candidate::File &file : job.pending) {
            int &toOrigin = connections[file.origin];
            const bool isFull = fetching >= limits.filesAtOnce ||
                                job.active - job.fetching >= kSettlingAtOnce ||
                                toOrigin >= limits.connectionsPerHost;
            if (isFull) {
                continue;
            }
            starts.append({job.job, file.index});
            ++toOrigin;
            ++fetching;
        }
        running += isNew && fetching > 0 ? 1 : 0;
    }
    return starts;
}

} // namespace core
