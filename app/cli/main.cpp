// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/help.h"
#include "app/cli/args/invocation.h"
#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/get_runner.h"
#include "app/cli/follow/lifecycle_runner.h"
#include "app/cli/follow/query_runners.h"
#include "app/cli/follow/resume_runner.h"
#include "core/log/log.h"
#include "core/log/qt_messages.h"
#include "core/service/in_process_service.h"
#include "core/system/process_limits.h"
#include "core/system/termination_signals.h"
#include "core/system/when_ready.h"
#include "core/words/explain_service.h"

#include <QCoreApplication>

#include <csignal>
#include <memory>

#include <unistd.h>

namespace {

using cli::Invocation;
using namespace Qt::StringLiterals;

template <typename... F>
struct Overloaded : F... {
    using F::operator()...;
};

/// Which jobs may run while the command is carried out: only those that are followed.
core::RunPolicy runPolicyOf(const cli::Request &request)
{
    const auto *get = std::get_if<cli::GetRequest>(&request);
    const bool follows =
        (get != nullptr && !get->detach) || std::holds_alternative<cli::ResumeRequest>(request);
    return follows ? core::RunPolicy::OnlyCommanded : core::RunPolicy::Nothing;
}

using Runner = std::unique_ptr<cli::CommandRunner>;

template <typename RunnerClass, typename Request>
Runner make(const Request &request, const cli::CommandContext &context)
{
    return std::make_unique<RunnerClass>(
        request, context, [](core::ExitCode status) { QCoreApplication::exit(int(status)); });
}

Runner runnerFor(const cli::Request &request, const cli::CommandContext &context)
{
    return std::visit(
        Overloaded{
            [&](const cli::GetRequest &get) { return make<cli::GetRunner>(get, context); },
            [&](const cli::ResumeRequest &r) { return make<cli::ResumeRunner>(r, context); },
            [&](const cli::ListRequest &list) { return make<cli::ListRunner>(list, context); },
            [&](const cli::ErrorsRequest &e) { return make<cli::ErrorsRunner>(e, context); },
            [&](const cli::ShowRequest &show) { return make<cli::ShowRunner>(show, context); },
            [&](const cli::LifecycleRequest &l) { return make<cli::LifecycleRunner>(l, context); },
            [&](const cli::CompleteRequest &c) { return make<cli::CompleteRunner>(c, context); },
            [](const cli::HelpRequest & /*answered*/) { return Runner(); },
            [](const cli::VersionRequest & /*answered*/) { return Runner(); },
        },
        request);
}

void startWhenReady(core::InProcessService *service, cli::CommandRunner *runner,
                    cli::Reporter *reporter)
{
    core::whenReady(service->start(), runner,
                    [=](const tl::expected<core::Done, core::StartFailure> &started) {
                        if (started) {
                            runner->start();
                            return;
                        }
                        reporter->failed(core::explain(started.error()));
                        QCoreApplication::exit(int(core::ExitCode::NoEngine));
                    });
}

int carryOut(const Invocation &invocation, const QString &currentFolder,
             const core::TerminationSignals &signalled, core::Log *log)
{
    // Gone last of what follows: what the service still has to answer when it goes is answered to
    // somebody.
    Runner runner;
    cli::Screen screen(STDOUT_FILENO, STDERR_FILENO, [&runner] {
        // Nobody reads on: leave things as Ctrl-C would, once the caller has returned.
        QMetaObject::invokeMethod(
            runner.get(), [&runner] { runner->interrupt(); }, Qt::QueuedConnection);
    });
    cli::Reporter reporter(&screen, invocation.output, cli::CommandStyle{invocation.stateFolder});
    core::InProcessService service({.stateFolder = invocation.stateFolder,
                                    .run = runPolicyOf(invocation.request),
                                    .log = log});
    runner =
        runnerFor(invocation.request, {&service, &reporter, &screen, STDIN_FILENO, currentFolder});
    QObject::connect(&signalled, &core::TerminationSignals::caught, runner.get(),
                     &cli::CommandRunner::interrupt);
    QObject::connect(
        &service, &core::JobService::notice, runner.get(),
        [&reporter](const core::Notice &notice) { reporter.notice({}, core::explain(notice)); });
    startWhenReady(&service, runner.get(), &reporter);
    return int(cli::withOutput(core::ExitCode(QCoreApplication::exec()), &screen));
}

/// Says what is wrong with the command line; nothing more to somebody who pressed Ctrl-C at a
/// question for a password.
int complain(const cli::UsageError &error, cli::Screen *screen)
{
    if (core::TerminationSignals::wasCaught()) {
        return int(core::ExitCode::Unfinished);
    }
    for (const QString &sentence : error.sentence.split(u'\n')) {
        screen->complain(QStringLiteral("bhop: ") + sentence + u'\n');
    }
    return int(core::ExitCode::Usage);
}

} // namespace

int main(int argc, char *argv[])
{
    core::Log log;
    const core::QtMessages messages(&log);
    if (const auto shortage = core::prepareLimits()) {
        cli::Screen(STDOUT_FILENO, STDERR_FILENO, nullptr)
            .complain(u"bhop: "_s + core::explain(*shortage) + u'\n');
        return int(core::ExitCode::Other);
    }
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("bhop"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BELLHOP_VERSION));
    const core::TerminationSignals signalled{SIGINT, SIGTERM, SIGHUP};

    const cli::Surroundings surroundings = cli::systemSurroundings();
    const auto invocation =
        cli::readInvocation(QByteArrayList(argv + 1, argv + argc), surroundings);
    cli::Screen screen(STDOUT_FILENO, STDERR_FILENO, nullptr);
    if (!invocation) {
        return complain(invocation.error(), &screen);
    }
    if (const auto *help = std::get_if<cli::HelpRequest>(&invocation->request)) {
        screen.print(cli::helpText(help->about));
        return int(cli::withOutput(core::ExitCode::Done, &screen));
    }
    if (std::holds_alternative<cli::VersionRequest>(invocation->request)) {
        screen.print(cli::versionText() + u'\n');
        return int(cli::withOutput(core::ExitCode::Done, &screen));
    }
    return carryOut(*invocation, surroundings.currentFolder, signalled, &log);
}
