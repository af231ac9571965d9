// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/command_runner.h"

#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/lookup.h"

#include <utility>

namespace cli {

CommandRunner::CommandRunner(CommandContext context, ExitHandler onFinished)
    : m_context(std::move(context))
    , m_onFinished(std::move(onFinished))
{
}

void CommandRunner::finish(core::ExitCode status)
{
    if (const ExitHandler onFinished = std::exchange(m_onFinished, nullptr)) {
        onFinished(status);
    }
}

core::ExitCode CommandRunner::tellRefusals(const QList<core::Refusal> &refusals)
{
    core::ExitCode status = core::ExitCode::Done;
    for (const core::Refusal &refusal : refusals) {
        reporter()->refused(refusal);
        status = worst(status, exitCodeFor(refusal));
    }
    return status;
}

void CommandRunner::refuse(const core::Refusal &refusal)
{
    reporter()->refused(refusal);
    finish(exitCodeFor(refusal));
}

void CommandRunner::lookUp(const core::JobIds &ids,
                           const std::function<void(const Jobs &jobs)> &then)
{
    withJobs(service(), this, ids, [this, ids, then](const core::Answer<Jobs> &jobs) {
        if (!jobs) {
            refuse(jobs.error());
        } else if (jobs->isEmpty() && !ids.isEmpty()) {
            refuse({.kind = core::RefusalKind::UnknownJob, .job = ids.first()});
        } else {
            then(*jobs);
        }
    });
}

} // namespace cli
