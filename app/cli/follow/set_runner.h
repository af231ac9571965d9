// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "app/cli/follow/command_runner.h"

namespace cli {

/// `bhop set`
class SetRunner final : public CommandRunner {
    Q_OBJECT
public:
    SetRunner(SetRequest request, const CommandContext &context, ExitHandler onFinished);
    void start() override;

private:
    void choose(const QList<core::FileSnapshot> &files);
    void change();
    void limitAll(qint64 bytesPerSecond);
    void tell(const core::SetOutcome &outcome);

    SetRequest m_request;
};

} // namespace cli
