// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/query_runners.h"

#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/lookup.h"
#include "app/cli/print/words.h"
#include "core/job/question.h"

namespace cli {

namespace {

using Jobs = QList<core::JobSnapshot>;

} // namespace

ListRunner::ListRunner(core::JobService *service, Reporter *reporter, QObject *parent)
    : CommandRunner(parent)
    , m_service(service)
    , m_reporter(reporter)
{
}

void ListRunner::start()
{
    withJobs(m_service, this, {}, [this](const core::Answer<Jobs> &jobs) {
        if (!jobs) {
            m_reporter->refused(jobs.error());
            finish(exitCodeFor(jobs.error()));
            return;
        }
        m_reporter->list(*jobs);
        finish(core::ExitCode::Done);
    });
}

ErrorsRunner::ErrorsRunner(core::JobService *service, Reporter *reporter, QObject *parent)
    : CommandRunner(parent)
    , m_service(service)
    , m_reporter(reporter)
{
}

void ErrorsRunner::start()
{
    withJobs(m_service, this, {}, [this](const core::Answer<Jobs> &jobs) {
        if (!jobs) {
            m_reporter->refused(jobs.error());
            finish(exitCodeFor(jobs.error()));
            return;
        }
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (const core::JobSnapshot &job : *jobs) {
            if (core::needsAttention(job, now)) {
                m_left.append(job);
            }
        }
        if (m_left.isEmpty()) {
            m_reporter->done(Words::tr("No job needs you."));
        }
        next();
    });
}

void ErrorsRunner::next()
{
    if (m_left.isEmpty()) {
        finish(core::ExitCode::Done);
        return;
    }
    const core::JobSnapshot job = m_left.takeFirst();
    const core::JobError problem = *core::questionOf(job);
    withFileName(m_service, this, {job.id, problem.fileIndex},
                 [this, job, problem](const QString &name) {
                     m_reporter->listProblem(job, problem, name);
                     next();
                 });
}

ShowRunner::ShowRunner(core::JobId job, core::JobService *service, Reporter *reporter,
                       QObject *parent)
    : CommandRunner(parent)
    , m_job(job)
    , m_service(service)
    , m_reporter(reporter)
{
}

void ShowRunner::start()
{
    withJobs(m_service, this, {m_job}, [this](const core::Answer<Jobs> &jobs) {
        if (jobs && !jobs->isEmpty()) {
            show(jobs->first());
            return;
        }
        const core::Refusal refusal =
            jobs ? core::Refusal{.kind = core::RefusalKind::UnknownJob, .job = m_job}
                 : jobs.error();
        m_reporter->refused(refusal);
        finish(exitCodeFor(refusal));
    });
}

void ShowRunner::show(const core::JobSnapshot &job)
{
    withAllFiles(m_service, this, job.id, [this, job](const QList<core::FileSnapshot> &files) {
        m_reporter->details(job);
        m_reporter->files(files);
        showTimeline(job.id, int(files.size()));
    });
}

void ShowRunner::showTimeline(core::JobId job, int fileCount)
{
    withTimeline(m_service, this, job,
                 [this, job, fileCount](const QList<core::TimelineEntry> &entries) {
                     m_reporter->timeline(job, entries, fileCount);
                     finish(core::ExitCode::Done);
                 });
}

} // namespace cli
