// SPDX-License-Identifier: Apache-2.0
// The life of a job: every move goes through the table, here.
#include "core/queue/chronicle.h"
#include "core/queue/job_manager.h"
#include "core/remedy/catalogue.h"
#include "core/system/when_ready.h"
#include "core/transfer/lanes.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>

namespace core {

void JobManager::load(StoredState state)
{
    const QDateTime now = m_world.clock->utcNow();
    for (JobRecord &job : state.jobs) {
        job = awakened(std::move(job), now);
    }
    const QList<PendingNotice> notices = state.notices;
    m_ledger.load(std::move(state));
    for (const JobId id : ids()) {
        const JobRecord &job = *m_ledger.find(id);
        if (isRunning(job.state)) { // the program ended without a word
            move(id, JobEvent::Preempt);
            static_cast<void>(m_ledger.commit(id));
        }
        for (int i = 0; i < int(job.files.size()); ++i) {
            const FileRecord &file = job.files.at(i);
            if (file.state == FileState::Waiting && file.due && isOurs(id)) {
                const std::chrono::milliseconds left(now.msecsTo(file.due->at));
                m_waits.set({id, i}, m_world.clock->now() + left);
            }
        }
        if (job.state == JobState::TransientError) {
            m_vitals.troubled(id);
        }
        if (isOurs(id)) {
            watchForRoom(id); // the promise to go on by itself outlives the program
        }
        if (job.state == JobState::Cancelled && !partsOf(job).isEmpty()) {
            beginDiscard(id);
        }
        const bool completesItself = job.state == JobState::Transferred && !job.obstacle &&
                                     job.options.complete == CompleteMode::WhenTransferred;
        if (completesItself && isOurs(id)) {
            beginCompletion(id, PartialFiles::Remove, Decider::Engine);
        }
    }
    for (const PendingNotice &notice : notices) {
        if (m_ledger.find(notice.job) != nullptr && isOurs(notice.job)) {
            Q_EMIT noticeDue(notice.job, notice.kind);
        }
    }
    schedule();
    for (const JobId id : ids()) {
        reconsider(id);
    }
}

void JobManager::move(JobId id, JobEvent event)
{
    const JobRecord &job = *m_ledger.find(id);
    const auto to = next(job.type, job.state, event);
    Q_ASSERT_X(to, "JobManager::move", name(event));
    if (!to || *to == job.state) {
        return;
    }
    note(id, happening::StateChanged{.from = job.state, .to = *to, .event = event});
    m_ledger.change(id, [this, to](JobRecord &row) {
        row.state = *to;
        row.modifiedAt = m_world.clock->utcNow();
    });
    enter(id, *to, event);
    Q_EMIT jobChanged(id);
}

void JobManager::enter(JobId id, JobState state, JobEvent event)
{
    if (!isRunning(state)) {
        m_vitals.parked(id);
    }
    switch (state) {
    case JobState::Transferring:
        m_ledger.change(id, [](JobRecord &job) { job.error.reset(); });
        return;
    case JobState::Error:
        tell(id, NoticeKind::Error);
        return;
    case JobState::Transferred:
        m_ledger.change(id, [this](JobRecord &job) {
            job.transferredAt = m_world.clock->utcNow();
            job.error.reset();
        });
        if (event == JobEvent::AllWhole &&
            m_ledger.find(id)->options.complete == CompleteMode::OnRequest) {
            tell(id, NoticeKind::Transferred);
        }
        return;
    case JobState::Suspended:
    case JobState::Queued:
    case JobState::Connecting:
    case JobState::TransientError:
    case JobState::Acknowledged:
    case JobState::Cancelled:
        // The state has moved on: what was to be told of the last one is not news any more.
        m_ledger.setNotice(id, std::nullopt);
        Q_EMIT noticeVoid(id);
        return;
    }
}

/// What stood in its way is gone: it goes on without being told to.
void JobManager::raise(JobId id)
{
    JobRecord revived = *m_ledger.find(id);
    revive(&revived);
    m_ledger.replace(std::move(revived));
    noteDecision(id, JobEvent::Resume, Decider::Engine);
    move(id, JobEvent::ObstacleGone);
}

void JobManager::tell(JobId id, NoticeKind kind)
{
    m_ledger.setNotice(id, kind);
    whenReady(m_ledger.commit(id), this, [this, id, kind](const StoreResult<> & /*told of*/) {
        if (m_ledger.find(id) != nullptr && isOurs(id)) {
            Q_EMIT noticeDue(id, kind);
        }
    });
}

/// What the files of a job that runs nothing any more mean for the job.
void JobManager::reconsider(JobId id)
{
    const JobRecord *job = m_ledger.find(id);
    const bool isUnderWay =
        job != nullptr && (job->state == JobState::Queued || isRunning(job->state)) && isOurs(id);
    if (!isUnderWay || m_busy.contains(id) || m_isClosing || m_attempts.countOf(id) > 0) {
        return;
    }
    const Tally &tally = m_ledger.tally(id);
    if (!tally.pending().empty() && !isCutOff(id)) {
        if (isRunning(job->state)) {
            move(id, JobEvent::Preempt);
        }
    } else if (tally.count(FileState::Waiting) > 0) {
        failJob(id, JobEvent::FailForNow);
    } else if (tally.count(FileState::Failed) > 0) {
        failJob(id, JobEvent::FailForGood);
    } else {
        if (job->state == JobState::Queued) {
            move(id, JobEvent::Start);
        }
        move(id, JobEvent::AllWhole);
        if (job->options.complete == CompleteMode::WhenTransferred) {
            beginCompletion(id, PartialFiles::Remove, Decider::Engine);
        }
    }
    static_cast<void>(m_ledger.commit(id));
}

/// Into TransientError or Error, with the error of the file that decides.
void JobManager::failJob(JobId id, JobEvent event)
{
    const JobRecord &job = *m_ledger.find(id);
    std::optional<JobError> error;
    if (event == JobEvent::FailForNow) {
        const auto file = m_waits.earliestFile(id);
        error = file ? job.files.at(file->index).error : std::nullopt;
    } else {
        for (const FileRecord &file : job.files) {
            if (file.state == FileState::Failed) {
                error = file.error;
                break;
            }
        }
    }
    if (error) {
        // The file failed some time ago; its siblings have gone on since.
        const Progress progress = m_ledger.tally(id).progress();
        error->jobBytesDone = progress.bytesDone;
        error->jobFilesDone = progress.filesDone;
        error->jobFilesTotal = progress.filesTotal;
    }
    m_ledger.change(id, [&error](JobRecord &row) { row.error = error; });
    move(id, event);
    watchForRoom(id);
}

/// A quota is not seen in the free room of the disk, so only a full disk can be watched.
void JobManager::watchForRoom(JobId id)
{
    constexpr qint64 kLeastBytes = qint64(1024) * 1024;
    const JobRecord &job = *m_ledger.find(id);
    if (job.state != JobState::Error || !job.error || job.error->cause != Cause::DiskFull) {
        return;
    }
    // Where nobody knows how much is to come, as much again as there is: less would only fill the
    // disk once more, and ask once more.
    const qint64 have = job.error->fileBytesDone;
    const qint64 left =
        job.error->fileBytesTotal ? *job.error->fileBytesTotal - have : std::max(have, kLeastBytes);
    m_space.watch(id, job.folder, std::max(left, job.error->bytesMissing.value_or(0)));
}

QFuture<Completion> JobManager::beginCompletion(JobId id, PartialFiles partial, Decider by)
{
    noteDecision(id, JobEvent::Complete, by);
    m_busy.insert(id);
    m_attempts.stop(id);
    auto promise = std::make_shared<QPromise<Completion>>();
    promise->start();
    QCoro::connect(completeJob(id, partial, by), this, [promise](const Completion &completion) {
        promise->addResult(completion);
        promise->finish();
    });
    return promise->future();
}

QCoro::Task<Completion> JobManager::completeJob(JobId id, PartialFiles partial, Decider by)
{
    // A job that is busy is not removed, so it is there after every wait below.
    const auto idle = m_attempts.idle(id);
    co_await idle;
    const CompletionOrder order = completionOrderOf(*m_ledger.find(id), partial);
    const CompletionReport report = co_await carryOut(m_world.transfer.volumes, order);
    for (const auto &[index, path] : report.published) {
        m_ledger.changeFile({id, index}, [&path](FileRecord &file) {
            file.state = FileState::Published;
            file.publishedPath = path;
            file.part = {};
        });
    }
    Completion completion{
        .job = id, .manifest = manifestOf(*m_ledger.find(id)), .obstacle = report.obstacle};
    note(id, chronicle::completed(completion));
    settleCompletion(id, report, partial);
    if (by == Decider::Engine) {
        tell(id, NoticeKind::Transferred);
    }
    const auto saved = m_ledger.commit(id);
    co_await saved;
    endBusiness(id);
    co_return completion;
}

void JobManager::settleCompletion(JobId id, const CompletionReport &report, PartialFiles partial)
{
    if (report.obstacle) {
        JobError obstacle = *report.obstacle;
        obstacle.time = m_world.clock->utcNow();
        obstacle.jobBytesDone = m_ledger.tally(id).progress().bytesDone;
        obstacle.jobFilesDone = m_ledger.tally(id).done();
        obstacle.jobFilesTotal = m_ledger.tally(id).wanted();
        m_ledger.change(id, [&obstacle](JobRecord &job) { job.obstacle = obstacle; });
        move(id, JobEvent::Obstructed);
        Q_EMIT jobChanged(id);
        return;
    }
    forgetParts(id, report.left, partial);
    m_ledger.change(id, [](JobRecord &job) { job.obstacle.reset(); });
    move(id, JobEvent::Complete);
}

/// The parts that went are forgotten; those that could not be removed stay on the record.
void JobManager::forgetParts(JobId id, const QList<PartIdentity> &left, PartialFiles partial)
{
    const auto isGone = [&left](const PartIdentity &part) { return !left.contains(part); };
    for (int i = 0; i < int(m_ledger.find(id)->files.size()); ++i) {
        const FileRecord &file = m_ledger.find(id)->files.at(i);
        if (file.part.isEmpty() && file.superseded.isEmpty()) {
            continue;
        }
        m_ledger.changeFile({id, i}, [&isGone, partial](FileRecord &changed) {
            changed.superseded.removeIf(isGone);
            if (partial == PartialFiles::Remove && changed.state != FileState::Published) {
                changed.durable = {};
                changed.part = isGone(changed.part) ? PartIdentity() : changed.part;
            }
        });
    }
}

QFuture<void> JobManager::beginDiscard(JobId id)
{
    m_busy.insert(id);
    m_attempts.stop(id);
    m_waits.cancel(id);
    m_space.forget(id);
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QCoro::connect(discardJob(id), this, [promise](bool /*done*/) { promise->finish(); });
    return promise->future();
}

QCoro::Task<bool> JobManager::discardJob(JobId id)
{
    const auto idle = m_attempts.idle(id);
    co_await idle;
    const QList<PartIdentity> parts = partsOf(*m_ledger.find(id));
    const QList<PartIdentity> left = co_await discardParts(m_world.transfer.volumes, parts);
    forgetParts(id, left, PartialFiles::Remove);
    const auto saved = m_ledger.commit(id);
    co_await saved;
    endBusiness(id);
    co_return left.isEmpty();
}

void JobManager::endBusiness(JobId id)
{
    m_busy.remove(id);
    m_world.transfer.lanes->release(id);
    m_world.transfer.throttles->release(id);
    if (m_busy.isEmpty()) {
        for (const auto &waiting : std::exchange(m_awaitingIdle, {})) {
            waiting->finish();
        }
    }
    schedule();
}

} // namespace core
