// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/help.h"
#include "app/cli/args/invocation.h"
#include "app/cli/follow/adopt_runner.h"
#include "app/cli/follow/check_runner.h"
#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/follow_runner.h"
#include "app/cli/follow/get_runner.h"
#include "app/cli/follow/lifecycle_runner.h"
#include "app/cli/follow/put_runner.h"
#include "app/cli/follow/query_runners.h"
#include "app/cli/follow/resume_runner.h"
#include "app/cli/follow/set_runner.h"
#include "app/cli/follow/watch_runner.h"
#include "app/cli/open_service.h"
#include "app/cli/print/words.h"
#include "core/log/log.h"
#include "core/log/qt_messages.h"
#include "core/remote/engine_process.h"
#include "core/remote/served_engine.h"
#include "core/service/inspect_source.h"
#include "core/system/background.h"
#include "core/system/process_limits.h"
#include "core/system/termination_signals.h"
#include "core/system/when_ready.h"
#include "core/words/explain_service.h"
#include "core/words/explain_store.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <csignal>
#include <cstdlib>
#include <memory>

#include <unistd.h>

namespace {

using cli::Invocation;
using namespace Qt::StringLiterals;

/// No exit status: the command is to be carried out again, without an engine of its own process.
constexpr int kDoWithout = -1;

template <typename... F>
struct Overloaded : F... {
    using F::operator()...;
};

/// Until exit() is called: the one event loop of the program.
int runLoop()
{
    return QCoreApplication::exec();
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
            [&](const cli::PutRequest &put) { return make<cli::PutRunner>(put, context); },
            [&](const cli::ResumeRequest &r) { return make<cli::ResumeRunner>(r, context); },
            [&](const cli::CheckRequest &c) { return make<cli::CheckRunner>(c, context); },
            [&](const cli::FollowRequest &f) { return make<cli::FollowRunner>(f, context); },
            [&](const cli::WatchRequest &w) { return make<cli::WatchRunner>(w, context); },
            [&](const cli::ListRequest &list) { return make<cli::ListRunner>(list, context); },
            [&](const cli::ErrorsRequest &e) { return make<cli::ErrorsRunner>(e, context); },
            [&](const cli::ShowRequest &show) { return make<cli::ShowRunner>(show, context); },
            [&](const cli::SetRequest &s) { return make<cli::SetRunner>(s, context); },
            [&](const cli::LifecycleRequest &l) { return make<cli::LifecycleRunner>(l, context); },
            [&](const cli::AdoptRequest &a) { return make<cli::AdoptRunner>(a, context); },
            [&](const cli::CompleteRequest &c) { return make<cli::CompleteRunner>(c, context); },
            [](const cli::EngineRequest & /*carried out*/) { return Runner(); },
            [](const cli::HelpRequest & /*answered*/) { return Runner(); },
            [](const cli::VersionRequest & /*answered*/) { return Runner(); },
        },
        request);
}

/// Until when another program may still hold the list: an engine that nobody needs any more ends by
/// itself.
QDeadlineTimer engineHasEnded()
{
    return {core::EngineServer::kLinger + std::chrono::seconds(2)};
}

void startWhenReady(core::JobService *service, cli::CommandRunner *runner, cli::Reporter *reporter,
                    QDeadlineTimer patience, bool *doWithout)
{
    core::whenReady(service->start(), runner, [=](const core::JobService::Started &started) {
        if (started) {
            runner->start();
            return;
        }
        if (core::isHeldByAnother(started.error()) && !patience.hasExpired()) {
            QTimer::singleShot(std::chrono::milliseconds(200), runner, [=] {
                startWhenReady(service, runner, reporter, patience, doWithout);
            });
            return;
        }
        *doWithout = core::canDoWithoutProcess(started.error());
        if (*doWithout) {
            reporter->notice({}, core::explain(started.error()));
        } else {
            reporter->failed(core::explain(started.error()));
        }
        QCoreApplication::exit(int(core::ExitCode::NoEngine));
    });
}

/// Without an engine of its own process nobody else would see to it that programs which are to be
/// told (--notify-command) are.
void awaitCommands(core::JobService *service)
{
    if (service->outlivesFrontEnd() || core::TerminationSignals::wasCaught()) {
        return;
    }
    QTimer timer;
    const auto look = [service, &timer] {
        service->ask<core::message::Activity>(
            {}, &timer, [](const core::Answer<core::ActivityReport> &activity) {
                if (!activity || activity->commandsDue == 0 ||
                    core::TerminationSignals::wasCaught()) {
                    QCoreApplication::exit();
                }
            });
    };
    QObject::connect(&timer, &QTimer::timeout, &timer, look);
    timer.start(std::chrono::milliseconds(100));
    look();
    runLoop();
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
    const auto keyring = invocation.inProcess ? cli::makeKeyring() : nullptr;
    const auto service = cli::openService(invocation, log, keyring.get());
    runner = runnerFor(invocation.request,
                       {service.get(), &reporter, &screen, STDIN_FILENO, currentFolder});
    QObject::connect(&signalled, &core::TerminationSignals::caught, runner.get(),
                     &cli::CommandRunner::interrupt);
    QObject::connect(
        service.get(), &core::JobService::notice, runner.get(),
        [&reporter](const core::Notice &notice) { reporter.notice({}, core::explain(notice)); });
    QObject::connect(service.get(), &core::JobService::engineLost, runner.get(), [&reporter] {
        reporter.notice({}, cli::Words::tr("The engine of Bellhop has ended without a word; it is "
                                           "started again."));
    });
    QObject::connect(service.get(), &core::JobService::engineGoneForGood, runner.get(),
                     [&reporter](const core::StartFailure &why) {
                         reporter.failed(core::explain(why));
                         QCoreApplication::exit(int(core::ExitCode::NoEngine));
                     });
    bool doWithout = false;
    startWhenReady(service.get(), runner.get(), &reporter, engineHasEnded(), &doWithout);
    const auto status = core::ExitCode(runLoop());
    awaitCommands(service.get());
    const core::Ending ending = service->close();
    QCoreApplication::sendPostedEvents(service.get()); // why not, if that is not told yet
    if (ending == core::Ending::Unfinished) {
        reporter.notice({}, core::explain(ending));
        std::_Exit(int(cli::withOutput(status, &screen)));
    }
    return doWithout
               ? kDoWithout
               : int(cli::withOutput(cli::withList(status, ending, invocation.request), &screen));
}

