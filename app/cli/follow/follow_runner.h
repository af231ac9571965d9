// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/job_follower.h"

namespace cli {

/// `bhop follow`: looks on at jobs that somebody else has started.
class FollowRunner final : public CommandRunner {
    Q_OBJECT
public:
    FollowRunner(FollowRequest request, const CommandContext &context, ExitHandler onFinished);

    void start() override;
    /// The jobs are left as they are, and that is said.
    void interrupt() override;

private:
    void takeUp(const QList<core::JobSnapshot> &jobs);

    FollowRequest m_request;
    JobFollower m_follower;
};

} // namespace cli
