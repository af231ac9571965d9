// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/query_runners.h"

#include "app/cli/follow/lookup.h"
#include "app/cli/print/wording.h"
#include "app/cli/print/words.h"
#include "core/job/question.h"
#include "core/remedy/question_group.h"
#include "core/words/explain_several.h"

namespace cli {

ListRunner::ListRunner(const ListRequest & /*all*/, const CommandContext &context,
                       ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
{
}

void ListRunner::start()
{
    lookUp({}, [this](const Jobs &jobs) {
        reporter()->list(jobs);
        finish(core::ExitCode::Done);
    });
}

ErrorsRunner::ErrorsRunner(const ErrorsRequest & /*all*/, const CommandContext &context,
                           ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
{
}

void ErrorsRunner::start()
{
    lookUp({}, [this](const Jobs &jobs) {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (const core::JobSnapshot &job : jobs) {
            if (core::needsAttention(job, now)) {
                m_left.append(job);
            }
        }
        if (m_left.isEmpty()) {
            reporter()->done(Words::tr("No job needs you."));
        }
        if (!reporter()->isForPrograms()) {
            gather();
        }
        next();
    });
}

/// One of those that ask the same, by what is shown of it too, stands for all of them. Not of those
/// with several files that failed: they may ask something else as well.
void ErrorsRunner::gather()
{
    QMultiHash<core::QuestionGroup, core::JobSnapshot> firsts;
    m_left.removeIf([&](const core::JobSnapshot &job) {
        if (job.progress.filesFailed > 1) {
            return false;
        }
        const auto group = core::questionGroupOf(job).value_or(core::QuestionGroup());
        const core::JobError problem = *core::questionOf(job);
        for (const core::JobSnapshot &first : firsts.values(group)) {
            const core::JobError other = *core::questionOf(first);
            if (core::areAskedAlike(problem, other) && factsText(problem) == factsText(other)) {
                m_alike[first.id].append(job.id);
                return true;
            }
        }
        firsts.insert(group, job);
        return false;
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
    withQuestions(service(), this, job, problem, [this, job](const Questions &questions) {
        reporter()->listProblem(job, questions);
        if (const core::JobIds alike = m_alike.value(job.id); !alike.isEmpty()) {
            reporter()->listAlike(alike);
        }
        next();
    });
}

ShowRunner::ShowRunner(const ShowRequest &request, const CommandContext &context,
                       ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_job(request.job)
{
}

void ShowRunner::start()
{
    lookUp({m_job}, [this](const Jobs &jobs) { show(jobs.first()); });
}

void ShowRunner::show(const core::JobSnapshot &job)
{
    withAllFiles(service(), this, job.id, [this, job](const QList<core::FileSnapshot> &files) {
        const auto problem = core::questionOf(job);
        reporter()->details(job, problem ? questionsAmong(files, job, *problem) : Questions());
        reporter()->files(files, job.state);
        showTimeline(job.id, {.fileCount = int(files.size()), .type = job.type});
    });
}

void ShowRunner::showTimeline(core::JobId job, const core::ToldJob &told)
{
    withTimeline(service(), this, job,
                 [this, job, told](const QList<core::TimelineEntry> &entries) {
                     reporter()->timeline(job, entries, told);
                     finish(core::ExitCode::Done);
                 });
}

} // namespace cli
