// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"

#include <QHash>

namespace cli {

/// `bhop list`
class ListRunner final : public CommandRunner {
    Q_OBJECT
public:
    ListRunner(const ListRequest & /*all*/, const CommandContext &context, ExitHandler onFinished);
    void start() override;
};

/// `bhop errors`
class ErrorsRunner final : public CommandRunner {
    Q_OBJECT
public:
    ErrorsRunner(const ErrorsRequest & /*all*/, const CommandContext &context,
                 ExitHandler onFinished);
    void start() override;

private:
    void next();
    void gather();

    QList<core::JobSnapshot> m_left;
    QHash<core::JobId, core::JobIds> m_alike; ///< who asks the same as one that is shown
};

/// `bhop show ID`
class ShowRunner final : public CommandRunner {
    Q_OBJECT
public:
    ShowRunner(const ShowRequest &request, const CommandContext &context, ExitHandler onFinished);
    void start() override;

private:
    void show(const core::JobSnapshot &job);
    void showTimeline(core::JobId job, const core::ToldJob &told);

    core::JobId m_job;
};

} // namespace cli
