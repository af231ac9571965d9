// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/arguments.h"
#include "app/desktop/window_door.h"
#include "core/keyring/desktop_keyring.h"
#include "core/log/log.h"
#include "core/log/qt_messages.h"
#include "core/remote/socket_service.h"
#include "core/service/in_process_service.h"
#include "core/store/state_folder.h"
#include "core/system/process_limits.h"
#include "core/system/system_clock.h"
#include "core/system/termination_signals.h"
#include "core/system/when_ready.h"
#include "core/words/explain_service.h"
#include "ui/actions/desktop.h"
#include "ui/clear_indicators.h"
#include "ui/main_window.h"
#include "ui/tray/announcer.h"
#include "ui/tray/notifications.h"
#include "ui/tray/tray_icon.h"

#include <QApplication>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>

#include <csignal>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>

namespace {

constexpr int kOther = 1;
constexpr int kUsage = 2;
constexpr int kNoEngine = 11;
/// No exit status: to be run again, without an engine of its own process.
constexpr int kDoWithout = -1;

/// What is said where a window was there already.
const char *handedOver(const Arguments &arguments)
{
    return arguments.links.isEmpty() ? "The window of Bellhop that is open is shown."
                                     : "Handed over to the window of Bellhop that is open.";
}

QString stateFolder(const Arguments &arguments)
{
    return arguments.stateDir.isEmpty() ? core::StateFolder::defaultPath() : arguments.stateDir;
}

Visit visitOf(const Arguments &arguments)
{
    const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    return {.links = arguments.links,
            .wantsWindow = !arguments.inBackground,
            .activationToken =
                token.isEmpty() ? qEnvironmentVariable("DESKTOP_STARTUP_ID") : token};
}

QString layoutFile(const Arguments &arguments)
{
    const QString folder =
        arguments.stateDir.isEmpty()
            ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                  QStringLiteral("/bellhop")
            : arguments.stateDir;
    return folder + QStringLiteral("/window.ini");
}

void nameProgram()
{
    QApplication::setApplicationName(QStringLiteral("bellhop"));
    QApplication::setApplicationDisplayName(QStringLiteral("Bellhop"));
    QApplication::setApplicationVersion(QStringLiteral(BELLHOP_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.bellhop.Bellhop"));
    // With a tray the program goes on without a window.
    QApplication::setQuitOnLastWindowClosed(false);
}

/// There is nothing to show without an engine: says why, then ends.
void endForWantOfEngine(const core::StartFailure &failure)
{
    auto *box = new QMessageBox(QMessageBox::Critical, QApplication::applicationDisplayName(),
                                core::explain(failure), QMessageBox::Close);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QObject::connect(box, &QDialog::finished, qApp, [] { QApplication::exit(kNoEngine); });
    box->show();
}

void connectNotifications(ui::Announcer *announcer, ui::MainWindow *window)
{
    QObject::connect(announcer, &ui::Announcer::said, window, &ui::MainWindow::say);
    QObject::connect(announcer, &ui::Announcer::verbChosen, window,
                     [window](ui::JobVerb verb, core::JobId job) {
                         if (verb == ui::JobVerb::Fix) {
                             window->bringUp();
                         }
                         window->doForJob(verb, job);
                     });
    QObject::connect(announcer, &ui::Announcer::windowWanted, window, &ui::MainWindow::bringUp);
}

void connectEnd(const core::TerminationSignals &signalled, ui::MainWindow *window)
{
    // Not quit(): that would ask the window to close, which may rather hide in the tray.
    QObject::connect(window, &ui::MainWindow::quitRequested, qApp, [] { QApplication::exit(); });
    QObject::connect(&signalled, &core::TerminationSignals::caught, window, &ui::MainWindow::quit);
}

/// The program that does the work for all others, installed beside this one.
QString engineProgram()
{
    const QString beside = QApplication::applicationDirPath() + QStringLiteral("/bhop");
    return QFileInfo::exists(beside) ? beside
                                     : QStandardPaths::findExecutable(QStringLiteral("bhop"));
}

std::unique_ptr<core::JobService> makeService(const Arguments &arguments, core::Log *log,
                                              core::Keyring *keyring)
{
    if (arguments.inProcess) {
        return std::make_unique<core::InProcessService>(
            core::EngineConfig{.stateFolder = arguments.stateDir, .log = log, .keyring = keyring});
    }
    return std::make_unique<core::SocketService>(
        core::SocketService::Config{.stateFolder = arguments.stateDir,
                                    .engineProgram = engineProgram(),
                                    .program = QStringLiteral("bellhop " BELLHOP_VERSION),
                                    .handlesAttention = true});
}

/// Shows the window with what the engine has.
void begin(ui::MainWindow *window, ui::TrayIcon *tray, const Arguments &arguments)
{
    window->load();
    tray->show();
    if (arguments.inBackground) {
        window->stayInBackground();
        return;
    }
    window->show();
    if (!arguments.links.isEmpty()) {
        window->addLinks(arguments.links);
    }
}

void receive(const Visit &visit, ui::MainWindow *window)
{
    if (!visit.wantsWindow) {
        return;
    }
    if (!visit.activationToken.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", visit.activationToken.toUtf8());
    }
    window->bringUp();
    if (!visit.links.isEmpty()) {
        window->addLinks(visit.links);
    }
}

void connectEngine(core::JobService *service, ui::MainWindow *window)
{
    QObject::connect(service, &core::JobService::engineLost, window, [window] {
        window->say(QApplication::translate("Desktop", "The engine of Bellhop has ended without a "
                                                       "word; it is started again."));
    });
    QObject::connect(service, &core::JobService::engineBack, window, &ui::MainWindow::load);
    QObject::connect(service, &core::JobService::engineGoneForGood, window, endForWantOfEngine);
}

/// Two started at once: the other one was first with its door.
void visitThenEnd(const Arguments &arguments)
{
    core::whenReady(WindowDoor::knock(stateFolder(arguments), visitOf(arguments), qApp), qApp,
                    [said = handedOver(arguments)](bool wasLetIn) {
                        if (wasLetIn) {
                            std::puts(said);
                        }
                        QApplication::exit(wasLetIn ? 0 : kNoEngine);
                    });
}

/// Starts the engine, then calls `begin`, unless a window was there first.
void startEngine(core::JobService *service, WindowDoor *door, const Arguments &arguments,
                 const std::function<void()> &begin, bool *doWithout)
{
    core::whenReady(service->start(), qApp, [=](const core::JobService::Started &started) {
        if (started) {
            if (door->open(stateFolder(arguments))) {
                begin();
            } else {
                visitThenEnd(arguments);
            }
            return;
        }
        *doWithout = core::canDoWithoutProcess(started.error());
        if (*doWithout) {
            QApplication::exit();
        } else {
            endForWantOfEngine(started.error());
        }
    });
}

/// Hands the links to the window that is there, or becomes it.
void knockOrStart(const Arguments &arguments, const std::function<void()> &start)
{
    core::whenReady(WindowDoor::knock(stateFolder(arguments), visitOf(arguments), qApp), qApp,
                    [start, said = handedOver(arguments)](bool wasLetIn) {
                        if (wasLetIn) {
                            std::puts(said);
                            QApplication::exit(0);
                        } else {
                            start();
                        }
                    });
}

int run(const core::TerminationSignals &signalled, const Arguments &arguments, core::Log *log)
{
    const core::SystemClock clock;
    const auto keyring = arguments.inProcess ? std::make_unique<core::DesktopKeyring>() : nullptr;
    const auto service = makeService(arguments, log, keyring.get());
    ui::SystemDesktop desktop;
    QSettings layout(layoutFile(arguments), QSettings::IniFormat);
    ui::MainWindow window({service.get(), &clock, &desktop, &layout});
    ui::TrayIcon tray(window.model());
    ui::Notifications notifications(QDBusConnection::sessionBus());
    ui::Announcer announcer(service.get(), &notifications, window.dialogs(), &window);
    WindowDoor door;
    bool doWithout = false;

    window.setTray(&tray);
    connectNotifications(&announcer, &window);
    connectEngine(service.get(), &window);
    connectEnd(signalled, &window);
    QObject::connect(&door, &WindowDoor::visited, &window,
                     [&window](const Visit &visit) { receive(visit, &window); });
    knockOrStart(arguments, [&] {
        startEngine(
            service.get(), &door, arguments, [&] { begin(&window, &tray, arguments); }, &doWithout);
    });
    const int status = QApplication::exec();
    if (const auto ending = service->close(); ending == core::Ending::Unfinished) {
        layout.sync();
        std::fprintf(stderr, "bellhop: %s\n", qPrintable(core::explain(ending)));
        std::_Exit(status);
    }
    return doWithout ? kDoWithout : status;
}

/// As far as the environment says; without one Qt would abort.
bool hasDisplay()
{
    const auto isSet = [](const char *name) { return !qEnvironmentVariableIsEmpty(name); };
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
}

int complainOfDisplay()
{
    std::fputs("bellhop: There is no display to show the window on. In a terminal use \"bhop\".\n",
               stderr);
    return kOther;
}

/// What needs no window; nothing when one is wished for.
std::optional<int> answer(const Arguments &arguments)
{
    switch (arguments.wish) {
    case Arguments::Wish::Print:
        std::fputs(qPrintable(arguments.text), stdout);
        return 0;
    case Arguments::Wish::Complain:
        std::fprintf(stderr, "bellhop: %s\n", qPrintable(arguments.text));
        return kUsage;
    case Arguments::Wish::Run:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace

int main(int argc, char **argv)
{
    core::Log log;
    const core::QtMessages messages(&log);
    if (const auto shortage = core::prepareLimits()) {
        std::fprintf(stderr, "bellhop: %s\n", qPrintable(core::explain(*shortage)));
        return kOther;
    }
    std::signal(SIGXFSZ, SIG_IGN); // a full quota is an error of a call, not the end of the program
    nameProgram();
    if (!hasDisplay()) {
        const QCoreApplication app(argc, argv);
        const auto status = answer(parseArguments(QCoreApplication::arguments()));
        return status ? *status : complainOfDisplay();
    }
    const QApplication app(argc, argv);
    ui::ClearIndicators::install();
    const core::TerminationSignals signalled{SIGINT, SIGTERM};
    Arguments arguments = parseArguments(QApplication::arguments());
    if (const auto status = answer(arguments)) {
        return *status;
    }
    int status = run(signalled, arguments, &log);
    if (status == kDoWithout) {
        arguments.inProcess = true;
        status = run(signalled, arguments, &log);
    }
    return status;
}
