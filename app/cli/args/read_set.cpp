// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/argument_reader.h"
#include "app/cli/args/invocation.h"
#include "app/cli/args/typed_values.h"
#include "app/cli/print/words.h"

namespace cli {

Parsed<SetRequest> readSet(const Arguments &arguments, const Surroundings &surroundings)
{
    ArgumentReader in(arguments, surroundings);
    SetRequest request;
    core::JobChange &change = request.change;
    if (!arguments.operands.isEmpty()) {
        request.jobs = in.take(parseJobIds(textOf(arguments.operands))).value_or(core::JobIds());
    }
    if (const auto limit = in.value(Option::Limit, parseRate)) {
        change.limitBytesPerSecond = limit->value_or(0);
    }
    change.priority = in.value(Option::Priority, parsePriorityOption);
    change.connections = in.value(Option::Connections, parseConnections);
    if (in.has(Option::First) || in.has(Option::Last)) {
        change.move = in.has(Option::First) ? core::QueueEnd::First : core::QueueEnd::Last;
    }
    if (in.has(Option::First) && in.has(Option::Last)) {
        in.refuse(Words::tr("--first and --last cannot be had together."));
    }
    if (change == core::JobChange{}) {
        in.refuse(Words::tr("Say what to change: --limit, --priority, --connections, --first or "
                            "--last."));
    }
    if (request.jobs.isEmpty() &&
        change != core::JobChange{.limitBytesPerSecond = change.limitBytesPerSecond}) {
        in.refuse(Words::tr("Say of which job by its number; without one only --limit can be set, "
                            "for all jobs together."));
    }
    return in.result(request);
}

} // namespace cli
