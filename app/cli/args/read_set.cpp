// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/argument_reader.h"
#include "app/cli/args/invocation.h"
#include "app/cli/args/typed_values.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

namespace cli {

namespace {

/// "high:2"
Parsed<FileChoice> parseRankedFile(const QString &typed)
{
    for (const core::FilePriority each : core::allOf<core::FilePriority>()) {
        const QString prefix = QString::fromLatin1(core::name(each)) + u':';
        if (typed.startsWith(prefix, Qt::CaseInsensitive)) {
            return parseFileReference(typed.sliced(prefix.size()))
                .map([each](const FileReference &file) {
                    return FileChoice{.file = file, .wanted = {}, .priority = each};
                });
        }
    }
    return misused(Words::tr("--file-priority %1 is not understood; write high, normal or low, a "
                             "colon, and the file: high:2.")
                       .arg(quoted(typed)));
}

QList<FileChoice> readChoices(const Arguments &arguments, ArgumentReader *in)
{
    QList<FileChoice> files;
    for (const auto &[option, isWanted] :
         {std::pair(Option::Skip, false), std::pair(Option::Want, true)}) {
        for (const QString &typed : textOf(arguments.values(option))) {
            if (const auto file = in->take(parseFileReference(typed))) {
                files.append({.file = *file, .wanted = isWanted, .priority = {}});
            }
        }
    }
    for (const QString &typed : textOf(arguments.values(Option::FilePriority))) {
        if (const auto ranked = in->take(parseRankedFile(typed))) {
            files.append(*ranked);
        }
    }
    return files;
}

} // namespace

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
    request.files = readChoices(arguments, &in);
    if (change == core::JobChange{} && request.files.isEmpty()) {
        in.refuse(Words::tr("Say what to change: --limit, --priority, --connections, --first, "
                            "--last, --skip, --want or --file-priority."));
    }
    if (!request.files.isEmpty() && request.jobs.size() > 1) {
        in.refuse(Words::tr("--skip, --want and --file-priority are for one job; name one."));
    }
    const core::JobChange ofAll{.limitBytesPerSecond = change.limitBytesPerSecond};
    if (request.jobs.isEmpty() && (change != ofAll || !request.files.isEmpty())) {
        in.refuse(Words::tr("Say of which job by its number; without one only --limit can be set, "
                            "for all jobs together."));
    }
    return in.result(request);
}

} // namespace cli
