// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/help.h"
#include "app/cli/args/invocation.h"
#include "app/cli/follow/get_runner.h"
#include "app/cli/follow/query_runners.h"
#include "app/cli/follow/resume_runner.h"
#include "app/cli/follow/set_runners.h"
#include "app/cli/follow/termination_signals.h"
#include "core/log/log.h"
#include "core/log/qt_messages.h"
#include "core/service/in_process_service.h"
#include "core/system/when_ready.h"
#include "core/words/explain_service.h"

#include <QCoreApplication>

#include <memory>

#include <unistd.h>

namespace {

using cli::Invocation;

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

std::unique_ptr<cli::CommandRunner> runnerFor(const cli::Request &request,
                                              const cli::JobFollower::Tools &tools,
                                              const QString &currentFolder)
{
    using Runner = std::unique_ptr<cli::CommandRunner>;
    return std::visit(
        Overloaded{
            [&](const cli::GetRequest &get) -> Runner {
                return std::make_unique<cli::GetRunner>(get, tools, currentFolder);
            },
            [&](const cli::ResumeRequest &resume) -> Runner {
                return std::make_unique<cli::ResumeRunner>(resume, tools, currentFolder);
            },
            [&](const cli::ListRequest & /*all*/) -> Runner {
                return std::make_unique<cli::ListRunner>(tools.service, tools.reporter);
            },
            [&](const cli::ErrorsRequest & /*all*/) -> Runner {
                return std::make_unique<cli::ErrorsRunner>(tools.service, tools.reporter);
            },
            [&](const cli::ShowRequest &show) -> Runner {
                return std::make_unique<cli::ShowRunner>(show.job, tools.service, tools.reporter);
            },
            [&](const cli::SetRequest &set) -> Runner {
                return std::make_unique<cli::SetRunner>(set, tools.service, tools.reporter);
            },
            [&](const cli::CompleteRequest &complete) -> Runner {
                return std::make_unique<cli::CompleteRunner>(complete, tools.service,
                                                             tools.reporter);
            },
            [](const cli::HelpRequest & /*answered*/) -> Runner { return nullptr; },
            [](const cli::VersionRequest & /*answered*/) -> Runner { return nullptr; },
        },
        request);
}

int carryOut(const Invocation &invocation, const QString &currentFolder,
             cli::TerminationSignals *signal)
{
    core::Log log;
    const core::QtMessages messages(&log);
    // Gone last of what follows: what the service still has to answer when it goes is answered to
    // somebody.
    std::unique_ptr<cli::CommandRunner> runner;
    cli::Screen screen(STDOUT_FILENO, STDERR_FILENO, [&runner] {
        // Nobody reads on: leave things as Ctrl-C would, once the caller has returned.
        QMetaObject::invokeMethod(
            runner.get(), [&runner] { runner->interrupt(); }, Qt::QueuedConnection);
    });
    cli::Reporter reporter(
        &screen, {invocation.json, invocation.quiet, cli::CommandStyle{invocation.stateFolder}});
    core::InProcessService service({.stateFolder = invocation.stateFolder,
                                    .run = runPolicyOf(invocation.request),
                                    .log = &log});
    runner =
        runnerFor(invocation.request, {&service, &reporter, &screen, STDIN_FILENO}, currentFolder);
    QObject::connect(runner.get(), &cli::CommandRunner::finished, qApp,
                     [](core::ExitCode status) { QCoreApplication::exit(int(status)); });
    QObject::connect(signal, &cli::TerminationSignals::caught, runner.get(),
                     &cli::CommandRunner::interrupt);
    QObject::connect(&service, &core::JobService::notice, runner.get(),
                     [&reporter](const core::Notice &notice) { reporter.notice({}, core::explain(notice)); });
    core::whenReady(service.start(), runner.get(),
                    [&](const tl::expected<core::Done, core::StartFailure> &started) {
                        if (started) {
                            runner->start();
                            return;
                        }
                        reporter.failed(core::explain(started.error()));
                        QCoreApplication::exit(int(core::ExitCode::NoEngine));
                    });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("bhop"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BELLHOP_VERSION));
    cli::TerminationSignals signal;

    const cli::Surroundings surroundings = cli::systemSurroundings();
    const auto invocation = cli::readInvocation(QCoreApplication::arguments().mid(1), surroundings);
    cli::Screen screen(STDOUT_FILENO, STDERR_FILENO, nullptr);
    if (!invocation) {
        const bool wasInterrupted = cli::TerminationSignals::wasCaught();
        for (const QString &sentence : invocation.error().sentence.split(u'\n')) {
            screen.complain(wasInterrupted ? QString()
                                           : QStringLiteral("bhop: ") + sentence + u'\n');
        }
        return int(wasInterrupted ? core::ExitCode::Unfinished : core::ExitCode::Usage);
    }
    if (const auto *help = std::get_if<cli::HelpRequest>(&invocation->request)) {
        screen.print(cli::helpText(help->about));
        return int(core::ExitCode::Done);
    }
    if (std::holds_alternative<cli::VersionRequest>(invocation->request)) {
        screen.print(cli::versionText() + u'\n');
        return int(core::ExitCode::Done);
    }
    return carryOut(*invocation, surroundings.currentFolder, &signal);
}