/// The engine of all programs, until none needs it. `onReady` is called when it can be reached; why
/// it could not be is told when nothing is left of it.
core::JobService::Started runEngine(const QString &stateFolder,
                                    const std::function<void()> &onReady,
                                    const core::TerminationSignals &signalled, core::Log *log)
{
    const auto keyring = cli::makeKeyring();
    core::ServedEngine engine({.stateFolder = stateFolder, .log = log, .keyring = keyring.get()});
    QObject::connect(
        &engine, &core::ServedEngine::unheard, qApp,
        [stateFolder](const QStringList &desktop) { cli::startAnnouncer(stateFolder, desktop); });
    const auto end = [] { QCoreApplication::exit(); };
    QObject::connect(&engine, &core::ServedEngine::notNeeded, qApp, end);
    QObject::connect(&signalled, &core::TerminationSignals::caught, qApp, end);
    core::JobService::Started result = core::Done{};
    core::whenReady(engine.start(), qApp, [&](const core::JobService::Started &started) {
        result = started;
        if (started) {
            onReady();
        } else {
            QCoreApplication::exit();
        }
    });
    runLoop();
    if (engine.close() == core::Ending::Unfinished) {
        const QString sentence = core::explain(core::Ending::Unfinished);
        cli::Screen(STDOUT_FILENO, STDERR_FILENO, nullptr).complain(u"bhop: "_s + sentence + u'\n');
        std::_Exit(int(core::ExitCode::Unfinished));
    }
    return result;
}

int serve(const cli::EngineRequest &request, const QString &stateFolder,
          const core::TerminationSignals &signalled, core::Log *log)
{
    std::optional<core::Background> background;
    if (request.inBackground) {
        background.emplace(core::Background::enter());
    }
    const auto report = [&background](const core::JobService::Started &started, int status) {
        if (background) {
            background->report(core::startReport(started), status);
        }
    };
    const auto result = runEngine(
        stateFolder, [&report] { report(core::Done{}, int(core::ExitCode::Done)); }, signalled,
        log);
    if (result) {
        return int(core::ExitCode::Done);
    }
    report(result, int(core::ExitCode::NoEngine));
    if (!background) {
        cli::Screen(STDOUT_FILENO, STDERR_FILENO, nullptr)
            .complain(QStringLiteral("bhop: ") + core::explain(result.error()) + u'\n');
    }
    return int(core::ExitCode::NoEngine);
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
    return int(error.problem ? core::exitCodeFor(*error.problem) : core::ExitCode::Usage);
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
    // Qt's own event loop: for that of GLib each event from another thread is a call to the system.
    qputenv("QT_NO_GLIB", "1");
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("bhop"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BELLHOP_VERSION));
    const core::TerminationSignals signalled{SIGINT, SIGTERM, SIGHUP};

    cli::Surroundings surroundings = cli::systemSurroundings();
    surroundings.inspectSource = core::inspectSource;
    auto invocation = cli::readInvocation(QByteArrayList(argv + 1, argv + argc), surroundings);
    cli::Screen screen(STDOUT_FILENO, STDERR_FILENO, nullptr);
    if (!invocation) {
        return complain(invocation.error(), &screen);
    }
    if (const auto *help = std::get_if<cli::HelpRequest>(&invocation->request)) {
        screen.print(help->isAboutJson ? cli::jsonHelpText() : cli::helpText(help->about));
        return int(cli::withOutput(core::ExitCode::Done, &screen));
    }
    if (std::holds_alternative<cli::VersionRequest>(invocation->request)) {
        screen.print(cli::versionText() + u'\n');
        return int(cli::withOutput(core::ExitCode::Done, &screen));
    }
    if (invocation->stateFolder.isEmpty() && core::StateFolder::defaultPath().isEmpty()) {
        screen.complain(u"bhop: "_s + core::explain(core::StateFolderError{}) + u'\n');
        return int(core::ExitCode::NoEngine);
    }
    if (const auto *engine = std::get_if<cli::EngineRequest>(&invocation->request)) {
        return serve(*engine, invocation->stateFolder, signalled, &log);
    }
    int status = carryOut(*invocation, surroundings.currentFolder, signalled, &log);
    if (status == kDoWithout) {
        invocation->inProcess = true;
        status = carryOut(*invocation, surroundings.currentFolder, signalled, &log);
    }
    return status;
}
