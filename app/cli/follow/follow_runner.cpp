// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/follow_runner.h"

namespace cli {

FollowRunner::FollowRunner(FollowRequest request, const CommandContext &context,
                           ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
    , m_follower(context, OnError::Stop, [this](core::ExitCode status) { finish(status); })
{
}

void FollowRunner::start()
{
    lookUp(m_request.jobs, [this](const Jobs &jobs) { takeUp(jobs); });
}

/// A job that stands still is not waited for: what it is, is said.
void FollowRunner::takeUp(const QList<core::JobSnapshot> &jobs)
{
    for (const core::JobSnapshot &job : jobs) {
        m_follower.watchNew(job);
    }
    m_follower.leaveResting();
}

} // namespace cli
