// SPDX-License-Identifier: Apache-2.0
// What a person changes while it runs: of jobs, and of all of them.
#include "core/queue/change_job.h"
#include "core/queue/command_rules.h"
#include "core/queue/job_manager.h"
#include "core/system/mapped_future.h"
#include "core/system/when_ready.h"
#include "core/transfer/throttle.h"

namespace core {

std::optional<Refusal> JobManager::refusalOf(JobId id, const JobChange &change) const
{
    const JobRecord *job = m_records.find(id);
    if (job == nullptr) {
        return unknownJob(id);
    }
    if (auto bad = core::refusalOf(change)) {
        return bad;
    }
    if (isFinal(job->state)) {
        return refused(RefusalKind::Ended, *job, JobEvent::Resume);
    }
    if (!change.files.isEmpty() && isBusy(id)) {
        return refused(RefusalKind::Busy, *job, JobEvent::Resume);
    }
    return core::refusalOf(change.files, *job);
}

/// What is wanted of the job is another thing then, and so may be what it is at.
void JobManager::chooseFiles(JobId id, const QList<FileChange> &changes)
{
    const JobRecord &job = *m_records.find(id);
    JobRecord changed = withChanges(job, changes);
    const happening::FilesChosen chosen = chosenBetween(job, changed);
    m_records.replace(std::move(changed));
    if (chosen == happening::FilesChosen()) {
        m_runner.takeInOrder(id);
        return;
    }
    if (chosen.leftOut > 0) {
        m_life.note(id, happening::FilesChosen{.leftOut = chosen.leftOut});
    }
    if (chosen.takenIn > 0) {
        m_life.note(id, happening::FilesChosen{.takenIn = chosen.takenIn});
    }
    m_space.forget(id);
    const auto isLeftOut = [&job](const JobError &error) {
        return job.files.at(error.fileIndex).state == FileState::Unwanted;
    };
    if (job.state != JobState::Transferred) {
        m_runner.filesChosen(id);
    } else if (chosen.takenIn > 0) {
        m_records.change(id, [](JobRecord &row) { row.obstacle.reset(); });
        m_life.transition(id, JobEvent::Resume);
    } else if (job.obstacle && isLeftOut(*job.obstacle)) {
        completeAnew(id);
    }
    m_life.recount(id);
    m_space.watch(job);
}

SetWork JobManager::change(const JobIds &ids, const JobChange &change)
{
    const qint64 place = placeAt(change.move.value_or(QueueEnd::Last), m_records.jobs());
    SetWork work;
    for (const JobId id : ids) {
        if (const auto refusal = refusalOf(id, change)) {
            work.outcome.refused.append(*refusal);
            continue;
        }
        if (!change.files.isEmpty()) {
            chooseFiles(id, change.files);
        }
        m_records.change(id, [&](JobRecord &row) {
            apply(change, &row);
            row.options.place = change.move ? place : row.options.place;
        });
        m_runner.changed(id);
        work.await(m_records.commit(id));
        work.outcome.done.append(id);
    }
    m_runner.schedule();
    return work;
}

QFuture<Answer<void>> JobManager::limitAll(qint64 bytesPerSecond)
{
    Settings changed = m_records.settings();
    changed.limitBytesPerSecond = unlessZero(bytesPerSecond);
    return setSettings(changed);
}

QFuture<Answer<void>> JobManager::setSettings(const Settings &settings)
{
    if (settings.limitBytesPerSecond.value_or(1) <= 0) {
        return readyFuture(Answer<void>(
            tl::unexpected(Refusal{.kind = RefusalKind::BadValue,
                                   .subject = QString::number(*settings.limitBytesPerSecond)})));
    }
    const bool isOtherNetwork = settings.waitOnMetered != m_records.settings().waitOnMetered;
    auto saved = m_records.setSettings(settings);
    if (isOtherNetwork) {
        m_runner.reconsiderNetwork();
    }
    m_transfer.throttles->limitAll(settings.limitBytesPerSecond);
    m_runner.schedule();
    return mappedFuture(saved, [](const StoreResult<> &result) -> Answer<void> {
        return result.map_error(notSaved);
    });
}

} // namespace core
