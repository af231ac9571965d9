// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/command_runner.h"
#include "app/cli/print/reporter.h"
#include "core/service/job_service.h"

namespace cli {

/// `bhop list`
class ListRunner final : public CommandRunner {
    Q_OBJECT
public:
    ListRunner(core::JobService *service, Reporter *reporter, QObject *parent = nullptr);
    void start() override;

private:
    core::JobService *m_service;
    Reporter *m_reporter;
};

/// `bhop errors`
class ErrorsRunner final : public CommandRunner {
    Q_OBJECT
public:
    ErrorsRunner(core::JobService *service, Reporter *reporter, QObject *parent = nullptr);
    void start() override;

private:
    void next();

    core::JobService *m_service;
    Reporter *m_reporter;
    QList<core::JobSnapshot> m_left;
};

/// `bhop show ID`
class ShowRunner final : public CommandRunner {
    Q_OBJECT
public:
    ShowRunner(core::JobId job, core::JobService *service, Reporter *reporter,
               QObject *parent = nullptr);
    void start() override;

private:
    void show(const core::JobSnapshot &job);
    void showTimeline(core::JobId job, int fileCount);

    core::JobId m_job;
    core::JobService *m_service;
    Reporter *m_reporter;
};

} // namespace cli
