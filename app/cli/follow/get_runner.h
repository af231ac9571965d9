// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/new_job_runner.h"

namespace cli {

/// `bhop get`: looks at the folder and the links first.
class GetRunner final : public NewJobRunner {
    Q_OBJECT
public:
    using NewJobRunner::NewJobRunner;

    void start() override;

private:
    void lookAtFolder();
    void lookAtLinks();
    void tellOf(const core::WaitingFile &waiting);
};

} // namespace cli
