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
    void leave(core::JobId id);
    void tellLeft(core::JobId id);
    void tellNotKept(core::JobId id, core::KeyringState keyring);
    [[nodiscard]] QString left(core::JobId id) const;

    void takeUp(core::JobId id);

    NewJobRequest m_request;
    JobFollower m_follower;
    bool m_isAdding = false;
    bool m_isToStop = false;
    bool m_isNotKeptTold = false; ///< by the engine: that its login is not in the keyring
};

} // namespace cli
