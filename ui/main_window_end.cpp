// SPDX-License-Identifier: Apache-2.0
// How the window goes: into the tray, into the background, or with the program.
#include "ui/main_window.h"

#include "core/words/explain.h"
#include "ui/actions/job_actions.h"
#include "ui/actions/job_commands.h"
#include "ui/models/job_list_model.h"
#include "ui/models/jobs_together.h"
#include "ui/tray/background_stay.h"
#include "ui/tray/close_rule.h"
#include "ui/tray/tray_icon.h"
#include "ui/views/question.h"
#include "ui/views/window_habits.h"

#include <QCloseEvent>
#include <QSettings>

namespace ui {

namespace {

const QString kToldOfTray = QStringLiteral("tray/told");

} // namespace

void MainWindow::setTray(TrayIcon *tray)
{
    m_tray = tray;
    connect(tray, &TrayIcon::toggleRequested, this, &MainWindow::toggle);
    connect(tray, &TrayIcon::addRequested, m_actions->add(), &QAction::trigger);
    connect(tray, &TrayIcon::suspendAllRequested, this,
            [this] { m_commands->suspendAll(m_model->jobs()); });
    connect(tray, &TrayIcon::resumeAllRequested, this,
            [this] { m_commands->resumeAll(m_model->jobs()); });
    connect(tray, &TrayIcon::quitRequested, this, &MainWindow::quitUnlessBusy);
    connect(tray, &TrayIcon::gone, this, [this] {
        if (!isVisible() && !m_stay->lasts()) {
            show(); // nothing is left to bring it up by
        }
    });
}

void MainWindow::quit()
{
    saveLayout();
    Q_EMIT quitRequested();
}

void MainWindow::stayInBackground()
{
    saveLayout();
    hide();
    m_stay->begin();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const Tray tray = m_tray && m_tray->isThere() ? Tray::Present : Tray::Absent;
    event->ignore();
    switch (closeAction(tray, m_model->busy())) {
    case CloseAction::HideToTray:
        hideToTray();
        break;
    case CloseAction::LeaveJobs:
        leave();
        break;
    case CloseAction::Quit:
        event->accept();
        quit();
        break;
    }
}

/// Says so the first time: a window that goes without a word looks like the end of its jobs.
void MainWindow::hideToTray()
{
    saveLayout();
    hide();
    if (!m_around.layout->value(kToldOfTray).toBool()) {
        m_tray->tell(tr("Bellhop goes on here"),
                     tr("Jobs are under way. Click this icon to see them again."));
        m_around.layout->setValue(kToldOfTray, true);
    }
}

void MainWindow::quitUnlessBusy()
{
    if (m_model->busy() > 0) {
        leave();
    } else {
        quit();
    }
}

/// What the person has said once, or says now.
void MainWindow::leave()
{
    switch (whenClosed(*m_around.layout)) {
    case WhenClosed::Ask:
        bringUp();
        askBeforeQuit();
        break;
    case WhenClosed::GoOn:
        stayInBackground();
        break;
    case WhenClosed::Pause:
        m_commands->suspendAllThen(m_model->jobs(), [this] { quit(); });
        break;
    }
}

void MainWindow::askBeforeQuit()
{
    const qint64 inVain = bytesSentInVain(m_model->jobs());
    const QString effect =
        tr("Bellhop can go on without its window and tells you when a job is finished or needs "
           "you. Or jobs are paused now and keep what they have.");
    const QString exception = tr("Not so %1 that were sent: no server has confirmed them yet, so "
                                 "they are sent once more then.")
                                  .arg(core::formatBytes(inVain));
    askFirst(
        this,
        {QStringLiteral("quitQuestion"),
         m_model->busy() == 1 ? tr("Quit while a job is under way?")
                              : tr("Quit while %n jobs are under way?", nullptr, m_model->busy()),
         inVain > 0 ? effect + u' ' + exception : effect, tr("Pause and quit"), tr("Stay")},
        [this] { m_commands->suspendAllThen(m_model->jobs(), [this] { quit(); }); },
        Alternative{tr("Go on in the background"), [this] { stayInBackground(); }},
        Remembering{tr("Do &not ask again; the settings can change it"), [this](Said said) {
                        setWhenClosed(m_around.layout,
                                      said == Said::Yes ? WhenClosed::Pause : WhenClosed::GoOn);
                    }});
}

} // namespace ui
