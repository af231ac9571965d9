// SPDX-License-Identifier: Apache-2.0
#include "ui/main_window.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "ui/actions/change_menus.h"
#include "ui/actions/dialog_opener.h"
#include "ui/actions/file_opener.h"
#include "ui/actions/job_actions.h"
#include "ui/actions/job_commands.h"
#include "ui/actions/link_text.h"
#include "ui/actions/settings_opener.h"
#include "ui/actions/verb_router.h"
#include "ui/models/job_feed.h"
#include "ui/models/job_list_model.h"
#include "ui/models/local_files.h"
#include "ui/tray/background_stay.h"
#include "ui/tray/tray_icon.h"
#include "ui/views/details_panel.h"
#include "ui/views/empty_state.h"
#include "ui/views/filter_panel.h"
#include "ui/views/icon.h"
#include "ui/views/job_list_view.h"
#include "ui/views/status_line.h"

#include <QAction>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
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
    , m_settings(new SettingsOpener(around.service, around.desktop, around.layout, this))
    , m_router(new VerbRouter(m_commands, m_dialogs, m_opener, this))
    , m_actions(new JobActions(around.clock, this))
    , m_changes(new ChangeMenus(this))
    , m_filter(new FilterPanel(m_model))
    , m_list(new JobListView(m_model, around.clock))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_details(new DetailsPanel(around.service, around.clock))
    , m_status(new StatusLine(around.service, m_model, this))
    , m_across(new QSplitter(Qt::Horizontal))
    , m_down(new QSplitter(Qt::Vertical))
    , m_stay(new BackgroundStay(around.service, m_model, this))
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
    m_across->addWidget(m_filter);
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
    connect(m_actions, &JobActions::addChosen, this, [this] { addLinks(linksInClipboard()); });
    connect(m_actions, &JobActions::pasteChosen, this, &MainWindow::pasteLinks);
    connect(m_actions, &JobActions::uploadChosen, m_dialogs, [this] { m_dialogs->openUpload({}); });
    connect(m_actions, &JobActions::adoptChosen, m_dialogs, &DialogOpener::openAdopt);
    connect(m_actions, &JobActions::quitChosen, this, &MainWindow::quitUnlessBusy);
    connect(m_actions, &JobActions::settingsChosen, m_settings, &SettingsOpener::open);
    connect(m_status, &StatusLine::limitChosen, m_settings, &SettingsOpener::limitAll);
    connect(m_changes, &ChangeMenus::chosen, m_commands, &JobCommands::change);
    connect(m_actions, &JobActions::chosen, m_router, &VerbRouter::carryOut);
    connect(m_stay, &BackgroundStay::over, this, &MainWindow::quit);
    connect(m_empty, &EmptyState::addRequested, m_actions->add(), &QAction::trigger);
    connect(m_empty, &EmptyState::showAllRequested, m_filter, &FilterPanel::showAll);
}

void MainWindow::connectList()
{
    connect(m_list, &JobListView::selectedJobsChanged, this, &MainWindow::followSelection);
    connect(m_list, &QWidget::customContextMenuRequested, this, &MainWindow::showContextMenu);
    connect(m_list, &JobListView::opened, this, [this](const core::JobSnapshot &job) {
        if (const auto verb = firstVerb(job, m_around.clock->utcNow())) {
            m_router->carryOut(*verb, {job});
        }
    });
    connect(m_list, &JobListView::detailsRequested, m_details, &DetailsPanel::enter);
    connect(m_details, &DetailsPanel::filesChosen, m_commands,
            [this](core::JobId job, const core::FileChange &change) {
                if (const auto known = m_model->job(job)) {
                    m_commands->chooseFiles(*known, change);
                }
            });
    connect(m_details, &DetailsPanel::fixRequested, this,
            [this](core::JobId job) { doForJob(JobVerb::Fix, job); });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &MainWindow::showListOrEmpty);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &MainWindow::showListOrEmpty);
    connect(m_model, &QAbstractItemModel::modelReset, this, &MainWindow::showListOrEmpty);
    // The groups are counted when the rows have gone.
    connect(m_model, &JobListModel::summaryChanged, this, &MainWindow::showListOrEmpty);
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
    connect(m_dialogs, &DialogOpener::said, this, &MainWindow::say);
    connect(m_opener, &FileOpener::said, this, &MainWindow::say);
    connect(m_settings, &SettingsOpener::said, this, &MainWindow::say);
    connect(m_around.service, &core::JobService::notice, this,
            [this](const core::Notice &notice) { say(core::explain(notice)); });
}

void MainWindow::load()
{
    m_feed->load();
    m_status->load();
}

void MainWindow::addLinks(const QStringList &links)
{
    m_dialogs->openAdd(links);
}

void MainWindow::bringUp()
{
    m_stay->end();
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

void MainWindow::say(const QString &sentence)
{
    m_status->say(sentence);
}

void MainWindow::doForJob(JobVerb verb, core::JobId job)
{
    const auto known = m_model->job(job);
    if (known && verb == JobVerb::Fix) {
        m_dialogs->openError(*known); // it was told of all that ask the same
    } else if (known) {
        m_router->carryOut(verb, {*known});
    }
}

void MainWindow::pasteLinks()
{
    const QStringList links = linksInClipboard();
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
    m_changes->setJobs(jobs);
    m_details->setJobs(jobs);
    const bool isOfOne = jobs.size() == 1 && jobs.first().type == core::JobType::Download;
    m_status->setFolder(isOfOne ? jobs.first().folder : QString());
}

void MainWindow::showListOrEmpty()
{
    if (m_model->count(JobGroup::All) == 0) {
        m_empty->showWelcome();
    } else {
        m_empty->showNoMatch();
    }
    const int page = m_model->rowCount() == 0 ? 1 : 0;
    const bool isOther = page != m_stack->currentIndex() || !isVisible();
    m_stack->setCurrentIndex(page);
    if (isOther && !m_filter->isTyping()) {
        m_stack->currentWidget()->setFocus();
    }
    m_details->setVisible(m_model->count(JobGroup::All) > 0);
}

void MainWindow::showContextMenu(const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fillContextMenu(menu);
    menu->addSeparator();
    m_changes->fill(menu);
    menu->popup(m_list->viewport()->mapToGlobal(place));
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!linksIn(*event->mimeData()).isEmpty() || !filesIn(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    const QStringList files = filesIn(*event->mimeData());
    if (files.isEmpty()) {
        addLinks(linksIn(*event->mimeData()));
    } else {
        m_dialogs->openUpload(files);
    }
}

/// No row of the list, nor of the files, is cut, where the screen has room for them.
void MainWindow::takeFirstSize()
{
    constexpr int kWidth = 980;
    constexpr int kJobs = 6;
    constexpr int kFiles = 3;
    const int jobs = kJobs * m_list->rowHeight();
    const int files = m_details->heightWithFiles(kFiles);
    const auto *bar = findChild<QToolBar *>();
    const QSize wanted(kWidth, bar->sizeHint().height() + jobs + m_down->handleWidth() + files +
                                   m_status->sizeHint().height());
    resize(wanted.boundedTo(screen()->availableSize() * 9 / 10)); // with its frame
    m_down->setSizes({jobs, files});
}

void MainWindow::restoreLayout()
{
    takeFirstSize();
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
