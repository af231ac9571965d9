// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"

namespace cli {

/// `bhop adopt`: lists unfinished files without a job, or takes one on as a job.
class AdoptRunner final : public CommandRunner {
    Q_OBJECT
public:
    AdoptRunner(AdoptRequest request, const CommandContext &context, ExitHandler onFinished);
    void start() override;

private:
    void list();
    void adopt();
    void tell(const core::JobSnapshot &job);

    AdoptRequest m_request;
};

} // namespace cli
