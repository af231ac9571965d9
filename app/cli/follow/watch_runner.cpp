// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/watch_runner.h"

#include "app/cli/follow/lookup.h"

namespace cli {

WatchRunner::WatchRunner(const WatchRequest & /*all*/, const CommandContext &context,
                         ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
{
    connect(service(), &core::JobService::engineBack, this, &WatchRunner::load);
    connect(service(), &core::JobService::jobsRemoved, this, [this](const core::JobIds &jobs) {
        for (const core::JobId job : jobs) {
            m_jobs.remove(job);
            reporter()->removed(job);
        }
    });
    connect(service(), &core::JobService::jobsChanged, this,
            [this](const QList<core::JobSnapshot> &jobs) {
                for (const core::JobSnapshot &job : jobs) {
                    take(job);
                }
            });
}

void WatchRunner::start()
{
    load();
}

void WatchRunner::load()
{
    lookUp({}, [this](const Jobs &jobs) {
        for (const core::JobSnapshot &job : jobs) {
            take(job);
        }
    });
}

void WatchRunner::take(const core::JobSnapshot &job)
{
    const FollowedNews news = m_jobs[job.id].update(job);
    if (news.state) {
        reporter()->moved(job);
    }
    if (news.progress) {
        reporter()->progress(job);
    }
    if (news.problem) {
        tellProblem(job, *news.problem);
    }
}

void WatchRunner::tellProblem(const core::JobSnapshot &job, const core::JobError &problem)
{
    withQuestions(service(), this, job, problem, [this, job](const Questions &questions) {
        reporter()->problem(job, questions, Reporter::Answers::Listed);
    });
}

} // namespace cli
