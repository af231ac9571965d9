// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"

#include <QHash>

namespace cli {

/// `bhop suspend`, `bhop cancel` and `bhop remove`
class LifecycleRunner final : public CommandRunner {
    Q_OBJECT
public:
    LifecycleRunner(LifecycleRequest request, const CommandContext &context,
                    ExitHandler onFinished);
    void start() override;

private:
    [[nodiscard]] QFuture<core::Answer<core::SetOutcome>> send();
    void tell(const core::SetOutcome &outcome);
    void tellStopped(const core::JobIds &jobs, core::ExitCode status);

    void carryOut();

    LifecycleRequest m_request;
    QHash<core::JobId, qint64> m_sentInVain; ///< bytes of uploads, before they were paused
};

/// `bhop complete`
class CompleteRunner final : public CommandRunner {
    Q_OBJECT
public:
    CompleteRunner(CompleteRequest request, const CommandContext &context, ExitHandler onFinished);
    void start() override;
    void interrupt() override;

private:
    void take(const core::CompleteOutcome &outcome);
    void next();
    void tellEnd(const core::Completion &completion);
    void tellObstacle(core::JobId job, const core::JobError &obstacle);

    CompleteRequest m_request;
    QList<core::Completion> m_left;
    core::ExitCode m_status = core::ExitCode::Done;
    bool m_isInterrupted = false;
};

} // namespace cli
