// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/job_follower.h"

#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/lookup.h"
#include "core/system/when_ready.h"

namespace cli {

namespace {

using namespace std::chrono_literals;

/// How long the end of the program waits for a notification of the engine, so that it can be
/// accepted and is not told to the person a second time.
constexpr auto kGrace = 2s;

} // namespace

JobFollower::JobFollower(Tools tools, Policy policy, QObject *parent)
    : QObject(parent)
    , m_tools(tools)
    , m_policy(std::move(policy))
    , m_live(tools.service, tools.screen)
    , m_asker(tools.input, tools.screen)
{
    connect(m_tools.service, &core::JobService::jobsChanged, this, &JobFollower::onJobsChanged);
    connect(m_tools.service, &core::JobService::attention, this, &JobFollower::onAttention);
    connect(&m_asker, &Asker::decided, this, &JobFollower::onDecided);
    m_grace.setSingleShot(true);
    m_grace.setInterval(kGrace);
    connect(&m_grace, &QTimer::timeout, this, [this] { Q_EMIT finished(status()); });
}

void JobFollower::watchNew(const core::JobSnapshot &job)
{
    m_watches.insert(job.id, {});
    take(job);
}

void JobFollower::watchKnown(const core::JobSnapshot &job)
{
    m_watches[job.id].job.startFrom(job);
}

void JobFollower::resume(const core::JobIds &jobs, const core::Fixes &fixes)
{
    core::whenReady(m_tools.service->call<core::message::Resume>({.jobs = jobs, .fixes = fixes}),
                    this, [this](const core::Answer<core::SetOutcome> &outcome) {
                        takeRefusals(outcome ? outcome->refused : QList{outcome.error()});
                    });
}

void JobFollower::onJobsChanged(const QList<core::JobSnapshot> &jobs)
{
    for (const core::JobSnapshot &job : jobs) {
        if (m_watches.contains(job.id)) {
            take(job);
        }
    }
}

void JobFollower::onAttention(const core::Attention &attention)
{
    const core::JobId id = attention.job.id;
    if (!m_watches.contains(id)) {
        return; // of another job: for whoever looks at that
    }
    m_watches[id].attention = attention.id;
    take(attention.job);
    acceptAttention(id);
}

void JobFollower::take(const core::JobSnapshot &job)
{
    Watch &watch = m_watches[job.id];
    const FollowedNews news = watch.job.update(job);
    if (!watch.outcome) {
        m_live.show(job);
    }
    if (news.state) {
        m_tools.reporter->state(job.id, job.state);
    }
    if (news.progress) {
        m_tools.reporter->progress(job);
    }
    if (news.transferred) {
        m_tools.reporter->transferred(job);
    }
    if (news.problem) {
        takeProblem(job, *news.problem);
    } else if (news.ready) {
        m_tools.reporter->ready(job);
        settle(job.id, core::ExitCode::Done);
    } else if (news.state && job.state == core::JobState::Cancelled) {
        m_tools.reporter->cancelled(job.id);
        settle(job.id, watch.failedWith.value_or(core::ExitCode::Unfinished));
    } else if (news.state && job.state == core::JobState::Acknowledged) {
        takeAcknowledged(job.id);
    }
}

/// Reports the problem as soon as the name of the file is known, then does as --on-error says.
void JobFollower::takeProblem(const core::JobSnapshot &job, const core::JobError &problem)
{
    Watch &watch = m_watches[job.id];
    watch.failedWith = core::exitCodeFor(problem);
    watch.expectsAttention = job.state == core::JobState::Error || !watch.isCompleting;
    ++watch.reports;
    withFileName(m_tools.service, this, {job.id, problem.fileIndex},
                 [this, job, problem](const QString &fileName) {
                     const bool asks = m_policy.onError == OnError::Ask && !m_isInterrupted;
                     m_tools.reporter->problem(job, problem, fileName,
                                               asks ? Reporter::Answers::AskedFor
                                                    : Reporter::Answers::Listed);
                     --m_watches[job.id].reports;
                     acceptAttention(job.id);
                     apply(job.id, problem);
                 });
}

void JobFollower::takeAcknowledged(core::JobId id)
{
    Watch &watch = m_watches[id];
    if (watch.isCompleting) {
        if (watch.manifest) {
            finishCompleted(id, *watch.manifest);
        }
        return; // else the answer of Complete brings it
    }
    watch.failedWith.reset();
    watch.expectsAttention = true;
    ++watch.reports;
    withAllFiles(m_tools.service, this, id, [this, id](const QList<core::FileSnapshot> &files) {
        --m_watches[id].reports;
        finishCompleted(id, manifestOf(files));
        acceptAttention(id);
    });
}

void JobFollower::finishCompleted(core::JobId id, const core::Manifest &manifest)
{
    m_tools.reporter->completed(id, manifest);
    const bool isWhole = manifest.partial.isEmpty() && manifest.missing.isEmpty();
    const auto failure = m_watches[id].failedWith;
    settle(id, isWhole ? core::ExitCode::Done : failure.value_or(core::ExitCode::Unfinished));
}

/// Once all that the notification is about has been printed.
void JobFollower::acceptAttention(core::JobId id)
{
    Watch &watch = m_watches[id];
    if (!watch.attention || watch.reports > 0) {
        return;
    }
    const quint64 attention = *std::exchange(watch.attention, std::nullopt);
    core::whenReady(m_tools.service->call<core::message::Accept>({.attention = attention}), this,
                    [this, id](const core::Answer<core::Done> & /*nothing more can be done*/) {
                        m_watches[id].expectsAttention = false;
                        finishIfDone();
                    });
}

void JobFollower::apply(core::JobId id, const core::JobError &problem)
{
    const Watch &watch = m_watches[id];
    const bool isOpen = watch.job.last() && openQuestion(*watch.job.last()) == problem;
    if (watch.outcome || !isOpen) {
        finishIfDone();
        return; // it has gone on meanwhile
    }
    switch (m_isInterrupted ? OnError::Stop : m_policy.onError) {
    case OnError::Stop:
        settle(id, *watch.failedWith);
        return;
    case OnError::Cancel:
        cancel(id);
        return;
    case OnError::Complete:
        // An obstacle at Complete is not met by another Complete.
        if (watch.job.last()->state == core::JobState::Error) {
            complete(id);
        } else {
            settle(id, *watch.failedWith);
        }
        return;
    case OnError::Ask:
        m_toAsk.append(id);
        askNext();
        return;
    }
}

void JobFollower::askNext()
{
    while (!m_asker.isAsking() && !m_toAsk.isEmpty()) {
        const core::JobId id = m_toAsk.takeFirst();
        const auto &job = m_watches[id].job.last();
        if (const auto problem = openQuestion(*job)) {
            m_live.setHeld(true);
            m_asker.ask(Question(*job, *problem, m_policy.currentFolder));
        }
    }
}

void JobFollower::onDecided(core::JobId id, const Decision &decision)
{
    m_live.setHeld(false);
    switch (decision.verb) {
    case Decision::Verb::Later:
        settle(id, *m_watches[id].failedWith);
        break;
    case Decision::Verb::Cancel:
        cancel(id);
        break;
    case Decision::Verb::Complete:
        complete(id);
        break;
    case Decision::Verb::Resume:
        resume({id}, decision.fixes);
        break;
    }
    askNext();
}

void JobFollower::cancel(core::JobId id)
{
    core::whenReady(m_tools.service->call<core::message::Cancel>({.jobs = {id}}), this,
                    [this](const core::Answer<core::SetOutcome> &outcome) {
                        takeRefusals(outcome ? outcome->refused : QList{outcome.error()});
                    });
}

void JobFollower::complete(core::JobId id)
{
    m_watches[id].isCompleting = true;
    m_watches[id].manifest.reset();
    core::whenReady(m_tools.service->call<core::message::Complete>({.jobs = {id}}), this,
                    [this, id](const core::Answer<core::CompleteOutcome> &outcome) {
                        takeRefusals(outcome ? outcome->refused : QList{outcome.error()});
                        Watch &watch = m_watches[id];
                        for (const core::Completion &done :
                             outcome ? outcome->done : QList<core::Completion>()) {
                            if (done.obstacle) {
                                watch.isCompleting = false; // the snapshot brings the question
                            } else {
                                watch.manifest = done.manifest;
                            }
                        }
                        const auto &last = watch.job.last();
                        if (watch.manifest && last && last->state == core::JobState::Acknowledged) {
                            finishCompleted(id, *watch.manifest);
                        }
                    });
}

void JobFollower::takeRefusals(const QList<core::Refusal> &refusals)
{
    for (const core::Refusal &refusal : refusals) {
        m_tools.reporter->refused(refusal);
        if (m_watches.contains(refusal.job)) {
            settle(refusal.job, exitCodeFor(refusal));
            continue;
        }
        for (const core::JobId id : m_watches.keys()) {
            settle(id, exitCodeFor(refusal)); // the engine is gone for all of them
        }
    }
}

void JobFollower::interrupt()
{
    core::JobIds open;
    for (auto watch = m_watches.cbegin(); watch != m_watches.cend(); ++watch) {
        if (!watch->outcome) {
            open.append(watch.key());
        }
    }
    if (m_isInterrupted || open.isEmpty()) {
        Q_EMIT finished(m_isInterrupted ? core::ExitCode::Unfinished : status());
        return;
    }
    m_isInterrupted = true;
    m_asker.dismiss();
    m_live.setHeld(false);
    core::whenReady(m_tools.service->call<core::message::Suspend>({.jobs = open}), this,
                    [this, open](const core::Answer<core::SetOutcome> & /*seen below*/) {
                        leaveSuspended(open);
                    });
}

void JobFollower::leaveSuspended(const core::JobIds &ids)
{
    withJobs(m_tools.service, this, ids,
             [this, ids](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     take(job);
                     if (!m_watches[job.id].outcome && !core::isFinal(job.state)) {
                         m_tools.reporter->suspended(job);
                         settle(job.id, core::ExitCode::Unfinished);
                     }
                 }
                 if (!jobs) {
                     Q_EMIT finished(core::ExitCode::Unfinished);
                 }
             });
}

void JobFollower::settle(core::JobId id, core::ExitCode status)
{
    Watch &watch = m_watches[id];
    if (!watch.outcome) {
        watch.outcome = status;
        m_live.forget(id);
    }
    finishIfDone();
}

void JobFollower::finishIfDone()
{
    bool isAwaited = false;
    for (const Watch &watch : std::as_const(m_watches)) {
        if (!watch.outcome || watch.reports > 0) {
            return;
        }
        isAwaited = isAwaited || watch.expectsAttention;
    }
    if (!isAwaited) {
        Q_EMIT finished(status());
    } else if (!m_grace.isActive()) {
        m_grace.start();
    }
}

core::ExitCode JobFollower::status() const
{
    core::ExitCode all = core::ExitCode::Done;
    for (const Watch &watch : m_watches) {
        all = worst(all, watch.outcome.value_or(core::ExitCode::Unfinished));
    }
    return all;
}

} // namespace cli
