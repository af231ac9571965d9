// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/resume_runner.h"

namespace cli {

ResumeRunner::ResumeRunner(const ResumeRequest &request, const CommandContext &context,
                           ExitHandler onFinished)
    : RepairRunner(request, context, std::move(onFinished))
    , m_follower(context, request.onError, [this](core::ExitCode status) { finish(status); })
{
}

void ResumeRunner::go(const Jobs &jobs, const core::Fixes &fixes)
{
    core::JobIds ids;
    for (const core::JobSnapshot &job : jobs) {
        m_follower.watchKnown(job);
        ids.append(job.id);
    }
    m_follower.resume(ids, fixes);
}

} // namespace cli
