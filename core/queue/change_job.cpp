// SPDX-License-Identifier: Apache-2.0
#include "core/queue/change_job.h"

#include <algorithm>

namespace core {

std::optional<Refusal> refusalOf(const JobChange &change)
{
    const auto bad = [](qint64 value) {
        return Refusal{.kind = RefusalKind::BadValue, .subject = QString::number(value)};
    };
    if (change.limitBytesPerSecond.value_or(0) < 0) {
        return bad(*change.limitBytesPerSecond);
    }
    if (const int wanted = change.connections.value_or(0); wanted < 0 || wanted > kMaxConnections) {
        return bad(wanted);
    }
    return std::nullopt;
}

qint64 placeAt(QueueEnd end, const std::map<JobId, JobRecord> &jobs)
{
    qint64 first = kUsualPlace;
    qint64 last = kUsualPlace;
    for (const auto &[id, job] : jobs) {
        first = std::min(first, job.options.place);
        last = std::max(last, job.options.place);
    }
    return end == QueueEnd::First ? first - 1 : last + 1;
}

void apply(const JobChange &change, JobRecord *job)
{
    job->priority = change.priority.value_or(job->priority);
    if (change.limitBytesPerSecond) {
        job->options.limitBytesPerSecond = unlessZero(*change.limitBytesPerSecond);
    }
    if (change.connections) {
        job->options.connections = unlessZero(*change.connections);
    }
}

} // namespace core
