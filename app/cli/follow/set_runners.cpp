// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/set_runners.h"

#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/lookup.h"
#include "core/system/when_ready.h"

namespace cli {

namespace {

core::ExitCode tellRefusals(const QList<core::Refusal> &refusals, Reporter *reporter)
{
    core::ExitCode status = core::ExitCode::Done;
    for (const core::Refusal &refusal : refusals) {
        reporter->refused(refusal);
        status = worst(status, exitCodeFor(refusal));
    }
    return status;
}

} // namespace

SetRunner::SetRunner(SetRequest request, core::JobService *service, Reporter *reporter,
                     QObject *parent)
    : CommandRunner(parent)
    , m_request(std::move(request))
    , m_service(service)
    , m_reporter(reporter)
{
}

void SetRunner::start()
{
    core::whenReady(send(), this, [this](const core::Answer<core::SetOutcome> &outcome) {
        if (outcome) {
            tell(*outcome);
        } else {
            finish(tellRefusals({outcome.error()}, m_reporter));
        }
    });
}

QFuture<core::Answer<core::SetOutcome>> SetRunner::send()
{
    if (m_request.command == Command::Suspend) {
        return m_service->call<core::message::Suspend>({.jobs = m_request.jobs});
    }
    if (m_request.command == Command::Cancel) {
        return m_service->call<core::message::Cancel>({.jobs = m_request.jobs});
    }
    return m_service->call<core::message::Remove>({.jobs = m_request.jobs});
}

void SetRunner::tell(const core::SetOutcome &outcome)
{
    const core::ExitCode status = tellRefusals(outcome.refused, m_reporter);
    if (m_request.command == Command::Suspend && !outcome.done.isEmpty()) {
        tellSuspended(outcome.done, status);
        return;
    }
    for (const core::JobId job : outcome.done) {
        if (m_request.command == Command::Cancel) {
            m_reporter->cancelled(job);
        } else {
            m_reporter->removed(job);
        }
    }
    finish(status);
}

/// Suspend is accepted from jobs that have stopped already, too: say what they are.
void SetRunner::tellSuspended(const core::JobIds &ids, core::ExitCode status)
{
    withJobs(m_service, this, ids,
             [this, status](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     m_reporter->paused(job);
                 }
                 finish(status);
             });
}

CompleteRunner::CompleteRunner(CompleteRequest request, core::JobService *service,
                               Reporter *reporter, QObject *parent)
    : CommandRunner(parent)
    , m_request(std::move(request))
    , m_service(service)
    , m_reporter(reporter)
{
}

void CompleteRunner::start()
{
    core::whenReady(m_service->call<core::message::Complete>(
                        {.jobs = m_request.jobs, .partial = m_request.partial}),
                    this, [this](const core::Answer<core::CompleteOutcome> &outcome) {
                        if (outcome) {
                            take(*outcome);
                        } else {
                            finish(tellRefusals({outcome.error()}, m_reporter));
                        }
                    });
}

void CompleteRunner::take(const core::CompleteOutcome &outcome)
{
    m_status = tellRefusals(outcome.refused, m_reporter);
    m_left = outcome.done;
    next();
}

void CompleteRunner::next()
{
    while (!m_left.isEmpty()) {
        const core::Completion completion = m_left.takeFirst();
        if (completion.obstacle) {
            m_status = worst(m_status, core::exitCodeFor(*completion.obstacle));
            tellObstacle(completion.job, *completion.obstacle);
            return; // goes on from there
        }
        m_reporter->completed(completion.job, completion.manifest);
    }
    finish(m_status);
}

void CompleteRunner::tellObstacle(core::JobId id, const core::JobError &obstacle)
{
    withFileName(
        m_service, this, {id, obstacle.fileIndex}, [this, id, obstacle](const QString &name) {
            withJobs(m_service, this, {id},
                     [this, obstacle, name](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                         for (const core::JobSnapshot &job :
                              jobs.value_or(QList<core::JobSnapshot>())) {
                             m_reporter->problem(job, obstacle, name, Reporter::Answers::Listed);
                         }
                         next();
                     });
        });
}

} // namespace cli
