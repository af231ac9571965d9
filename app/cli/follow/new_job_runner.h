// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"
#include "app/cli/follow/job_follower.h"

namespace cli {

/// A command that makes a job that begins at once, and follows it to its end or leaves it running.
class NewJobRunner : public CommandRunner {
    Q_OBJECT
public:
    NewJobRunner(NewJobRequest request, const CommandContext &context, ExitHandler onFinished);

    void interrupt() override;

protected:
    [[nodiscard]] const core::JobSpec &spec() const { return m_request.spec; }
    void add();

private:
    void tellLeft(core::JobId id);
    [[nodiscard]] QString left(core::JobId id) const;

    void takeUp(core::JobId id);

    NewJobRequest m_request;
    JobFollower m_follower;
    bool m_isAdding = false;
    bool m_isToStop = false;
};

} // namespace cli
