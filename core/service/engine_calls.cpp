// SPDX-License-Identifier: Apache-2.0
// What the engine does with each message.
#include "core/service/engine.h"

#include "core/system/when_ready.h"

#include <QCoroFuture>

namespace core {

namespace {

QCoro::Task<> awaitWork(SetWork work, std::shared_ptr<Reply<SetOutcome>> reply)
{
    for (const QFuture<void> &pending : std::as_const(work.pending)) {
        co_await pending;
    }
    reply->answer(work.outcome);
}

void answerWhenDone(const SetWork &work, const std::shared_ptr<Reply<SetOutcome>> &reply,
                    Engine *engine)
{
    QCoro::connect(awaitWork(work, reply), engine, [] {});
}

QCoro::Task<> answerCompletions(QList<QFuture<Completion>> pending, CompleteOutcome outcome,
                                std::shared_ptr<Reply<CompleteOutcome>> reply)
{
    for (const QFuture<Completion> &completion : std::as_const(pending)) {
        const Completion done = co_await completion;
        outcome.done.append(done);
    }
    reply->answer(outcome);
}

/// Where the folder is that a person chose instead, if they did.
fix::OtherFolder *otherFolderIn(Fixes *fixes)
{
    for (Fix &each : *fixes) {
        if (auto *other = std::get_if<fix::OtherFolder>(&each)) {
            return other;
        }
    }
    return nullptr;
}

} // namespace

void Engine::handle(Call<message::Add> call)
{
    const auto reply = box(std::move(call.reply));
    const auto beginning =
        call.request.begins ? JobManager::Beginning::AtOnce : JobManager::Beginning::Later;
    whenReady(m_volumes.resolved(call.request.spec.folder), this,
              [this, reply, beginning, spec = call.request.spec](const QString &folder) mutable {
                  spec.folder = folder;
                  whenReady(m_manager->add(spec, beginning), this,
                            [reply](const Answer<JobId> &answer) { reply->answer(answer); });
              });
}

void Engine::handle(Call<message::AddFiles> call)
{
    whenReady(m_manager->addFiles(call.request.job, call.request.files), this,
              [reply = box(std::move(call.reply))](const Answer<void> &answer) {
                  reply->answer(answer.map([] { return Done{}; }));
              });
}

void Engine::handle(Call<message::Suspend> call)
{
    answerWhenDone(m_manager->suspend(call.request.jobs), box(std::move(call.reply)), this);
}

/// A folder that a person names may be a link.
void Engine::resolveFolder(Fixes fixes, std::function<void(const Fixes &)> then)
{
    const auto *other = otherFolderIn(&fixes);
    if (other == nullptr) {
        then(fixes);
        return;
    }
    whenReady(m_volumes.resolved(other->folder), this,
              [then = std::move(then), fixes](const QString &folder) mutable {
                  otherFolderIn(&fixes)->folder = folder;
                  then(fixes);
              });
}

void Engine::handle(Call<message::Resume> call)
{
    resolveFolder(call.request.fixes, [this, reply = box(std::move(call.reply)),
                                       jobs = call.request.jobs,
                                       environment = call.request.environment,
                                       left = call.request.left](const Fixes &fixes) {
        answerWhenDone(m_manager->resume(jobs, fixes, environment, left), reply, this);
    });
}

void Engine::handle(Call<message::Check> call)
{
    resolveFolder(call.request.fixes, [this, reply = box(std::move(call.reply)),
                                       job = call.request.job, file = call.request.fileIndex,
                                       environment = call.request.environment](const Fixes &fixes) {
        whenReady(m_manager->check(job, fixes, file, environment), this,
                  [reply](const Answer<CheckReport> &answer) { reply->answer(answer); });
    });
}

void Engine::handle(Call<message::Cancel> call)
{
    answerWhenDone(m_manager->cancel(call.request.jobs), box(std::move(call.reply)), this);
}

void Engine::handle(Call<message::Complete> call)
{
    QList<QFuture<Completion>> pending;
    CompleteOutcome outcome;
    for (const JobId id : std::as_const(call.request.jobs)) {
        const auto begun = m_manager->complete(id, call.request.partial);
        if (begun) {
            pending.append(*begun);
        } else {
            outcome.refused.append(begun.error());
        }
    }
    QCoro::connect(answerCompletions(pending, outcome, box(std::move(call.reply))), this, [] {});
}

void Engine::handle(Call<message::Change> call)
{
    answerWhenDone(m_manager->change(call.request.jobs, call.request.change),
                   box(std::move(call.reply)), this);
}

void Engine::handle(Call<message::Remove> call)
{
    answerWhenDone(m_manager->remove(call.request.jobs), box(std::move(call.reply)), this);
}

void Engine::handle(Call<message::TellAgain> call)
{
    m_delivery->tellAgain();
    call.reply.answer(Done{});
}

void Engine::handle(Call<message::Accept> call)
{
    m_delivery->accept(call.request.attention);
    call.reply.answer(Done{});
}

void Engine::handle(Call<message::Jobs> call)
{
    JobIds ids = call.request.ids.isEmpty() ? m_manager->queries().ids() : call.request.ids;
    if (call.request.ids.isEmpty()) {
        ids = ids.mid(std::max(0, call.request.first), std::max(0, call.request.count));
    }
    QList<JobSnapshot> jobs;
    for (const JobId id : std::as_const(ids)) {
        const auto snapshot = m_manager->queries().snapshot(id);
        if (!snapshot) {
            call.reply.answer(tl::unexpected(
                Refusal{.kind = RefusalKind::UnknownJob, .job = id, .subject = text(id)}));
            return;
        }
        jobs.append(*snapshot);
    }
    call.reply.answer(jobs);
}

void Engine::handle(Call<message::Files> call)
{
    const JobId id = call.request.job;
    const auto total = m_manager->queries().fileCount(id);
    if (!total) {
        call.reply.answer(tl::unexpected(
            Refusal{.kind = RefusalKind::UnknownJob, .job = id, .subject = text(id)}));
        return;
    }
    const auto &[job, first, count, only] = call.request;
    if (!only) {
        call.reply.answer(
            FilePage{.total = *total, .files = m_manager->queries().files(id, first, count)});
        return;
    }
    const QList<int> wanted = m_manager->queries().filesIn(id, *only);
    FilePage page{.total = int(wanted.size()), .files = {}};
    for (const int index : wanted.mid(std::max(0, first), std::max(0, count))) {
        page.files += m_manager->queries().files(id, index, 1);
    }
    call.reply.answer(std::move(page));
}

void Engine::handle(Call<message::Timeline> call)
{
    const auto &[job, first, count] = call.request;
    whenReady(m_manager->queries().timeline(job, first, std::clamp(count, 0, kTimelineMax)), this,
              [reply = box(std::move(call.reply))](const Answer<TimelinePage> &answer) {
                  reply->answer(answer);
              });
}

void Engine::handle(Call<message::Activity> call)
{
    call.reply.answer(ActivityReport{.jobsUnderWay = m_manager->jobsUnderWay(),
                                     .commandsDue = m_commandDelivery->soon()});
}

void Engine::handle(Call<message::RunEverything> call)
{
    m_manager->runEverything(call.request.environment);
    call.reply.answer(Done{});
}

void Engine::handle(Call<message::GetSettings> call)
{
    call.reply.answer(m_manager->queries().settings());
}

void Engine::handle(Call<message::SetSettings> call)
{
    const Settings before = m_manager->queries().settings();
    const auto saving = m_manager->setSettings(call.request.settings);
    tellSettings(before);
    whenReady(saving, this, [reply = box(std::move(call.reply))](const Answer<void> &answer) {
        reply->answer(answer.map([] { return Done{}; }));
    });
}

void Engine::handle(Call<message::LimitAll> call)
{
    const Settings before = m_manager->queries().settings();
    const auto saving = m_manager->limitAll(call.request.bytesPerSecond);
    tellSettings(before);
    whenReady(saving, this, [this, reply = box(std::move(call.reply))](const Answer<void> &answer) {
        reply->answer(answer.map([this] { return m_manager->queries().settings(); }));
    });
}

void Engine::tellSettings(const Settings &before)
{
    const Settings now = m_manager->queries().settings();
    if (now != before) { // they hold at once, saved or not
        Q_EMIT settingsChanged(now);
    }
}

} // namespace core
