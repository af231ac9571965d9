// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/invocation.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

#include <QDir>

namespace cli {

namespace {

/// Why a command cannot do with so many operands; empty when it can.
QString complaintAbout(const QByteArrayList &operands, const CommandRow &row)
{
    const QString name = QLatin1StringView(row.name);
    const qsizetype count = operands.size();
    switch (row.operands) {
    case Operands::None:
        return count == 0 ? QString()
                          : Words::tr("\"bhop %1\" takes nothing more than options; leave out %2.")
                                .arg(name, quoted(QString::fromLocal8Bit(operands.first())));
    case Operands::FileAndAddress:
        return count == 2 ? QString()
                          : Words::tr("\"bhop %1\" takes one file and the address it is to go to: "
                                      "\"bhop %1 FILE URL\".")
                                .arg(name);
    case Operands::OneJob:
        return count == 1 ? QString()
                          : Words::tr("\"bhop %1\" takes the number of one job; \"bhop list\" "
                                      "shows the numbers.")
                                .arg(name);
    case Operands::Jobs:
        return count > 0 ? QString()
                         : Words::tr("\"bhop %1\" needs the number of a job; \"bhop list\" shows "
                                     "the numbers.")
                               .arg(name);
    case Operands::OnePath:
        return count <= 1 ? QString()
                          : Words::tr("\"bhop %1\" takes one folder or file at a time.").arg(name);
    case Operands::CommandName:
        return count <= 1 ? QString()
                          : Words::tr("\"bhop %1\" explains one command at a time.").arg(name);
    case Operands::AnyJobs:
    case Operands::Links:
        return {}; // lists may bring them as well
    }
    Q_UNREACHABLE();
}

Parsed<Request> readHelp(const QByteArrayList &operands)
{
    if (operands.isEmpty()) {
        return HelpRequest{};
    }
    if (operands.first() == "json") {
        return HelpRequest{.about = {}, .isAboutJson = true};
    }
    const CommandRow *about = findCommand(operands.first());
    if (about == nullptr) {
        return misused(Words::tr("There is no command %1. \"bhop help\" lists what there is.")
                           .arg(quoted(QString::fromLocal8Bit(operands.first()))));
    }
    return HelpRequest{.about = about->command};
}

template <typename T>
Parsed<Request> asRequest(const Parsed<T> &parsed)
{
    return parsed.map([](const T &request) { return Request(request); });
}

Parsed<Request> readJobsRequest(const Arguments &arguments)
{
    const auto ids = parseJobIds(textOf(arguments.operands));
    if (!ids) {
        return tl::unexpected(ids.error());
    }
    if (*arguments.command == Command::Show) {
        return ShowRequest{ids->first()};
    }
    if (*arguments.command == Command::Follow) {
        return FollowRequest{*ids};
    }
    if (*arguments.command == Command::Complete) {
        return CompleteRequest{*ids, arguments.has(Option::KeepPartial)
                                         ? core::PartialFiles::KeepAsPart
                                         : core::PartialFiles::Remove};
    }
    return LifecycleRequest{*arguments.command, *ids};
}

Parsed<Request> readRequest(const Arguments &arguments, const Surroundings &surroundings)
{
    if (arguments.has(Option::Version)) {
        return VersionRequest{};
    }
    if (arguments.has(Option::Help) || !arguments.command) {
        return HelpRequest{.about = arguments.command == Command::Help ? std::nullopt
                                                                       : arguments.command};
    }
    const QString complaint = complaintAbout(arguments.operands, rowOf(*arguments.command));
    if (!complaint.isEmpty()) {
        return misused(complaint);
    }
    switch (*arguments.command) {
    case Command::Get:
        return asRequest(readGet(arguments, surroundings));
    case Command::Put:
        return asRequest(readPut(arguments, surroundings));
    case Command::Resume:
        return asRequest(readResume(arguments, surroundings));
    case Command::Check:
        return readResume(arguments, surroundings).map([](const ResumeRequest &repair) {
            return Request(CheckRequest{repair});
        });
    case Command::Adopt:
        return asRequest(readAdopt(arguments, surroundings));
    case Command::Set:
        return asRequest(readSet(arguments, surroundings));
    case Command::Watch:
        return WatchRequest{};
    case Command::List:
        return ListRequest{};
    case Command::Errors:
        return ErrorsRequest{};
    case Command::Engine:
        return EngineRequest{arguments.has(Option::Background)};
    case Command::Help:
        return readHelp(arguments.operands);
    case Command::Show:
    case Command::Follow:
    case Command::Suspend:
    case Command::Cancel:
    case Command::Complete:
    case Command::Remove:
        return readJobsRequest(arguments);
    }
    Q_UNREACHABLE();
}

Parsed<QString> readStateFolder(const Arguments &arguments, const Surroundings &surroundings)
{
    const auto typed = arguments.value(Option::StateDir);
    if (!typed) {
        return QString();
    }
    if (typed->isEmpty()) {
        return misused(Words::tr("--state-dir needs the name of a folder."));
    }
    return QDir::cleanPath(QDir(surroundings.currentFolder).absoluteFilePath(*typed));
}

} // namespace

Parsed<Invocation> readInvocation(const QByteArrayList &words, const Surroundings &surroundings)
{
    const auto arguments = parseArguments(words);
    if (!arguments) {
        return tl::unexpected(arguments.error());
    }
    const auto stateFolder = readStateFolder(*arguments, surroundings);
    if (!stateFolder) {
        return tl::unexpected(stateFolder.error());
    }
    auto request = readRequest(*arguments, surroundings);
    if (!request) {
        return tl::unexpected(request.error());
    }
    return Invocation{
        .request = *std::move(request),
        .stateFolder = *stateFolder,
        .output = {.json = arguments->has(Option::Json), .quiet = arguments->has(Option::Quiet)},
        .inProcess = arguments->has(Option::InProcess)};
}

} // namespace cli
