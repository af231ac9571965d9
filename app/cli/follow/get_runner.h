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
    GetRunner(GetRequest request, const CommandContext &context, ExitHandler onFinished);

    void start() override;
    void interrupt() override { m_follower.interrupt(); }

private:
    void lookAtFolder();
    void lookAtLinks();
    void tellOf(const core::WaitingFile &waiting);
    void add();
    void takeUp(core::JobId id);
    void leave(core::JobId id);
    void tellLeft(core::JobId id);
    [[nodiscard]] QString left(core::JobId id) const;

    GetRequest m_request;
    JobFollower m_follower;
};

} // namespace cli
