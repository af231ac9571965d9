// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"

namespace cli {

/// A command that names jobs and repairs: finds the jobs and the files that the repairs are meant
/// for.
class RepairRunner : public CommandRunner {
    Q_OBJECT
public:
    RepairRunner(ResumeRequest request, const CommandContext &context, ExitHandler onFinished);

    void start() override;

protected:
    /// Carries it out: every job is there, every repair is aimed.
    virtual void go(const Jobs &jobs, const core::Fixes &fixes) = 0;

private:
    void takeUp(const QList<core::JobSnapshot> &jobs);
    void aim(const QList<core::FileSnapshot> &files);
    void nameServers(const QList<core::FileSnapshot> &files, const QList<int> &named);
    [[nodiscard]] std::optional<int> find(const FileReference &reference,
                                          const QList<core::FileSnapshot> &files);
    [[nodiscard]] bool logInToProxyOf(const core::JobSnapshot &job);

    ResumeRequest m_request;
    QList<core::JobSnapshot> m_jobs;
};

/// The file that is meant; nothing, and why, where there is none or more than one.
[[nodiscard]] Parsed<int> findFile(const FileReference &reference, core::JobId job,
                                   const QList<core::FileSnapshot> &files);

/// The fixes with those that can be aimed aimed at each of these files; as they are for none.
[[nodiscard]] core::Fixes aimedAt(const core::Fixes &fixes, const QList<int> &files);

} // namespace cli
