// SPDX-License-Identifier: Apache-2.0
// How a session of the JobManager begins, widens and ends.
#include "core/queue/job_manager.h"

#include "core/job/question.h"
#include "core/queue/job_orders.h"
#include "core/transfer/exchange/held_exchanges.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/range_manners.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>

#include <algorithm>

namespace core {

namespace {

constexpr int kDaysABearingHolds = 7;

/// It asks for a login that it was never given, as far as this session knows.
bool lacksLogin(const JobRecord &job)
{
    const auto question = questionOf(job);
    return job.state == JobState::Error && question &&
           (question->cause == Cause::ProxyLoginRequired ||
            (question->cause == Cause::LoginRequired && question->signIn == SignIn::NotGiven));
}

bool isAtWork(JobState state)
{
    return state == JobState::Queued || state == JobState::TransientError || isRunning(state);
}

} // namespace

void JobManager::load(StoredState state)
{
    for (JobRecord &job : state.jobs) {
        job = awakened(std::move(job), m_clock->utcNow());
        if (m_hasKeyring && job.options.keepSecrets && !isFinal(job.state)) {
            m_scope.hold(job.id);
        }
    }
    m_records.load(std::move(state));
    m_transfer.throttles->limitAll(m_records.settings().limitBytesPerSecond);
    recallHosts();
    takeUpAll(m_records.ids());
}

/// What servers have refused of late is not asked of them again; and by which addresses of this
/// computer they have brought bytes tells why they do not any more.
void JobManager::recallHosts()
{
    const QDateTime oldest = m_clock->utcNow().addDays(-kDaysABearingHolds);
    for (const auto &[id, job] : m_records.jobs()) {
        if (job.connectionsBorne && !job.files.isEmpty() && job.modifiedAt >= oldest) {
            m_transfer.managers->hosts().recall(originOf(job.files.first().spec.url),
                                                *job.connectionsBorne);
        }
        for (const FileRecord &file : job.files) {
            if (!job.servedAs.isEmpty() && !file.durable.isEmpty() && !isFinal(job.state)) {
                m_transfer.managers->answers().recall(job.id, file.spec.url, job.servedAs);
            }
        }
    }
}

void JobManager::runEverything(const std::optional<ClientEnvironment> &environment)
{
    JobIds added = m_records.ids();
    added.removeIf([this](JobId id) { return m_scope.covers(id); });
    for (const JobId id : std::as_const(added)) {
        setEnvironment(id, environment);
    }
    m_scope.widen();
    takeUpAll(added);
}

void JobManager::takeSecrets(JobId id, const std::optional<JobSecrets> &secrets)
{
    const JobRecord *job = m_records.find(id);
    if (job == nullptr || isFinal(job->state)) {
        return;
    }
    if (secrets) {
        m_records.changeUnstored(id, [&](JobRecord &row) { giveBack(*secrets, &row.options); });
    }
    if (m_scope.release(id)) {
        takeUpAll({id});
    } else if (secrets && lacksLogin(*job) && !isBusy(id)) {
        m_life.goOn(id);
        static_cast<void>(m_records.commit(id));
        m_runner.schedule();
    }
}

void JobManager::secretsGone(JobId id)
{
    const JobRecord *job = m_records.find(id);
    if (job == nullptr) {
        m_records.secretsGone(id);
    } else if (isFinal(job->state) && job->options.keepSecrets) {
        m_records.change(id, [](JobRecord &row) { row.options.keepSecrets = false; });
        static_cast<void>(m_records.commit(id));
    }
}

void JobManager::setEnvironment(JobId id, const std::optional<ClientEnvironment> &environment)
{
    m_records.changeUnstored(
        id, [&environment](JobRecord &job) { job.options.environment = environment; });
}

int JobManager::jobsUnderWay() const
{
    const auto atWork = std::ranges::count_if(m_records.jobs(), [this](const auto &entry) {
        const auto &[id, job] = entry;
        return isBusy(id) || (m_scope.covers(id) && (isAtWork(job.state) || m_space.has(id)));
    });
    return int(atWork) + m_abandoned.count();
}

bool JobManager::isTransferring() const
{
    return std::ranges::any_of(m_records.jobs(), [](const auto &entry) {
        return entry.second.state == JobState::Transferring;
    });
}

void JobManager::takeUpAll(const JobIds &ids)
{
    for (const JobId id : ids) {
        takeUp(id);
    }
    m_runner.schedule();
    for (const JobId id : ids) {
        m_runner.settle(id);
    }
}

void JobManager::takeUp(JobId id)
{
    const JobRecord &job = *m_records.find(id);
    if (isRunning(job.state)) { // the program ended without a word
        m_life.transition(id, JobEvent::Preempt);
        static_cast<void>(m_records.commit(id));
    }
    m_runner.takeUp(job);
    if (m_scope.covers(id)) {
        m_space.watch(job); // the promise to go on by itself outlives the program
    }
    if (job.untold.isAny() && m_scope.covers(id)) {
        m_listener->noticeDue(id, job.untold);
    }
    if (hasLeftOvers(job)) {
        m_finisher.discard(id);
    } else if (m_scope.covers(id)) {
        m_abandoned.begin(id);
    }
    if (job.state == JobState::Transferred && !job.obstacle && m_scope.covers(id)) {
        transferred(id);
    }
}

bool JobManager::isSaved() const
{
    return std::ranges::all_of(m_records.ids(), [this](JobId id) { return m_records.isSaved(id); });
}

void JobManager::finished(JobId id)
{
    m_transfer.managers->release(id);
    m_transfer.throttles->release(id);
    m_transfer.manners->release(id);
    m_transfer.managers->answers().release(id);
    m_transfer.held->release(id);
    m_abandoned.begin(id);
    m_runner.schedule();
}

QCoro::Task<> JobManager::shutdown()
{
    m_runner.close();
    m_finisher.close();
    m_records.giveUp();
    const auto stopped = m_runner.idle({});
    co_await stopped;
    co_await m_checks.close();
    const auto told = m_abandoned.close();
    co_await told;
    const auto finished = m_finisher.idle();
    co_await finished;
    QList<QFuture<bool>> saves;
    for (const JobId id : m_records.ids()) {
        if (isRunning(m_records.find(id)->state)) {
            m_life.transition(id, JobEvent::Preempt);
        }
        m_life.noteGathered(id);
        saves.append(m_records.saved(id));
    }
    for (const auto &save : saves) {
        co_await save;
    }
}

} // namespace core
