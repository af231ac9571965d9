// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"
#include "app/cli/follow/job_follower.h"

namespace cli {

/// `bhop get`: looks at the folder, adds the job, resumes it and follows it to its end.
class GetRunner final : public CommandRunner {
    Q_OBJECT
public:
    GetRunner(GetRequest request, JobFollower::Tools tools, QString currentFolder,
              QObject *parent = nullptr);

    void start() override;
    void interrupt() override;

private:
    void lookAtFolder();
    void add();
    void takeUp(core::JobId id);
    void leave(core::JobId id);
    void refuse(const core::Refusal &refusal);

    GetRequest m_request;
    JobFollower::Tools m_tools;
    JobFollower m_follower;
    bool m_isFollowing = false;
};

} // namespace cli
