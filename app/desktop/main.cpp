// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/arguments.h"
#include "core/log/log.h"
#include "core/log/qt_messages.h"
#include "core/service/in_process_service.h"
#include "core/system/process_limits.h"
#include "core/system/system_clock.h"
#include "core/system/termination_signals.h"
#include "core/system/when_ready.h"
#include "core/words/explain_service.h"
#include "ui/actions/desktop.h"
#include "ui/main_window.h"
#include "ui/tray/announcer.h"
#include "ui/tray/notifications.h"
#include "ui/tray/tray_icon.h"

#include <QApplication>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>

#include <csignal>
#include <cstdio>

namespace {

constexpr int kOther = 1;
constexpr int kUsage = 2;
constexpr int kNoEngine = 11;

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
}

void connectEnd(const core::TerminationSignals &signalled, ui::MainWindow *window)
{
    // Not quit(): that would ask the window to close, which may rather hide in the tray.
    QObject::connect(window, &ui::MainWindow::quitRequested, qApp, [] { QApplication::exit(); });
    QObject::connect(&signalled, &core::TerminationSignals::caught, window, &ui::MainWindow::quit);
}

/// Starts the engine, then shows what it has.
void start(core::InProcessService *service, ui::MainWindow *window, ui::TrayIcon *tray,
           const QStringList &links)
{
    core::whenReady(service->start(), qApp,
                    [=](const tl::expected<core::Done, core::StartFailure> &started) {
                        if (!started) {
                            endForWantOfEngine(started.error());
                            return;
                        }
                        window->show();
                        tray->show();
                        window->load();
                        if (!links.isEmpty()) {
                            window->addLinks(links);
                        }
                    });
}

int run(const core::TerminationSignals &signalled, const Arguments &arguments, core::Log *log)
{
    const core::SystemClock clock;
    core::InProcessService service({.stateFolder = arguments.stateDir, .log = log});
    ui::SystemDesktop desktop;
    QSettings layout(layoutFile(arguments), QSettings::IniFormat);
    ui::MainWindow window({&service, &clock, &desktop, &layout});
    ui::TrayIcon tray(window.model());
    ui::Notifications notifications(QDBusConnection::sessionBus());
    ui::Announcer announcer(&service, &notifications, window.dialogs(), &window);

    window.setTray(&tray);
    connectNotifications(&announcer, &window);
    connectEnd(signalled, &window);
    start(&service, &window, &tray, arguments.links);
    return QApplication::exec();
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
    const QApplication app(argc, argv);
    const core::TerminationSignals signalled{SIGINT, SIGTERM};
    const Arguments arguments = parseArguments(QApplication::arguments());
    switch (arguments.wish) {
    case Arguments::Wish::Print:
        std::fputs(qPrintable(arguments.text), stdout);
        return 0;
    case Arguments::Wish::Complain:
        std::fprintf(stderr, "bellhop: %s\n", qPrintable(arguments.text));
        return kUsage;
    case Arguments::Wish::Run:
        return run(signalled, arguments, &log);
    }
    Q_UNREACHABLE();
}
