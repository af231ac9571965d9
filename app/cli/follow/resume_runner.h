// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"
#include "app/cli/follow/job_follower.h"

namespace cli {

/// `bhop resume`: finds the files that the repairs are meant for, resumes the jobs and follows
/// them.
class ResumeRunner final : public CommandRunner {
    Q_OBJECT
public:
    ResumeRunner(ResumeRequest request, const CommandContext &context, ExitHandler onFinished);

    void start() override;
    void interrupt() override { m_follower.interrupt(); }

private:
    void takeUp(const QList<core::JobSnapshot> &jobs);
    void aim(const QList<core::FileSnapshot> &files);
    [[nodiscard]] std::optional<int> find(const FileReference &reference,
                                          const QList<core::FileSnapshot> &files);
    [[nodiscard]] bool logInToProxyOf(const core::JobSnapshot &job);
    void go();

    ResumeRequest m_request;
    QList<core::JobSnapshot> m_jobs;
    JobFollower m_follower;
};

/// The file that is meant; nothing, and why, where there is none or more than one.
[[nodiscard]] Parsed<int> findFile(const FileReference &reference, core::JobId job,
                                   const QList<core::FileSnapshot> &files);

/// The fixes with those that can be aimed aimed at this file.
[[nodiscard]] core::Fixes aimedAt(core::Fixes fixes, int fileIndex);

} // namespace cli
