// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "core/system/clock.h"
#include "ui/actions/job_verb.h"

#include <QMainWindow>

class QSettings;
class QSplitter;
class QStackedWidget;

namespace ui {

class Desktop;
class BackgroundStay;
class ChangeMenus;
class DetailsPanel;
class DialogOpener;
class EmptyState;
class FileOpener;
class FilterPanel;
class JobActions;
class JobCommands;
class JobFeed;
class JobListModel;
class JobListView;
class SettingsOpener;
class StatusLine;
class TrayIcon;
class VerbRouter;

/// What the window needs of the world. All of it outlives the window.
struct Surroundings {
    core::JobService *service;
    const core::Clock *clock;
    Desktop *desktop;
    QSettings *layout; ///< where sizes and places are remembered
};

/// Puts the parts of the window together. Decides nothing.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const Surroundings &around, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Asks the engine for the jobs there are. To be called once it has started.
    void load();
    /// Opens the add dialog with these links filled in.
    void addLinks(const QStringList &links);
    /// Brings the window before the person, from the tray too.
    void bringUp();
    /// Hides a window that is in sight, brings up one that is not.
    void toggle();
    /// Without a window for as long as there are jobs under way or something to tell of them; then
    /// the program may end.
    void stayInBackground();
    /// Remembers sizes and places, and says that the program may end.
    void quit();

    void setTray(TrayIcon *tray);
    void say(const QString &sentence);

    [[nodiscard]] JobListModel *model() const { return m_model; }
    [[nodiscard]] DialogOpener *dialogs() const { return m_dialogs; }
    /// Does what a button of a notification asks for.
    void doForJob(JobVerb verb, core::JobId job);

Q_SIGNALS:
    void quitRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeToolBar();
    void makeCentre();
    void connectActions();
    void connectList();
    void connectMessages();

    void pasteLinks();
    void followSelection();
    void showListOrEmpty();
    void showContextMenu(const QPoint &place);
    void hideToTray();
    void quitUnlessBusy();
    void leave();
    void askBeforeQuit();
    void takeFirstSize();
    void restoreLayout();
    void saveLayout() const;

    Surroundings m_around;
    JobListModel *m_model;
    JobFeed *m_feed;
    JobCommands *m_commands;
    DialogOpener *m_dialogs;
    FileOpener *m_opener;
    SettingsOpener *m_settings;
    VerbRouter *m_router;
    JobActions *m_actions;
    ChangeMenus *m_changes;
    FilterPanel *m_filter;
    JobListView *m_list;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    DetailsPanel *m_details;
    StatusLine *m_status;
    QSplitter *m_across;
    QSplitter *m_down;
    BackgroundStay *m_stay;
    TrayIcon *m_tray = nullptr;
};

} // namespace ui
