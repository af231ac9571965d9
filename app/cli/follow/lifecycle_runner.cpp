// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/lifecycle_runner.h"

#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/lookup.h"
#include "core/system/when_ready.h"
#include "core/words/explain.h"

namespace cli {

LifecycleRunner::LifecycleRunner(LifecycleRequest request, const CommandContext &context,
                                 ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
{
}

/// What is lost of an upload can only be seen before it is paused.
void LifecycleRunner::start()
{
    if (m_request.command != Command::Suspend) {
        carryOut();
        return;
    }
    withJobs(service(), this, m_request.jobs,
             [this](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     m_sentInVain.insert(job.id, core::bytesSentInVain(job));
                 }
                 carryOut();
             });
}

void LifecycleRunner::carryOut()
{
    core::whenReady(send(), this, [this](const core::Answer<core::SetOutcome> &outcome) {
        if (outcome) {
            tell(*outcome);
        } else {
            refuse(outcome.error());
        }
    });
}

QFuture<core::Answer<core::SetOutcome>> LifecycleRunner::send()
{
    if (m_request.command == Command::Suspend) {
        return service()->call<core::message::Suspend>({.jobs = m_request.jobs});
    }
    if (m_request.command == Command::Cancel) {
        return service()->call<core::message::Cancel>({.jobs = m_request.jobs});
    }
    return service()->call<core::message::Remove>({.jobs = m_request.jobs});
}

void LifecycleRunner::tell(const core::SetOutcome &outcome)
{
    const core::ExitCode status = tellRefusals(outcome.refused);
    if (m_request.command != Command::Remove && !outcome.done.isEmpty()) {
        tellStopped(outcome.done, status);
        return;
    }
    for (const core::JobId job : outcome.done) {
        reporter()->removed(job);
    }
    finish(status);
}

/// Suspend is accepted from jobs that have stopped already, too: say what they are.
void LifecycleRunner::tellStopped(const core::JobIds &ids, core::ExitCode status)
{
    withJobs(service(), this, ids,
             [this, status](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     if (m_request.command == Command::Cancel) {
                         reporter()->cancelled(job);
                     } else {
                         reporter()->paused(job, m_sentInVain.value(job.id));
                     }
                 }
                 finish(status);
             });
}

CompleteRunner::CompleteRunner(CompleteRequest request, const CommandContext &context,
                               ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
{
}

void CompleteRunner::start()
{
    core::whenReady(service()->call<core::message::Complete>(
                        {.jobs = m_request.jobs, .partial = m_request.partial}),
                    this, [this](const core::Answer<core::CompleteOutcome> &outcome) {
                        if (outcome) {
                            take(*outcome);
                        } else {
                            refuse(outcome.error());
                        }
                    });
}

/// Publishing ends after the file it is at, and Complete answers.
void CompleteRunner::interrupt()
{
    if (std::exchange(m_isInterrupted, true)) {
        finish(core::ExitCode::Unfinished);
        return;
    }
    std::ignore = service()->call<core::message::Suspend>({.jobs = m_request.jobs});
}

void CompleteRunner::take(const core::CompleteOutcome &outcome)
{
    m_status = tellRefusals(outcome.refused);
    m_left = outcome.done;
    next();
}

void CompleteRunner::next()
{
    if (!m_left.isEmpty()) {
        const core::Completion completion = m_left.takeFirst();
        if (completion.obstacle) {
            m_status = worst(m_status, core::exitCodeFor(*completion.obstacle));
            tellObstacle(completion.job, *completion.obstacle);
            return; // goes on from there
        }
        tellEnd(completion);
        return; // likewise
    }
    finish(m_status);
}

void CompleteRunner::tellEnd(const core::Completion &completion)
{
    withJobs(service(), this, {completion.job},
             [this, completion](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     if (core::isFinal(job.state) || !m_isInterrupted) {
                         reporter()->completed(job, completion.manifest);
                     } else {
                         reporter()->incomplete(job);
                         m_status = worst(m_status, core::ExitCode::Unfinished);
                     }
                 }
                 next();
             });
}

void CompleteRunner::tellObstacle(core::JobId id, const core::JobError &obstacle)
{
    withFileName(
        service(), this, {id, obstacle.fileIndex}, [this, id, obstacle](const QString &name) {
            withJobs(
                service(), this, {id},
                [this, obstacle, name](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                    for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                        reporter()->problem(job, {{{obstacle, name}}}, Reporter::Answers::Listed);
                    }
                    next();
                });
        });
}

} // namespace cli
