// SPDX-License-Identifier: Apache-2.0
#include "ui/models/jobs_together.h"

#include "core/words/explain.h"

namespace ui {

core::JobSnapshot together(const QList<core::JobSnapshot> &jobs)
{
    core::JobSnapshot sum = jobs.first();
    for (const core::JobSnapshot &job : jobs.mid(1)) {
        sum.progress.bytesDone += job.progress.bytesDone;
        sum.progress.bytesUnconfirmed += job.progress.bytesUnconfirmed;
        sum.progress.filesDone += job.progress.filesDone;
        sum.progress.filesTotal += job.progress.filesTotal;
        sum.progress.filesFailed += job.progress.filesFailed;
        if (sum.progress.bytesTotal && job.progress.bytesTotal) {
            *sum.progress.bytesTotal += *job.progress.bytesTotal;
        } else {
            sum.progress.bytesTotal.reset();
        }
        sum.completeEffect.filesKept += job.completeEffect.filesKept;
        sum.completeEffect.bytesKept += job.completeEffect.bytesKept;
        sum.completeEffect.filesPartial += job.completeEffect.filesPartial;
        sum.completeEffect.bytesPartial += job.completeEffect.bytesPartial;
        sum.completeEffect.bytesAside += job.completeEffect.bytesAside;
        sum.completeEffect.filesMissing += job.completeEffect.filesMissing;
        sum.bytesOnCancel += job.bytesOnCancel;
    }
    return sum;
}

qint64 bytesSentInVain(const QList<core::JobSnapshot> &jobs)
{
    qint64 bytes = 0;
    for (const core::JobSnapshot &job : jobs) {
        bytes += core::bytesSentInVain(job);
    }
    return bytes;
}

core::JobIds idsOf(const QList<core::JobSnapshot> &jobs)
{
    core::JobIds ids;
    ids.reserve(jobs.size());
    for (const core::JobSnapshot &job : jobs) {
        ids.append(job.id);
    }
    return ids;
}

} // namespace ui
