// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"
#include "app/cli/follow/followed_job.h"

#include <QMap>

namespace cli {

/// `bhop watch`: tells what happens to any job until the person ends it. Changes nothing, accepts
/// nothing.
class WatchRunner final : public CommandRunner {
    Q_OBJECT
public:
    WatchRunner(const WatchRequest &all, const CommandContext &context, ExitHandler onFinished);

    void start() override;
    /// Nothing is left undone.
    void interrupt() override { finish(core::ExitCode::Done); }

private:
    void load();
    void take(const core::JobSnapshot &job);
    void tellProblem(const core::JobSnapshot &job, const core::JobError &problem);

    QMap<core::JobId, FollowedJob> m_jobs;
};

} // namespace cli
