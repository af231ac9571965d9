// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/job_follower.h"
#include "app/cli/follow/repair_runner.h"

namespace cli {

/// `bhop resume`: resumes the jobs and follows them.
class ResumeRunner final : public RepairRunner {
    Q_OBJECT
public:
    ResumeRunner(const ResumeRequest &request, const CommandContext &context,
                 ExitHandler onFinished);

    void interrupt() override { m_follower.interrupt(); }

protected:
    void go(const Jobs &jobs, const core::Fixes &fixes) override;

private:
    JobFollower m_follower;
};

} // namespace cli
