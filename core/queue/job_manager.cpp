// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_manager.h"

#include "core/queue/admission.h"
#include "core/queue/apply_fix.h"
#include "core/queue/chronicle.h"
#include "core/system/when_ready.h"
#include "core/transfer/lanes.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>

namespace core {

JobManager::JobManager(World world, QObject *parent)
    : QObject(parent)
    , m_world(std::move(world))
    , m_ledger(m_world.store)
    , m_attempts(m_world.transfer,
                 [this](FileId file, const Identification &what) { return identify(file, what); })
    , m_waits(m_world.clock, [this](FileId file) { onRetryDue(file); })
    , m_vitals(m_world.clock)
    , m_space(m_world.clock, m_world.transfer.volumes)
{
    connect(&m_ledger, &Ledger::announced, this, &JobManager::jobChanged);
    connect(&m_ledger, &Ledger::saveFailed, this, &JobManager::saveFailed);
    connect(&m_attempts, &Attempts::received, this, &JobManager::onReceived);
    connect(&m_attempts, &Attempts::durable, this, &JobManager::onDurable);
    connect(&m_attempts, &Attempts::partLost, this, &JobManager::onPartLost);
    connect(&m_attempts, &Attempts::ended, this, &JobManager::onEnded);
    connect(&m_space, &SpaceWatch::roomAppeared, this, &JobManager::onRoom);
}

JobManager::~JobManager() = default;

QCoro::Task<> JobManager::shutdown()
{
    m_isClosing = true;
    m_attempts.stopAll();
    const auto idle = m_attempts.idle({});
    co_await idle;
    while (!m_busy.isEmpty()) {
        m_awaitingIdle.push_back(std::make_shared<QPromise<void>>());
        m_awaitingIdle.back()->start();
        const auto business = m_awaitingIdle.back()->future();
        co_await business;
    }
    QList<QFuture<StoreResult<>>> saves;
    for (const JobId id : ids()) {
        if (isRunning(m_ledger.find(id)->state)) {
            move(id, JobEvent::Preempt);
        }
        saves.append(m_ledger.commit(id));
    }
    for (const auto &save : saves) {
        co_await save;
    }
}

QFuture<Answer<JobId>> JobManager::add(const JobSpec &spec)
{
    auto admitted = admit(spec, m_world.clock->utcNow());
    if (!admitted) {
        return QtFuture::makeReadyFuture(Answer<JobId>(tl::unexpected(admitted.error())));
    }
    const JobId id = m_ledger.add(std::move(*admitted));
    note(id, happening::Added{.files = int(spec.files.size())});
    m_commanded.insert(id);
    auto promise = std::make_shared<QPromise<Answer<JobId>>>();
    promise->start();
    whenReady(m_ledger.commit(id), this, [this, id, promise](const StoreResult<> &saved) {
        promise->addResult(saved ? Answer<JobId>(id) : unmake(id, saved.error()));
        promise->finish();
    });
    return promise->future();
}

/// A job that would be gone after a restart is not made at all.
Answer<JobId> JobManager::unmake(JobId id, const StoreError &error)
{
    m_ledger.remove(id);
    Q_EMIT jobRemoved(id);
    return tl::unexpected(Refusal{.kind = RefusalKind::StoreFailed, .subject = error.detail});
}

QFuture<Answer<void>> JobManager::addFiles(JobId id, const QList<FileSpec> &files)
{
    const JobRecord *job = m_ledger.find(id);
    std::optional<Refusal> refusal = refusalOf(id, JobEvent::Cancel);
    if (!refusal && job->files.size() + files.size() > kMaxFilesPerJob) {
        refusal = Refusal{.kind = RefusalKind::TooManyFiles, .job = id};
    }
    QList<FileRecord> admitted;
    for (const FileSpec &spec : files) {
        const auto file = admit(spec);
        if (!file && !refusal) {
            refusal = file.error();
        } else if (file) {
            admitted.append(*file);
        }
    }
    if (refusal) {
        return QtFuture::makeReadyFuture(Answer<void>(tl::unexpected(*refusal)));
    }
    for (FileRecord &file : admitted) {
        m_ledger.addFile(id, std::move(file));
    }
    m_ledger.change(id, [this](JobRecord &row) { row.modifiedAt = m_world.clock->utcNow(); });
    note(id, happening::Added{.files = int(files.size())});
    schedule();
    return m_ledger.commit(id).then(
        [](const StoreResult<> & /*told of*/) { return Answer<void>(); });
}

std::optional<Refusal> JobManager::refusalOf(JobId id, JobEvent event) const
{
    const JobRecord *job = m_ledger.find(id);
    if (job == nullptr) {
        return Refusal{.kind = RefusalKind::UnknownJob, .job = id, .subject = text(id)};
    }
    if (!next(job->state, event)) {
        return Refusal{.kind = RefusalKind::InvalidState,
                       .job = id,
                       .state = job->state,
                       .event = event,
                       .subject = job->name};
    }
    if (!next(job->type, job->state, event)) {
        return Refusal{.kind = RefusalKind::UploadInPart,
                       .job = id,
                       .state = job->state,
                       .event = event,
                       .subject = job->name};
    }
    if (m_busy.contains(id)) {
        return Refusal{.kind = RefusalKind::Busy,
                       .job = id,
                       .state = job->state,
                       .event = event,
                       .subject = job->name};
    }
    return std::nullopt;
}

void JobManager::track(SetWork *work, QFuture<StoreResult<>> save)
{
    work->pending.append(save.then([](const StoreResult<> & /*told of by saveFailed*/) {}));
}

SetWork JobManager::suspend(const JobIds &ids)
{
    SetWork work;
    for (const JobId id : ids) {
        if (const auto refusal = refusalOf(id, JobEvent::Suspend)) {
            work.outcome.refused.append(*refusal);
            continue;
        }
        noteDecision(id, JobEvent::Suspend, Decider::Person);
        move(id, JobEvent::Suspend);
        m_attempts.stop(id);
        m_waits.cancel(id);
        track(&work, m_ledger.commit(id));
        work.outcome.done.append(id);
    }
    schedule();
    return work;
}

SetWork JobManager::resume(const JobIds &ids, const Fixes &fixes)
{
    SetWork work;
    for (const JobId id : ids) {
        if (const auto refusal = tryResume(id, fixes)) {
            work.outcome.refused.append(*refusal);
            continue;
        }
        m_commanded.insert(id);
        track(&work, m_ledger.commit(id));
        work.outcome.done.append(id);
    }
    schedule();
    for (const JobId id : std::as_const(work.outcome.done)) {
        reconsider(id);
    }
    return work;
}

std::optional<Refusal> JobManager::tryResume(JobId id, const Fixes &fixes)
{
    if (auto refusal = refusalOf(id, JobEvent::Resume)) {
        return refusal;
    }
    const JobRecord &job = *m_ledger.find(id);
    if (job.type != JobType::Download) {
        return Refusal{.kind = RefusalKind::BadValue, .job = id, .subject = job.name};
    }
    if (isRunning(job.state)) {
        return fixes.isEmpty()
                   ? std::nullopt
                   : std::optional(Refusal{
                         .kind = RefusalKind::FixDoesNotApply, .job = id, .subject = job.name});
    }
    auto fixed = withFixes(job, fixes);
    if (!fixed) {
        return fixed.error();
    }
    revive(&*fixed);
    const Tally tally(fixed->files);
    const bool isUnpublished =
        tally.count(FileState::Whole) > 0 && (job.obstacle || !fixes.isEmpty());
    const bool leadsOn = job.state != JobState::Transferred
                             ? !fixed->files.isEmpty()
                             : !tally.pending().empty() || isUnpublished;
    if (!leadsOn) {
        return Refusal{.kind = RefusalKind::Empty, .job = id, .subject = job.name};
    }
    m_waits.cancel(id);
    m_space.forget(id);
    m_vitals.relieved(id);
    for (const auto &[file, what] : chronicle::applied(fixes, job)) {
        note(id, what, file);
    }
    m_ledger.replace(std::move(*fixed));
    noteDecision(id, JobEvent::Resume, Decider::Person);
    if (job.state == JobState::Transferred && (job.obstacle || tally.pending().empty())) {
        resumeTransferred(id);
    } else {
        move(id, JobEvent::Resume);
    }
    return std::nullopt;
}

/// The question was about the names, so what goes on is the Complete that asked it.
void JobManager::resumeTransferred(JobId id)
{
    m_ledger.change(id, [](JobRecord &job) { job.obstacle.reset(); });
    beginCompletion(id, PartialFiles::Remove, Decider::Engine);
}

SetWork JobManager::cancel(const JobIds &ids)
{
    SetWork work;
    for (const JobId id : ids) {
        if (const auto refusal = refusalOf(id, JobEvent::Cancel)) {
            work.outcome.refused.append(*refusal);
            continue;
        }
        noteDecision(id, JobEvent::Cancel, Decider::Person);
        move(id, JobEvent::Cancel);
        track(&work, m_ledger.commit(id));
        work.pending.append(beginDiscard(id));
        work.outcome.done.append(id);
    }
    schedule();
    return work;
}

SetWork JobManager::remove(const JobIds &ids)
{
    SetWork work;
    for (const JobId id : ids) {
        const JobRecord *job = m_ledger.find(id);
        if (job == nullptr) {
            work.outcome.refused.append(
                {.kind = RefusalKind::UnknownJob, .job = id, .subject = text(id)});
        } else if (!isFinal(job->state) || m_busy.contains(id)) {
            work.outcome.refused.append(
                {.kind = RefusalKind::Busy, .job = id, .state = job->state, .subject = job->name});
        } else {
            Q_EMIT noticeVoid(id);
            track(&work, m_ledger.remove(id));
            m_vitals.forget(id);
            Q_EMIT jobRemoved(id);
            work.outcome.done.append(id);
        }
    }
    return work;
}

Answer<QFuture<Completion>> JobManager::complete(JobId id, PartialFiles partial)
{
    if (auto refusal = refusalOf(id, JobEvent::Complete)) {
        return tl::unexpected(*refusal);
    }
    m_waits.cancel(id);
    m_space.forget(id);
    return beginCompletion(id, partial, Decider::Person);
}

QFuture<Answer<void>> JobManager::setSettings(const Settings &settings)
{
    auto saved = m_ledger.setSettings(settings);
    schedule();
    return saved.then([](const StoreResult<> &result) -> Answer<void> {
        if (result) {
            return {};
        }
        return tl::unexpected(
            Refusal{.kind = RefusalKind::StoreFailed, .subject = result.error().detail});
    });
}

void JobManager::acceptNotice(JobId id)
{
    if (m_ledger.find(id) != nullptr) {
        m_ledger.setNotice(id, std::nullopt);
        static_cast<void>(m_ledger.commit(id));
    }
}

} // namespace core
