// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/follow_runner.h"

#include "app/cli/print/words.h"

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

void FollowRunner::interrupt()
{
    if (!isFinished() && service()->outlivesFrontEnd()) {
        const core::JobId first = m_request.jobs.first();
        const QString suspend = reporter()->style().command(QLatin1StringView("suspend"), first);
        reporter()->notice(first,
                           m_request.jobs.size() == 1
                               ? Words::tr("The job goes on. To pause it: %1").arg(suspend)
                               : Words::tr("The jobs go on. To pause the first: %1").arg(suspend));
    }
    CommandRunner::interrupt();
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
