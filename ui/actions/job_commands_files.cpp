// SPDX-License-Identifier: Apache-2.0
// What a person leaves out of a job, which may be the end of it.
#include "core/words/explain.h"
#include "ui/actions/job_commands.h"
#include "ui/models/job_words.h"
#include "ui/views/question.h"

#include <algorithm>
#include <utility>

namespace ui {

namespace {

/// Whether the job has nothing left to do with that, and ends.
bool endsWith(const core::JobSnapshot &job, const core::FileChange &change)
{
    if (change.wanted != false || job.state == core::JobState::Suspended) {
        return false;
    }
    const core::Progress &progress = job.progress;
    if (job.state == core::JobState::Transferred) {
        return progress.filesTotal > 1 && job.obstacle &&
               change.files.contains(job.obstacle->fileIndex);
    }
    return progress.filesDone > 0 && job.complete == core::CompleteMode::WhenTransferred &&
           change.files.size() >= progress.filesTotal - progress.filesDone;
}

/// Of what would be left out with it.
qint64 bytesHere(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Transferred && job.obstacle
               ? job.obstacle->fileBytesDone
               : std::max(job.completeEffect.bytesPartial,
                          job.progress.bytesDone - job.completeEffect.bytesKept);
}

} // namespace

void JobCommands::chooseFiles(const core::JobSnapshot &job, const core::FileChange &change)
{
    core::JobChange files;
    files.files = {change};
    const auto send = [this, files, id = job.id] { this->change(files, {id}); };
    if (!endsWith(job, change)) {
        send();
        if (change.wanted == false && bytesHere(job) > 0) {
            Q_EMIT said(tr("What is here of a file that is left out is deleted when the job ends. "
                           "Until then it can be ticked again."));
        }
        return;
    }
    addUpLeftOut(job.id, 0, bytesHere(job), [this, job, send](qint64 bytes) {
        if (bytes <= 0) {
            send();
            return;
        }
        const bool isOfOne = job.state == core::JobState::Transferred;
        const QString name = displayName(job);
        askFirst(m_window,
                 {QStringLiteral("leaveOutQuestion"),
                  isOfOne ? tr("Finish “%1” without this file?").arg(name)
                          : tr("Leave out all that is left of “%1”?").arg(name),
                  core::describeLastLeftOut(job.progress.filesDone - (isOfOne ? 1 : 0), bytes),
                  tr("Leave out"), tr("Keep")},
                 send);
    });
}

/// What was left out before goes with the end, too.
void JobCommands::addUpLeftOut(core::JobId job, int first, qint64 bytes,
                               std::function<void(qint64 bytes)> known)
{
    m_service->ask<core::message::Files>(
        {.job = job, .first = first, .only = core::FileState::Unwanted}, this,
        [this, job, first, bytes, known = std::move(known)](const auto &answer) {
            if (!answer) {
                Q_EMIT refused(answer.error());
                return;
            }
            qint64 sum = bytes;
            for (const core::FileSnapshot &file : answer->files) {
                sum += file.bytesDone;
            }
            const int next = first + int(answer->files.size());
            if (next < answer->total && !answer->files.isEmpty()) {
                addUpLeftOut(job, next, sum, known);
            } else {
                known(sum);
            }
        });
}

} // namespace ui
