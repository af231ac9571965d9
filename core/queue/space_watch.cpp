// SPDX-License-Identifier: Apache-2.0
#include "core/queue/space_watch.h"

#include "core/disk/folder.h"
#include "core/disk/volume.h"
#include "core/system/when_ready.h"

namespace core {

SpaceWatch::SpaceWatch(Clock *clock, Volumes *volumes, QObject *parent)
    : QObject(parent)
    , m_volumes(volumes)
    , m_alarm(clock)
{
}

void SpaceWatch::watch(JobId job, const QString &folder, qint64 neededBytes)
{
    m_wants.insert_or_assign(job, Want{folder, neededBytes + neededBytes / 20});
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
        Q_EMIT roomAppeared(job);
    }
}

} // namespace core
