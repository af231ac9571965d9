// SPDX-License-Identifier: Apache-2.0
#include "tests/gallery/window_pictures.h"

#include "tests/gallery/sample_list.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/ui/noted_desktop.h"
#include "ui/main_window.h"
#include "ui/models/job_list_model.h"
#include "ui/views/details_panel.h"
#include "ui/views/job_list_view.h"
#include "ui/views/sidebar.h"

#include <QApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>

#include <functional>

using namespace core;

namespace {

/// Lets queued answers and layouts happen; each may ask for another.
void settleWindow()
{
    for (int round = 0; round < 20; ++round) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents();
    }
}

/// One picture of the main window.
struct WindowPicture {
    QString name;
    QList<JobSnapshot> jobs;
    std::function<void(ui::MainWindow *)> prepare = {};
    QSize size = {1000, 660};
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

void select(ui::MainWindow *window, QList<qint64> ids)
{
    auto *list = window->findChild<ui::JobListView *>();
    list->select(JobId{ids.takeFirst()});
    for (const qint64 id : ids) {
        list->selectionModel()->select(window->model()->indexOf(JobId{id}),
                                       QItemSelectionModel::Select);
    }
}

QList<WindowPicture> pictures()
{
    const QList<JobSnapshot> list = sampleList();
    return {
        {QStringLiteral("window-empty"), {}},
        {QStringLiteral("window-busy"), list, [](auto *window) { select(window, {2}); }},
        {QStringLiteral("window-timeline"), list,
         [](auto *window) {
             select(window, {2});
             auto *tabs = window->template findChild<QTabWidget *>();
             tabs->setCurrentIndex(1);
         }},
        {QStringLiteral("window-error"), list, [](auto *window) { select(window, {7}); }},
        {QStringLiteral("window-tall"), list, {}, {1000, 1000}},
        {QStringLiteral("window-selected-many"), list,
         [](auto *window) {
             select(window, {2, 5, 7});
         }},
        {QStringLiteral("window-attention"), list,
         [](auto *window) {
             window->template findChild<ui::Sidebar *>()->setGroup(ui::JobGroup::NeedsAttention);
             select(window, {9});
         }},
        {QStringLiteral("window-uploads"), list,
         [](auto *window) {
             window->template findChild<ui::Sidebar *>()->setGroup(ui::JobGroup::Uploads);
             select(window, {11});
         }},
        {QStringLiteral("window-no-match"), list,
         [](auto *window) {
             window->template findChild<QLineEdit *>(QStringLiteral("search"))
                 ->setText(QStringLiteral("nothing like it"));
         }},
        {QStringLiteral("window-narrow"),
         list,
         [](auto *window) { select(window, {2}); },
         {640, 520}},
        {QStringLiteral("window-rtl"),
         list,
         [](auto *window) { select(window, {2}); },
         {1000, 660},
         Qt::RightToLeft},
        {QStringLiteral("window-refused"), list,
         [](auto *window) {
             select(window, {1});
             window->say(QStringLiteral("There is no http or https link to paste."));
         }},
    };
}

void agreeAndShowFiles(FakeJobService *service)
{
    service->agreeToEverything();
    service->answerWith<message::Files>(
        [](const message::Files::Request &request) -> Answer<FilePage> {
            FilePage page = sampleFiles(request.job);
            if (request.only) {
                page.files.removeIf(
                    [&request](const FileSnapshot &file) { return file.state != request.only; });
                page.total = int(page.files.size());
            }
            return page;
        });
    service->answerWith<message::Timeline>(
        [](const message::Timeline::Request & /*request*/) -> Answer<TimelinePage> {
            return sampleTimeline();
        });
    service->answerWith<message::InspectFolder>(
        [](const message::InspectFolder::Request &request) -> Answer<FolderReport> {
            return FolderReport{request.folder, 85'900'000'000, {}};
        });
}

void render(const WindowPicture &picture, const QString &path)
{
    const QTemporaryDir folder;
    QSettings layout(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    ManualClock clock;
    NotedDesktop desktop;
    FakeJobService service;
    agreeAndShowFiles(&service);
    QApplication::setLayoutDirection(picture.direction);
    ui::MainWindow window({&service, &clock, &desktop, &layout});
    window.resize(picture.size);
    window.load();
    Q_EMIT service.jobsChanged(picture.jobs);
    window.show();
    window.activateWindow();
    settleWindow();
    if (picture.prepare) {
        picture.prepare(&window);
    }
    settleWindow();
    window.grab().save(path);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

/// Of all that is left of the job with the files.
void leaveOutTheRest(ui::MainWindow *window)
{
    select(window, {2});
    settleWindow();
    Q_EMIT window->findChild<ui::DetailsPanel *>()->filesChosen(
        JobId{2}, {.files = {4, 5, 6, 7, 8, 9, 10, 11}, .wanted = false, .priority = {}});
}

/// The box in which is asked before something is done.
void renderQuestion(const std::function<void(ui::MainWindow *)> &doIt, const QString &path)
{
    const QTemporaryDir folder;
    QSettings layout(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    ManualClock clock;
    NotedDesktop desktop;
    FakeJobService service;
    agreeAndShowFiles(&service);
    ui::MainWindow window({&service, &clock, &desktop, &layout});
    window.load();
    Q_EMIT service.jobsChanged(sampleList());
    window.show();
    doIt(&window);
    settleWindow();
    if (auto *box = window.findChild<QMessageBox *>()) {
        box->grab().save(path);
    }
}

} // namespace

void renderWindows(const QString &outDir, const QString &suffix)
{
    const QString ending = suffix + QStringLiteral(".png");
    for (const WindowPicture &picture : pictures()) {
        render(picture, outDir + u'/' + picture.name + ending);
    }
    renderQuestion([](ui::MainWindow *window) { window->doForJob(ui::JobVerb::Cancel, JobId{2}); },
                   outDir + QStringLiteral("/cancel-question") + ending);
    renderQuestion(leaveOutTheRest, outDir + QStringLiteral("/leave-out-question") + ending);
}
