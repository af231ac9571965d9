// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/check_runner.h"

#include "core/job/question.h"
#include "core/system/when_ready.h"

namespace cli {

CheckRunner::CheckRunner(const CheckRequest &request, const CommandContext &context,
                         ExitHandler onFinished)
    : RepairRunner(request.repair, context, std::move(onFinished))
{
}

void CheckRunner::go(const Jobs &jobs, const core::Fixes &fixes)
{
    const core::JobSnapshot &job = jobs.first();
    const auto question = core::questionOf(job);
    core::whenReady(
        service()->call<core::message::Check>({.job = job.id, .fixes = fixes}), this,
        [this, question =
                   question ? question : job.error](const core::Answer<core::CheckReport> &report) {
            if (!report) {
                refuse(report.error());
                return;
            }
            reporter()->checked(*report, question);
            finish(report->problem ? core::exitCodeFor(*report->problem) : core::ExitCode::Done);
        });
}

} // namespace cli
