// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"
#include "app/cli/follow/job_follower.h"

namespace cli {

/// A command that makes a job, resumes it and follows it to its end, or leaves it running.
class NewJobRunner : public CommandRunner {
    Q_OBJECT
public:
    NewJobRunner(NewJobRequest request, const CommandContext &context, ExitHandler onFinished);

    void interrupt() override { m_follower.interrupt(); }

protected:
    [[nodiscard]] const core::JobSpec &spec() const { return m_request.spec; }
    void add();

private:
    void takeUp(core::JobId id);
    void leave(core::JobId id);
    void tellLeft(core::JobId id);
    [[nodiscard]] QString left(core::JobId id) const;

    NewJobRequest m_request;
    JobFollower m_follower;
};

} // namespace cli
