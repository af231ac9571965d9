// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"
#include "app/cli/print/reporter.h"
#include "core/service/job_service.h"

namespace cli {

/// `bhop suspend`, `bhop cancel` and `bhop remove`
class SetRunner final : public CommandRunner {
    Q_OBJECT
public:
    SetRunner(SetRequest request, core::JobService *service, Reporter *reporter,
              QObject *parent = nullptr);
    void start() override;

private:
    [[nodiscard]] QFuture<core::Answer<core::SetOutcome>> send();
    void tell(const core::SetOutcome &outcome);
    void tellSuspended(const core::JobIds &jobs, core::ExitCode status);

    SetRequest m_request;
    core::JobService *m_service;
    Reporter *m_reporter;
};

/// `bhop complete`
class CompleteRunner final : public CommandRunner {
    Q_OBJECT
public:
    CompleteRunner(CompleteRequest request, core::JobService *service, Reporter *reporter,
                   QObject *parent = nullptr);
    void start() override;

private:
    void take(const core::CompleteOutcome &outcome);
    void next();
    void tellObstacle(core::JobId job, const core::JobError &obstacle);

    CompleteRequest m_request;
    core::JobService *m_service;
    Reporter *m_reporter;
    QList<core::Completion> m_left;
    core::ExitCode m_status = core::ExitCode::Done;
};

} // namespace cli
