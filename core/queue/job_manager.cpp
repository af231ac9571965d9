// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_manager.h"

#include "core/queue/admission.h"
#include "core/queue/command_rules.h"
#include "core/queue/fix_target.h"
#include "core/queue/given_logins.h"
#include "core/queue/job_orders.h"
#include "core/queue/timeline_entries.h"
#include "core/system/mapped_future.h"
#include "core/system/when_ready.h"
#include "core/transfer/exchange/held_exchanges.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/range_manners.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>

namespace core {

JobManager::JobManager(const World &world, JobListener *listener)
    : m_clock(world.clock)
    , m_transfer(world.transfer)
    , m_limits(world.limits)
    , m_listener(listener)
    , m_hasKeyring(world.hasKeyring)
    , m_scope(world.run)
    , m_records(world.store, world.clock, listener, [this] { m_runner.schedule(); })
    , m_life(&m_records, &m_scope, world.clock, listener, this)
    , m_runner({.clock = world.clock,
                .transfer = world.transfer,
                .limits = world.limits,
                .stateFolder = world.stateFolder,
                .random = world.random,
                .isThisComputer = world.isThisComputer},
               &m_records, &m_life, &m_scope, listener, this)
    , m_finisher(&m_records, &m_life, world.transfer.volumes, this)
    , m_space(world.clock, world.transfer.volumes, [this](JobId id) { onRoom(id); })
    , m_checks(world.transfer)
    , m_abandoned(world.transfer, world.limits, &m_records, &m_life)
    , m_queries(&m_records, &m_runner, world.store)
{
}

QFuture<Answer<JobId>> JobManager::add(const JobSpec &spec, Beginning beginning)
{
    auto admitted = admit(spec, m_clock->utcNow());
    if (!admitted) {
        return readyFuture(Answer<JobId>(tl::unexpected(admitted.error())));
    }
    const auto refusal =
        beginning == Beginning::AtOnce ? refusalByPlace(*admitted, m_records.jobs()) : std::nullopt;
    if (refusal) { // before anybody sees it
        return readyFuture(Answer<JobId>(tl::unexpected(*refusal)));
    }
    return keep(std::move(*admitted), spec, beginning);
}

QFuture<Answer<JobId>> JobManager::adopt(const JobSpec &spec, const FoundPart &found)
{
    auto admitted = admit(spec, m_clock->utcNow());
    if (!admitted) {
        return readyFuture(Answer<JobId>(tl::unexpected(admitted.error())));
    }
    FileRecord &file = admitted->files.first();
    file.part = found.part;
    file.durable = RangeSet::prefix(found.sizeBytes);
    return keep(std::move(*admitted), spec, Beginning::Later);
}

QFuture<Answer<JobId>> JobManager::keep(JobRecord record, const JobSpec &spec, Beginning beginning)
{
    const int files = int(record.files.size());
    const JobId id = m_records.add(std::move(record));
    for (int i = 0; i < files; ++i) {
        if (isSchemeToBeFound(spec.files.at(i).url)) {
            m_runner.findScheme({id, i});
        }
    }
    m_life.note(id, happening::Added{.files = files});
    m_scope.command(id);
    auto promise = std::make_shared<QPromise<Answer<JobId>>>();
    promise->start();
    whenReady(
        m_records.commit(id), this, [this, id, promise, beginning](const StoreResult<> &saved) {
            // A job that would be gone after a restart is not made at all.
            promise->addResult(saved ? begun(id, beginning) : unmake(id, notSaved(saved.error())));
            promise->finish();
        });
    return promise->future();
}

Answer<JobId> JobManager::begun(JobId id, Beginning beginning)
{
    if (beginning == Beginning::AtOnce) {
        const SetWork work = resume({id}, {}, m_records.find(id)->options.environment);
        if (!work.outcome.refused.isEmpty()) {
            Refusal refusal = work.outcome.refused.first();
            refusal.job = {}; // there is none any more
            return unmake(id, refusal);
        }
    }
    return id;
}

Answer<JobId> JobManager::unmake(JobId id, const Refusal &refusal)
{
    static_cast<void>(m_records.remove(id));
    m_listener->jobRemoved(id);
    return tl::unexpected(refusal);
}

QFuture<Answer<void>> JobManager::addFiles(JobId id, const QList<FileSpec> &files)
{
    const auto refusal = refusalOf(id, JobEvent::Cancel); // as long as it is not final
    const auto admitted =
        refusal ? tl::unexpected(*refusal) : filesToAdd(*m_records.find(id), files);
    if (!admitted) {
        return readyFuture(Answer<void>(tl::unexpected(admitted.error())));
    }
    m_records.change(id, [&admitted](JobRecord &row) {
        for (const QString &origin : originsOfFiles(*admitted)) {
            keepLoginWhereItIs(origin, &row);
        }
    });
    for (const FileRecord &file : *admitted) {
        m_records.addFile(id, file);
    }
    m_records.change(id, [this](JobRecord &row) { row.modifiedAt = m_clock->utcNow(); });
    m_life.note(id, happening::Added{.files = int(files.size())});
    m_runner.schedule();
    return mappedFuture(m_records.commit(id),
                        [](const StoreResult<> & /*told of*/) { return Answer<void>(); });
}

std::optional<Refusal> JobManager::refusalOf(JobId id, JobEvent command) const
{
    const JobRecord *job = m_records.find(id);
    if (job == nullptr) {
        return unknownJob(id);
    }
    if (auto refusal = refusalByTable(*job, command)) {
        return refusal;
    }
    // What is being published can be stopped, and else nothing can be done with it.
    const bool isRefused =
        isBusy(id) && (command != JobEvent::Suspend || !m_finisher.isPublishing(id));
    return isRefused ? std::optional(refused(RefusalKind::Busy, *job, command)) : std::nullopt;
}

template <typename Command>
SetWork JobManager::onEach(const JobIds &ids, JobEvent event, Command command)
{
    SetWork work;
    for (const JobId id : ids) {
        auto refusal = refusalOf(id, event);
        if (!refusal) {
            refusal = command(id, &work);
        }
        if (refusal) {
            work.outcome.refused.append(*refusal);
            continue;
        }
        work.await(m_records.commit(id));
        work.outcome.done.append(id);
    }
    m_runner.schedule();
    return work;
}

SetWork JobManager::suspend(const JobIds &ids)
{
    return onEach(ids, JobEvent::Suspend, [this](JobId id, SetWork *work) {
        if (const auto publishing = m_finisher.breakOff(id)) {
            work->pending.append(*publishing);
            return std::optional<Refusal>();
        }
        m_life.noteDecision(id, JobEvent::Suspend, Decider::Person);
        m_life.transition(id, JobEvent::Suspend);
        m_checks.stop(id);
        m_runner.stop(id);
        return std::optional<Refusal>();
    });
}

SetWork JobManager::resume(const JobIds &ids, const Fixes &fixes,
                           const std::optional<ClientEnvironment> &environment,
                           const QList<FileId> &left)
{
    SetWork work = onEach(ids, JobEvent::Resume, [&](JobId id, SetWork * /*work*/) {
        auto refusal = resumeOne(id, fixes, left);
        if (!refusal) {
            m_scope.command(id);
            setEnvironment(id, environment);
        }
        return refusal;
    });
    for (const JobId id : std::as_const(work.outcome.done)) {
        m_runner.settle(id);
    }
    return work;
}

std::optional<Refusal> JobManager::resumeOne(JobId id, const Fixes &given,
                                             const QList<FileId> &left)
{
    const JobRecord &job = *m_records.find(id);
    const Fixes fixes = addressed(given, job);
    auto plan = planResume(job, fixes, left);
    if (!plan) {
        return plan.error();
    }
    if (plan->how == Resumption::How::Running) {
        return std::nullopt;
    }
    if (auto refusal = refusalByPlace(plan->record, m_records.jobs())) {
        return refusal;
    }
    m_abandoned.leave(job, plan->record);
    m_checks.stopOthers(id, asAsked(given));
    m_runner.forgive(id);
    m_runner.repaired(job, fixes, left);
    m_space.forget(id);
    for (const auto &[file, what] :
         timeline_entry::applied(fixes, job) + timeline_entry::numbered(fixes, plan->record)) {
        m_life.note(id, what, file);
    }
    m_records.replace(std::move(plan->record));
    m_life.noteDecision(id, JobEvent::Resume, Decider::Person);
    m_records.change(id, [](JobRecord &row) { row.obstacle.reset(); });
    if (plan->how == Resumption::How::Complete) {
        m_finisher.complete(id, PartialFiles::Remove, Decider::Engine);
    } else {
        m_life.transition(id, JobEvent::Resume);
    }
    return std::nullopt;
}

SetWork JobManager::cancel(const JobIds &ids)
{
    return onEach(ids, JobEvent::Cancel, [this](JobId id, SetWork *work) {
        m_life.noteDecision(id, JobEvent::Cancel, Decider::Person);
        m_life.transition(id, JobEvent::Cancel);
        work->pending.append(m_finisher.discard(id));
        return std::optional<Refusal>();
    });
}

SetWork JobManager::remove(const JobIds &ids)
{
    SetWork work;
    for (const JobId id : ids) {
        const JobRecord *job = m_records.find(id);
        if (job == nullptr) {
            work.outcome.refused.append(unknownJob(id));
        } else if (!isFinal(job->state) || isBusy(id)) {
            const auto kind = isBusy(id) ? RefusalKind::Busy : RefusalKind::NotFinished;
            work.outcome.refused.append(
                {.kind = kind, .job = id, .state = job->state, .subject = job->name});
        } else {
            m_listener->noticeVoid(id);
            work.await(m_records.remove(id));
            m_runner.forget(id);
            m_finisher.forget(id);
            m_listener->jobRemoved(id);
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
    return m_finisher.complete(id, partial, Decider::Person);
}

void JobManager::acceptNotice(JobId id, bool Untold::*by)
{
    if (m_records.find(id) != nullptr) {
        m_records.change(id, [by](JobRecord &job) { job.untold.*by = false; });
        static_cast<void>(m_records.commit(id));
    }
}

void JobManager::onRoom(JobId id)
{
    const JobRecord *job = m_records.find(id);
    if (job == nullptr || isBusy(id)) {
        return;
    }
    if (job->state == JobState::Error) {
        m_life.goOn(id);
        static_cast<void>(m_records.commit(id));
        m_runner.schedule();
    } else if (job->state == JobState::Transferred) {
        completeAnew(id);
    }
}

/// What stood in the way is gone.
void JobManager::completeAnew(JobId id)
{
    // Nobody knows any more whether the unfinished ones were to be kept.
    const bool isAllOfIt = m_records.totals(id).pending().empty();
    m_records.change(id, [](JobRecord &row) { row.obstacle.reset(); });
    m_finisher.complete(id, isAllOfIt ? PartialFiles::Remove : PartialFiles::KeepAsPart,
                        Decider::Engine);
}

void JobManager::entered(const JobRecord &job)
{
    if (!isRunning(job.state)) {
        m_runner.parked(job.id);
    }
    m_space.watch(job);
}

void JobManager::transferred(JobId id)
{
    if (m_records.find(id)->options.complete == CompleteMode::WhenTransferred) {
        m_finisher.complete(id, PartialFiles::Remove, Decider::Engine);
    }
}

QFuture<void> JobManager::halt(JobId id)
{
    m_checks.stop(id);
    m_runner.stop(id);
    m_space.forget(id);
    return m_runner.idle(id);
}

} // namespace core
