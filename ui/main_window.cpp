// SPDX-License-Identifier: Apache-2.0
#include "ui/main_window.h"

#include "core/remedy/explain.h"
#include "ui/actions/dialog_opener.h"
#include "ui/actions/file_opener.h"
#include "ui/actions/job_actions.h"
#include "ui/actions/job_commands.h"
#include "ui/actions/link_text.h"
#include "ui/models/job_feed.h"
#include "ui/models/job_list_model.h"
#include "ui/tray/close_rule.h"
#include "ui/tray/tray_icon.h"
#include "ui/views/details_panel.h"
#include "ui/views/empty_state.h"
#include "ui/views/icon.h"
#include "ui/views/job_list_view.h"
#include "ui/views/search_field.h"
#include "ui/views/sidebar.h"
#include "ui/views/status_line.h"

#include <QAction>
#include <QClipboard>
#include <QCloseEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolBar>

namespace ui {

MainWindow::MainWindow(const Surroundings &around, QWidget *parent)
    : QMainWindow(parent)
    , m_around(around)
    , m_model(new JobListModel(around.clock, this))
    , m_feed(new JobFeed(around.service, m_model, this))
    , m_commands(new JobCommands(around.service, around.clock, this))
    , m_dialogs(new DialogOpener(around.service, m_commands, m_model, this))
    , m_opener(new FileOpener(around.service, around.desktop, this))
    , m_actions(new JobActions(around.clock, this))
    , m_sidebar(new Sidebar(m_model))
    , m_list(new JobListView(m_model, around.clock))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_details(new DetailsPanel(around.service, around.clock))
    , m_status(new StatusLine(around.service, m_model, this))
    , m_search(new SearchField)
    , m_across(new QSplitter(Qt::Horizontal))
    , m_down(new QSplitter(Qt::Vertical))
{
    setWindowTitle(QStringLiteral("Bellhop"));
    setWindowIcon(icon(QStringLiteral("bellhop")));
    setAcceptDrops(true);
    makeToolBar();
    makeCentre();
    setStatusBar(m_status);
    connectActions();
    connectList();
    connectMessages();
    restoreLayout();
    showListOrEmpty();
    m_list->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeToolBar()
{
    QToolBar *bar = addToolBar(tr("Toolbar"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    m_actions->fillToolBar(bar);
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    bar->addWidget(m_search);
    addActions(m_actions->all());
}

void MainWindow::makeCentre()
{
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    m_down->addWidget(m_stack);
    m_down->addWidget(m_details);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 2);
    m_across->addWidget(m_sidebar);
    m_across->addWidget(m_down);
    m_across->setStretchFactor(1, 1);
    for (QSplitter *splitter : {m_across, m_down}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
    }
    setCentralWidget(m_across);
}

void MainWindow::connectActions()
{
    connect(m_actions, &JobActions::addChosen, this,
            [this] { addLinks(linksIn(*QGuiApplication::clipboard()->mimeData())); });
    connect(m_actions, &JobActions::pasteChosen, this, &MainWindow::pasteLinks);
    connect(m_actions, &JobActions::chosen, this, &MainWindow::carryOut);
    connect(m_empty, &EmptyState::addRequested, m_actions->add(), &QAction::trigger);
    connect(m_empty, &EmptyState::showAllRequested, this, [this] {
        m_search->clear();
        m_sidebar->setGroup(JobGroup::All);
    });
}

void MainWindow::connectList()
{
    connect(m_sidebar, &Sidebar::groupChosen, m_model, &JobListModel::setGroup);
    connect(m_search, &QLineEdit::textChanged, m_model, &JobListModel::setSearch);
    connect(m_list, &JobListView::selectedJobsChanged, this, &MainWindow::followSelection);
    connect(m_list, &QWidget::customContextMenuRequested, this, &MainWindow::showContextMenu);
    connect(m_list, &JobListView::opened, this, [this](const core::JobSnapshot &job) {
        if (const auto verb = firstVerb(job, m_around.clock->utcNow())) {
            carryOut(*verb, {job});
        }
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &MainWindow::showListOrEmpty);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &MainWindow::showListOrEmpty);
    connect(m_model, &QAbstractItemModel::modelReset, this, &MainWindow::showListOrEmpty);
    connect(m_commands, &JobCommands::added, m_list, &JobListView::select);
}

void MainWindow::connectMessages()
{
    const auto sayRefusal = [this](const core::Refusal &refusal) {
        if (!m_dialogs->showRefusal(refusal)) {
            say(core::explain(refusal));
        }
    };
    connect(m_commands, &JobCommands::refused, this, sayRefusal);
    connect(m_feed, &JobFeed::refused, this, sayRefusal);
    connect(m_commands, &JobCommands::said, this, &MainWindow::say);
    connect(m_opener, &FileOpener::said, this, &MainWindow::say);
    connect(m_around.service, &core::JobService::notice, this,
            [this](const core::Notice &notice) { say(notice.text); });
}

void MainWindow::load()
{
    m_feed->load();
    askForFolder();
}

void MainWindow::addLinks(const QStringList &links)
{
    m_dialogs->openAdd(links);
}

void MainWindow::bringUp()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::toggle()
{
    if (isVisible() && !isMinimized() && m_tray && m_tray->isThere()) {
        saveLayout();
        hide();
    } else {
        bringUp();
    }
}

void MainWindow::quit()
{
    saveLayout();
    Q_EMIT quitRequested();
}

void MainWindow::setTray(TrayIcon *tray)
{
    m_tray = tray;
    connect(tray, &TrayIcon::toggleRequested, this, &MainWindow::toggle);
    connect(tray, &TrayIcon::addRequested, m_actions->add(), &QAction::trigger);
    connect(tray, &TrayIcon::suspendAllRequested, this,
            [this] { m_commands->suspendAll(m_model->jobs()); });
    connect(tray, &TrayIcon::resumeAllRequested, this,
            [this] { m_commands->resumeAll(m_model->jobs()); });
    connect(tray, &TrayIcon::quitRequested, this, &MainWindow::quit);
}

void MainWindow::say(const QString &sentence)
{
    m_status->say(sentence);
}

void MainWindow::doForJob(JobVerb verb, core::JobId job)
{
    if (const auto known = m_model->job(job)) {
        carryOut(verb, {*known});
    }
}

void MainWindow::carryOut(JobVerb verb, const QList<core::JobSnapshot> &jobs)
{
    if (jobs.isEmpty()) {
        return;
    }
    switch (verb) {
    case JobVerb::Resume:
        return m_commands->resume(jobs);
    case JobVerb::Suspend:
        return m_commands->suspend(jobs);
    case JobVerb::Complete:
        return m_commands->complete(jobs);
    case JobVerb::Cancel:
        return m_commands->cancel(jobs);
    case JobVerb::Remove:
        return m_commands->remove(jobs);
    case JobVerb::Fix:
        return m_dialogs->openError(jobs.first());
    case JobVerb::Open:
        return m_opener->open(jobs.first());
    case JobVerb::OpenFolder:
        return m_opener->openFolder(jobs.first());
    case JobVerb::CopyLink:
        return QGuiApplication::clipboard()->setText(linksOf(jobs));
    }
}

void MainWindow::pasteLinks()
{
    const QStringList links = linksIn(*QGuiApplication::clipboard()->mimeData());
    if (links.isEmpty()) {
        say(tr("There is no http or https link to paste."));
    } else {
        addLinks(links);
    }
}

void MainWindow::followSelection()
{
    const QList<core::JobSnapshot> jobs = m_list->selectedJobs();
    m_actions->setJobs(jobs);
    m_details->setJobs(jobs);
    m_status->setFolder(jobs.size() == 1 ? jobs.first().folder : m_downloadFolder);
}

void MainWindow::showListOrEmpty()
{
    if (m_model->count(JobGroup::All) == 0) {
        m_empty->showWelcome();
    } else {
        m_empty->showNoMatch();
    }
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
    m_details->setVisible(m_model->count(JobGroup::All) > 0);
}

void MainWindow::showContextMenu(const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fillContextMenu(menu);
    menu->popup(m_list->viewport()->mapToGlobal(place));
}

void MainWindow::askForFolder()
{
    m_around.service->ask<core::message::GetSettings>({}, this, [this](const auto &answer) {
        m_downloadFolder = answer ? answer->downloadFolder : QString();
        if (m_downloadFolder.isEmpty()) {
            m_downloadFolder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
        }
        followSelection();
    });
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const Tray tray = m_tray && m_tray->isThere() ? Tray::Present : Tray::Absent;
    event->ignore();
    switch (closeAction(tray, m_model->busy())) {
    case CloseAction::HideToTray:
        saveLayout();
        hide();
        break;
    case CloseAction::AskBeforeQuit:
        askBeforeQuit();
        break;
    case CloseAction::Quit:
        event->accept();
        quit();
        break;
    }
}

void MainWindow::askBeforeQuit()
{
    auto *box = new QMessageBox(QMessageBox::Question, windowTitle(),
                                tr("Quit while %n jobs are under way?", nullptr, m_model->busy()),
                                QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("quitQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("They stop now and keep what they have. They go on when Bellhop is started again."));
    QPushButton *leave = box->addButton(tr("Quit"), QMessageBox::AcceptRole);
    box->setEscapeButton(box->addButton(tr("Stay"), QMessageBox::RejectRole));
    connect(leave, &QPushButton::clicked, this, &MainWindow::quit);
    box->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!linksIn(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    addLinks(linksIn(*event->mimeData()));
}

void MainWindow::restoreLayout()
{
    resize(980, 640);
    restoreGeometry(m_around.layout->value(QStringLiteral("window/geometry")).toByteArray());
    m_across->restoreState(m_around.layout->value(QStringLiteral("window/across")).toByteArray());
    m_down->restoreState(m_around.layout->value(QStringLiteral("window/down")).toByteArray());
}

void MainWindow::saveLayout() const
{
    m_around.layout->setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_around.layout->setValue(QStringLiteral("window/across"), m_across->saveState());
    m_around.layout->setValue(QStringLiteral("window/down"), m_down->saveState());
}

} // namespace ui
