// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/repair_runner.h"

namespace cli {

/// `bhop check`: what `bhop resume` would meet with the same repairs. Changes nothing.
class CheckRunner final : public RepairRunner {
    Q_OBJECT
public:
    CheckRunner(const CheckRequest &request, const CommandContext &context, ExitHandler onFinished);

protected:
    void go(const Jobs &jobs, const core::Fixes &fixes) override;
};

} // namespace cli
