// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/followed_job.h"

#include "core/job/question.h"
#include "core/words/explain.h"

namespace cli {

namespace {

bool isAllThere(const core::JobSnapshot &job)
{
    const bool everyFile = job.progress.filesDone >= job.progress.filesTotal;
    return job.state == core::JobState::Transferred ? everyFile
                                                    : job.state == core::JobState::Acknowledged &&
                                                          everyFile && job.progress.filesTotal > 0;
}

bool isReady(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Transferred && !job.obstacle &&
           job.complete == core::CompleteMode::OnRequest;
}

} // namespace

std::optional<core::JobError> openQuestion(const core::JobSnapshot &job)
{
    return core::needsAnswer(job) ? core::questionOf(job) : std::nullopt;
}

bool wantsToRun(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Queued || job.state == core::JobState::TransientError ||
           core::isRunning(job.state) ||
           (job.state == core::JobState::Transferred && !job.obstacle && !isReady(job));
}

void FollowedJob::startFrom(const core::JobSnapshot &job)
{
    m_last = job;
    m_toldState = job.state;
    m_toldProblem = openQuestion(job);
    m_toldTransferred = isAllThere(job);
}

FollowedNews FollowedJob::update(const core::JobSnapshot &job)
{
    FollowedNews news;
    news.state = m_toldState != job.state;
    news.progress = m_last && m_last->progress != job.progress;
    news.transferred = !m_toldTransferred && isAllThere(job);
    news.ready = isReady(job) && (news.state || news.transferred);
    const auto question = openQuestion(job);
    if (question && question != m_toldProblem) {
        news.problem = question;
    }
    // Once the job has gone on, the same failure again is a new question.
    m_toldProblem = question;
    m_toldTransferred = m_toldTransferred || news.transferred;
    m_toldState = job.state;
    if (job.state != core::JobState::Suspended) {
        m_sentInVain = core::bytesSentInVain(job);
    }
    m_last = job;
    return news;
}

} // namespace cli
