// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/command_runner.h"

#include "app/cli/follow/exit_status.h"

#include <utility>

namespace cli {

CommandRunner::CommandRunner(CommandContext context, ExitHandler onFinished)
    : m_context(std::move(context))
    , m_onFinished(std::move(onFinished))
{
}

void CommandRunner::finish(core::ExitCode status)
{
    if (const ExitHandler onFinished = std::exchange(m_onFinished, nullptr)) {
        onFinished(status);
    }
}

void CommandRunner::refuse(const core::Refusal &refusal)
{
    reporter()->refused(refusal);
    finish(exitCodeFor(refusal));
}

} // namespace cli
