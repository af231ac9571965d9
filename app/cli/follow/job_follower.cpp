// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/job_follower.h"

#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/lookup.h"
#include "core/system/when_ready.h"

namespace cli {

using namespace std::chrono_literals;

namespace {

bool isWaiting(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Queued || job.state == core::JobState::TransientError;
}

} // namespace

JobFollower::JobFollower(CommandContext context, OnError onError, ExitHandler onFinished)
    : m_context(std::move(context))
    , m_onError(onError)
    , m_onFinished(std::move(onFinished))
    , m_live(m_context.service, m_context.screen)
    , m_prompts(m_context.input, m_context.screen)
{
    connect(m_context.service, &core::JobService::jobsChanged, this, &JobFollower::onJobsChanged);
    connect(m_context.service, &core::JobService::attention, this, &JobFollower::onAttention);
    connect(m_context.service, &core::JobService::engineBack, this, &JobFollower::goOn);
    connect(m_context.service, &core::JobService::engineLost, this, [this] { ++m_timesLost; });
    m_grace.setSingleShot(true);
    // So long the end waits for a notification of the engine, so that it can be accepted and is not
    // told to the person a second time.
    m_grace.setInterval(2s);
    m_waits.setSingleShot(true);
    m_waits.setInterval(2s); // what is over by then needs no words
    connect(&m_waits, &QTimer::timeout, this, &JobFollower::tellWaits);
    connect(&m_grace, &QTimer::timeout, this, [this] { finish(status()); });
}

void JobFollower::watchNew(const core::JobSnapshot &job)
{
    m_watches.insert(job.id, {});
    take(job);
}

void JobFollower::watchBegun(core::JobId id)
{
    m_watches.insert(id, {});
    expectRunning({id});
}

void JobFollower::watchKnown(const core::JobSnapshot &job)
{
    m_watches[job.id].job.startFrom(job);
}

void JobFollower::resume(const core::JobIds &jobs, const core::Fixes &fixes,
                         const QList<core::FileId> &left)
{
    core::whenReady(m_context.service->call<core::message::Resume>(
                        {.jobs = jobs, .fixes = fixes, .left = left}),
                    this,
                    unlessFinished([this, isPlain = fixes.isEmpty(),
                                    before = m_timesLost](const auto &outcome) {
                        const bool isToGoOn = isPlain && m_timesLost > 0;
                        takeResumed(outcome, isToGoOn || m_timesLost != before);
                    }));
}

/// An engine that was lost may have done what it was told; the next one then refuses to do it
/// again, because it has gone on with the job meanwhile, or is done with it.
void JobFollower::takeResumed(const core::Answer<core::SetOutcome> &outcome, bool isRepeated)
{
    using Kind = core::RefusalKind;
    auto refused = outcome ? outcome->refused : QList{outcome.error()};
    core::JobIds done = outcome ? outcome->done : core::JobIds();
    refused.removeIf([&](const core::Refusal &refusal) {
        const bool isDone = isRepeated && m_watches.contains(refusal.job) &&
                            (refusal.kind == Kind::InvalidState || refusal.kind == Kind::Busy ||
                             refusal.kind == Kind::Empty);
        if (isDone) {
            done.append(refusal.job);
        }
        return isDone;
    });
    takeRefusals(refused);
    if (!done.isEmpty()) {
        expectRunning(done);
    }
}

/// From now on Suspended is somebody else's doing, also when it was so fast that nothing else was
/// seen before.
void JobFollower::expectRunning(const core::JobIds &jobs)
{
    QHash<core::JobId, int> told;
    for (const core::JobId id : jobs) {
        m_watches[id].wasStarted = true;
        told.insert(id, m_watches[id].told);
    }
    withJobs(m_context.service, this, jobs,
             unlessFinished([this, told](const core::Answer<QList<core::JobSnapshot>> &now) {
                 for (const core::JobSnapshot &job : now.value_or(QList<core::JobSnapshot>())) {
                     if (m_watches[job.id].told == told.value(job.id)) { // else that is newer
                         take(job);
                     }
                 }
             }));
}

void JobFollower::onJobsChanged(const QList<core::JobSnapshot> &jobs)
{
    for (const core::JobSnapshot &job : jobs) {
        if (m_onFinished && m_watches.contains(job.id)) {
            ++m_watches[job.id].told;
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
    ++m_watches[id].told;
    take(attention.job);
    acceptAttention(id);
}

void JobFollower::take(const core::JobSnapshot &job)
{
    Watch &watch = m_watches[job.id];
    const FollowedNews news = watch.job.update(job);
    if (!watch.outcome && job.state != core::JobState::Suspended) {
        m_live.show(job);
    }
    if (isWaiting(job) && !watch.isWaitTold && !m_waits.isActive()) {
        m_waits.start();
    }
    if (news.state) {
        m_context.reporter->state(job);
    }
    if (news.progress) {
        m_context.reporter->progress(job);
    }
    if (news.transferred) {
        m_context.reporter->transferred(job);
    }
    if (news.problem) {
        takeProblem(job, *news.problem);
    } else if (news.ready) {
        m_context.reporter->ready(job);
        settle(job.id, core::ExitCode::Done);
    } else if (news.state && job.state == core::JobState::Cancelled) {
        m_context.reporter->cancelled(job);
        settle(job.id, watch.failedWith.value_or(core::ExitCode::Unfinished));
    } else if (news.state && job.state == core::JobState::Acknowledged) {
        takeAcknowledged(job.id);
    } else if (watch.wasStarted && !watch.outcome && !m_isInterrupted &&
               job.state == core::JobState::Suspended) {
        m_context.reporter->suspended(job, watch.job.sentInVain()); // by somebody else
        settle(job.id, core::ExitCode::Unfinished);
    }
}

/// Once for each job, to somebody who does not see the live line.
void JobFollower::tellWaits()
{
    for (Watch &watch : m_watches) {
        const auto &job = watch.job.last();
        if (job && isWaiting(*job) && !watch.outcome && !m_context.screen->isLive() &&
            !std::exchange(watch.isWaitTold, true)) {
            m_context.reporter->waits(*job);
        }
    }
}

/// Reports the problem as soon as the files are known that ask the same, then does as --on-error
/// says.
void JobFollower::takeProblem(const core::JobSnapshot &job, const core::JobError &problem)
{
    Watch &watch = m_watches[job.id];
    watch.failedWith = core::exitCodeFor(problem);
    watch.expectsAttention = job.state == core::JobState::Error || !watch.isCompleting;
    ++watch.reports;
    withQuestions(m_context.service, this, job, problem,
                  unlessFinished([this, job, problem](const Questions &questions) {
                      const Questions open = notLeft(job.id, questions);
                      const bool asks =
                          m_onError == OnError::Ask && !m_isInterrupted && !open.isEmpty();
                      m_context.reporter->problem(job, asks ? open : questions,
                                                  asks ? Reporter::Answers::AskedFor
                                                       : Reporter::Answers::Listed);
                      m_watches[job.id].answers = {.asked = open};
                      --m_watches[job.id].reports;
                      acceptAttention(job.id);
                      apply(job.id, problem);
                  }));
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
    withAllFiles(m_context.service, this, id,
                 unlessFinished([this, id](const QList<core::FileSnapshot> &files) {
                     --m_watches[id].reports;
                     finishCompleted(id, manifestOf(files));
                     acceptAttention(id);
                 }));
}

/// Once all that the notification is about has been printed.
void JobFollower::acceptAttention(core::JobId id)
{
    Watch &watch = m_watches[id];
    if (!watch.attention || watch.reports > 0) {
        return;
    }
    const quint64 attention = *std::exchange(watch.attention, std::nullopt);
    core::whenReady(m_context.service->call<core::message::Accept>({.attention = attention}), this,
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
    switch (m_isInterrupted ? OnError::Stop : m_onError) {
    case OnError::Cancel:
        tellRefusals(m_context.service->call<core::message::Cancel>({.jobs = {id}}));
        return;
    case OnError::Complete:
        // An obstacle at Complete is not met by another Complete.
        if (watch.job.last()->state == core::JobState::Error) {
            complete(id);
            return;
        }
        [[fallthrough]];
    case OnError::Stop:
        settle(id, *watch.failedWith);
        return;
    case OnError::Ask:
        if (watch.answers.asked.isEmpty()) { // all of it was left for later
            settle(id, *watch.failedWith);
            return;
        }
        m_toAsk.append(id);
        askNext();
        return;
    }
}

void JobFollower::complete(core::JobId id)
{
    m_watches[id].isCompleting = true;
    m_watches[id].manifest.reset();
    core::whenReady(m_context.service->call<core::message::Complete>({.jobs = {id}}), this,
                    unlessFinished([this, id](const core::Answer<core::CompleteOutcome> &outcome) {
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
                    }));
}

void JobFollower::tellRefusals(const QFuture<core::Answer<core::SetOutcome>> &answer)
{
    core::whenReady(answer, this,
                    unlessFinished([this](const core::Answer<core::SetOutcome> &outcome) {
                        takeRefusals(outcome ? outcome->refused : QList{outcome.error()});
                    }));
}

void JobFollower::takeRefusals(const QList<core::Refusal> &refusals)
{
    for (const core::Refusal &refusal : refusals) {
        m_context.reporter->refused(refusal);
        // Of no job: the engine is gone for all of them.
        const core::JobIds concerned =
            m_watches.contains(refusal.job) ? core::JobIds{refusal.job} : m_watches.keys();
        for (const core::JobId id : concerned) {
            settle(id, exitCodeFor(refusal));
        }
    }
}

} // namespace cli
