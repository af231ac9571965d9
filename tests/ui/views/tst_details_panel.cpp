// SPDX-License-Identifier: Apache-2.0
#include "ui/views/details_panel.h"

#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "ui/models/file_list_model.h"
#include "ui/views/file_table.h"
#include "ui/views/timeline_table.h"

#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace core;

namespace {

QDateTime timeOf(int entry)
{
    return {QDate(2026, 1, 15), QTime(12, 0, entry), QTimeZone::utc()};
}

TimelinePage page(const message::Timeline::Request &request, int total)
{
    TimelinePage made{.total = total, .next = total, .entries = {}};
    for (int i = request.first; i < total; ++i) {
        made.entries.append({.time = timeOf(i), .what = happening::Added{i + 1}});
    }
    return made;
}

JobSnapshot shownJob(qint64 id)
{
    JobSnapshot made{.id = JobId{id}, .name = QStringLiteral("a")};
    made.progress.filesTotal = 1;
    return made;
}

} // namespace

/// The timeline in the details of a job.
class DetailsPanelTest : public QObject {
    Q_OBJECT

    ManualClock m_clock;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not).*")));
    }

    void theFilesThatFailedStandByThemselvesWithTheirRepairs()
    {
        FakeJobService service;
        service.agreeToEverything();
        service.answerWith<message::Files>([](const auto &request) -> Answer<FilePage> {
            FileSnapshot file{.id = {request.job, 800}, .state = FileState::Failed};
            file.name = QStringLiteral("gone.bin");
            file.error = JobError{.cause = Cause::NotFound};
            return request.only == FileState::Failed ? FilePage{1, {file}} : FilePage{1000, {}};
        });
        ui::DetailsPanel panel(&service, &m_clock);
        panel.show();
        auto *tabs = panel.findChild<QTabWidget *>();
        JobSnapshot job = shownJob(7);
        panel.setJobs({job});
        QVERIFY(!tabs->isTabVisible(2));
        job.progress = {.filesDone = 999, .filesTotal = 1000, .filesFailed = 1};
        panel.setJobs({job});
        QVERIFY(tabs->isTabVisible(2));
        QCOMPARE(tabs->tabText(2), QStringLiteral("Need you (1)"));
        job.state = JobState::Acknowledged; // nothing is asked of a job that has ended
        panel.setJobs({job});
        QVERIFY(!tabs->isTabVisible(2));
        job.state = JobState::Error;
        panel.setJobs({job});
        tabs->setCurrentIndex(2);
        auto *table = panel.findChild<QTableView *>(QStringLiteral("failedTable"));
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QTRY_COMPARE(table->model()->index(0, 3).data().toString(),
                     QStringLiteral("Use another link"));
        QSignalSpy asked(&panel, &ui::DetailsPanel::fixRequested);
        Q_EMIT table->activated(table->model()->index(0, 0));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(0).value<JobId>(), JobId{7});
    }

    /// By the keys; the menu has the same.
    void whatIsWantedOfFilesIsChosenInTheirTable()
    {
        FakeJobService service;
        service.agreeToEverything();
        service.answerWith<message::Files>([](const auto &request) -> Answer<FilePage> {
            FilePage made{.total = request.only ? 0 : 4, .files = {}};
            for (int i = 0; i < made.total; ++i) {
                FileSnapshot file{.id = {request.job, i}};
                file.state = i == 2   ? FileState::Unwanted
                             : i == 3 ? FileState::Published
                                      : FileState::Pending;
                made.files.append(file);
            }
            return made;
        });
        ui::DetailsPanel panel(&service, &m_clock);
        panel.show();
        JobSnapshot job = shownJob(7);
        job.progress.filesTotal = 3;
        panel.setJobs({job});
        auto *table = panel.findChild<ui::FileTable *>(QStringLiteral("fileTable"));
        QTRY_COMPARE(table->model()->rowCount(), 4);
        QSignalSpy chosen(&panel, &ui::DetailsPanel::filesChosen);
        const auto choice = [&chosen] {
            return chosen.isEmpty() ? FileChange() : chosen.takeLast().at(1).value<FileChange>();
        };
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Space);
        QCOMPARE(choice(), (FileChange{.files = {0}, .wanted = false, .priority = {}}));
        table->selectRow(2);
        QTest::keyClick(table, Qt::Key_Space);
        QCOMPARE(choice(), (FileChange{.files = {2}, .wanted = true, .priority = {}}));
        table->selectAll(); // what is left out is wanted first
        QTest::keyClick(table, Qt::Key_Space);
        QCOMPARE(choice(), (FileChange{.files = {2}, .wanted = true, .priority = {}}));
        QTest::keyClick(table, Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(choice(),
                 (FileChange{.files = {0, 1, 2}, .wanted = {}, .priority = FilePriority::High}));
        const auto select = [table](int row) { // whatever keys were held
            table->selectionModel()->select(table->model()->index(row, 0),
                                            QItemSelectionModel::ClearAndSelect |
                                                QItemSelectionModel::Rows);
        };
        select(3); // it is in its place
        QTest::keyClick(table, Qt::Key_Space);
        QVERIFY(chosen.isEmpty());
        QMenu menu;
        select(1);
        table->fillMenu(&menu);
        const auto isEnabled = [&menu](const char *name) {
            return menu.findChild<QAction *>(QString::fromLatin1(name))->isEnabled();
        };
        QVERIFY(isEnabled("leaveOutAction"));
        QVERIFY(!isEnabled("takeInAction"));
        menu.findChild<QAction *>(QStringLiteral("fetchLastAction"))->trigger();
        QCOMPARE(choice(), (FileChange{.files = {1}, .wanted = {}, .priority = FilePriority::Low}));
        job.state = JobState::Acknowledged; // nothing is to be chosen of what has ended
        panel.setJobs({job});
        QTest::keyClick(table, Qt::Key_Space);
        QVERIFY(chosen.isEmpty());
    }

    void theTimelineIsFetchedOnlyWhileItIsLookedAtAndOnlyWhatIsNew()
    {
        FakeJobService service;
        service.agreeToEverything();
        int total = 2;
        service.answerWith<message::Timeline>(
            [&total](const auto &request) -> Answer<TimelinePage> { return page(request, total); });
        ui::DetailsPanel panel(&service, &m_clock);
        panel.resize(600, 300);
        panel.show();
        panel.setJobs({shownJob(7)});
        QTRY_VERIFY(!service.requests<message::Files>().isEmpty());
        QCOMPARE(service.requests<message::Timeline>().size(), 0);

        auto *tabs = panel.findChild<QTabWidget *>();
        tabs->setCurrentIndex(1);
        auto *table = panel.findChild<ui::TimelineTable *>();
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QCOMPARE(service.requests<message::Timeline>().size(), 1);
        QCOMPARE(table->model()->index(0, 1).data().toString(),
                 QStringLiteral("2 files were added"));
        QVERIFY(table->model()->index(0, 0).data().toString().endsWith(
            timeOf(1).toLocalTime().toString(QStringLiteral("HH:mm:ss"))));

        total = 3;
        panel.setJobs({shownJob(7)});
        QTRY_COMPARE(table->model()->rowCount(), 3);
        QCOMPARE(service.requests<message::Timeline>().last().first, 2);

        tabs->setCurrentIndex(0);
        const qsizetype asked = service.requests<message::Timeline>().size();
        panel.setJobs({shownJob(7)});
        panel.setJobs({shownJob(8)});
        QTRY_COMPARE(service.requests<message::Files>().last().job, JobId{8});
        QCOMPARE(service.requests<message::Timeline>().size(), asked);
        tabs->setCurrentIndex(1);
        QTRY_COMPARE(service.requests<message::Timeline>().size(), asked + 1);
        QTRY_COMPARE(table->model()->rowCount(), 3);
        QCOMPARE(service.requests<message::Timeline>().size(), asked + 1);
        QCOMPARE(service.requests<message::Timeline>().last().job, JobId{8});
        QCOMPARE(service.requests<message::Timeline>().last().first, 0);
    }

    void inANarrowPanelNamesComeBeforeNumbersAndBars()
    {
        FakeJobService service;
        service.agreeToEverything();
        ui::DetailsPanel panel(&service, &m_clock);
        panel.setJobs({shownJob(7)});
        panel.show();
        const auto *table = panel.findChild<ui::FileTable *>(QStringLiteral("fileTable"));
        const int digit = panel.fontMetrics().horizontalAdvance(u'0');
        for (const int digits : {100, 50, 30, 100}) {
            panel.resize(digits * digit, 300);
            QTRY_COMPARE(table->isColumnHidden(ui::FileListModel::Progress), digits < 70);
            QCOMPARE(table->isColumnHidden(ui::FileListModel::Size), digits < 44);
        }
    }

    void nothingIsShownOfNoJobOrOfSeveral()
    {
        FakeJobService service;
        service.agreeToEverything();
        service.answerWith<message::Timeline>(
            [](const auto &request) -> Answer<TimelinePage> { return page(request, 2); });
        ui::DetailsPanel panel(&service, &m_clock);
        panel.show();
        panel.findChild<QTabWidget *>()->setCurrentIndex(1);
        panel.setJobs({shownJob(7)});
        auto *table = panel.findChild<ui::TimelineTable *>();
        QTRY_COMPARE(table->model()->rowCount(), 2);
        panel.setJobs({shownJob(7), shownJob(8)});
        QCOMPARE(table->model()->rowCount(), 0);
        panel.setJobs({});
        QCOMPARE(table->model()->rowCount(), 0);
        const auto labels = panel.findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
            return label->isVisible() && label->isEnabled() && // else it is hardly to be read
                   label->text() == QStringLiteral("Select a job to see its files.");
        }));
    }
};

BELLHOP_TEST(DetailsPanelTest)
#include "tst_details_panel.moc"
