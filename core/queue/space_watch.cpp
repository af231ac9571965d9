// SPDX-License-Identifier: Apache-2.0
#include "core/queue/space_watch.h"

#include "core/disk/folder.h"
#include "core/disk/volumes.h"
#include "core/job/question.h"
#include "core/queue/job_orders.h"
#include "core/system/when_ready.h"

#include <algorithm>

namespace core {

namespace {

constexpr qint64 kLeastBytes = qint64(1024) * 1024;

/// Where nobody knows how much is to come, as much again as there is: less would only fill the disk
/// once more, and ask once more.
qint64 bytesToCome(const JobError &error)
{
    const qint64 have = error.fileBytesDone;
    const qint64 left =
        error.fileBytesTotal ? *error.fileBytesTotal - have : std::max(have, kLeastBytes);
    return std::max(left, error.bytesMissing.value_or(0));
}

/// What giving a file its name takes: nothing much, unless it has to be copied to get there.
qint64 bytesToPublish(const JobRecord &job, const JobError &obstacle)
{
    const FileRecord &file = job.files.at(obstacle.fileIndex);
    return std::max(obstacle.bytesMissing.value_or(0),
                    isToBeMoved(job, file) ? file.sizeBytes.value_or(kLeastBytes) : kLeastBytes);
}

} // namespace

SpaceWatch::SpaceWatch(Clock *clock, Volumes *volumes, std::function<void(JobId)> roomAppeared)
    : m_volumes(volumes)
    , m_roomAppeared(std::move(roomAppeared))
    , m_alarm(clock)
{
}

void SpaceWatch::watch(const JobRecord &job)
{
    const std::optional<JobError> question = questionOf(job);
    if (job.state == JobState::TransientError || !question || question->cause != Cause::DiskFull) {
        return;
    }
    const qint64 needed = job.state == JobState::Transferred ? bytesToPublish(job, *question)
                                                             : bytesToCome(*question);
    m_wants.insert_or_assign(job.id, Want{job.folder, needed + needed / 20});
    if (!m_alarm.isSet()) {
        m_alarm.setIn(kInterval, [this] { look(); });
    }
}

void SpaceWatch::forget(JobId job)
{
    m_wants.erase(job);
    if (m_wants.empty()) {
        m_alarm.cancel();
    }
}

void SpaceWatch::look()
{
    for (const auto &[job, want] : m_wants) {
        ask(job, want);
    }
    m_alarm.setIn(kInterval, [this] { look(); });
}

void SpaceWatch::ask(JobId job, const Want &want)
{
    whenReady(m_volumes->forFolder(want.folder), this,
              [this, job, folder = want.folder](const DiskResult<Volume *> &volume) {
                  if (volume) {
                      measure(job, *volume, folder);
                  }
              });
}

void SpaceWatch::measure(JobId job, Volume *volume, const QString &folder)
{
    const auto inspection =
        volume->run<FolderFacts>([folder] { return inspectFolder(folder, MissingFolder::Refuse); });
    whenReady(inspection, this, [this, job](const DiskResult<FolderFacts> &facts) {
        judge(job, facts ? facts->freeBytes : 0);
    });
}

void SpaceWatch::judge(JobId job, qint64 freeBytes)
{
    const auto found = m_wants.find(job);
    if (found != m_wants.end() && freeBytes >= found->second.neededBytes) {
        forget(job);
        m_roomAppeared(job);
    }
}

} // namespace core
