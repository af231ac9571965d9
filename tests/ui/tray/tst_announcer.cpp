// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/announcer.h"

#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "tests/ui/noted_desktop.h"
#include "tests/ui/tray/fake_daemon.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/main_window.h"
#include "ui/models/job_list_model.h"

#include <QDBusConnectionInterface>
#include <QDialog>
#include <QElapsedTimer>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace core;

namespace {

JobSnapshot jobOf(qint64 id, JobState state, const QString &host = QStringLiteral("host.example"))
{
    JobSnapshot job;
    job.id = JobId{id};
    job.state = state;
    job.name = QStringLiteral("job %1").arg(id);
    job.folder = QStringLiteral("/home/me");
    job.firstUrl = QUrl(QStringLiteral("https://%1/%2").arg(host).arg(id));
    job.progress.filesTotal = 1;
    if (state == JobState::Error) {
        job.error = JobError{.cause = Cause::LoginRequired};
        job.error->url = job.firstUrl;
        job.error->jobFilesTotal = 1;
    } else {
        job.progress.filesDone = 1;
    }
    return job;
}

QList<JobSnapshot> jobsOf(int count, JobState state)
{
    QList<JobSnapshot> jobs;
    for (int id = 1; id <= count; ++id) {
        jobs.append(jobOf(id, state));
    }
    return jobs;
}

} // namespace

/// What the person is told of, with a session bus and a notification service.
class AnnouncerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server =
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("announced"));
        if (!m_server.isConnected()) {
            QSKIP("There is no session bus; run this under dbus-run-session");
        }
    }

    void init()
    {
        // The offscreen platform has no window manager, and says so.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not).*")));
        m_daemon = std::make_unique<FakeDaemon>();
        QVERIFY(m_server.registerObject(kDaemonPath, m_daemon.get(),
                                        QDBusConnection::ExportAllSlots |
                                            QDBusConnection::ExportAllSignals));
        QVERIFY(m_server.registerService(kDaemonName));
        m_service = std::make_unique<FakeJobService>();
        m_service->agreeToEverything();
        m_layout = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("window.ini")),
                                               QSettings::IniFormat);
        m_window = std::make_unique<ui::MainWindow>(
            ui::Surroundings{m_service.get(), &m_clock, &m_desktop, m_layout.get()});
        m_window->load();
        m_notifications = std::make_unique<ui::Notifications>(QDBusConnection::sessionBus());
        m_announcer = new ui::Announcer(m_service.get(), m_notifications.get(), m_window->dialogs(),
                                        m_window.get());
    }

    void cleanup()
    {
        m_window.reset();
        m_notifications.reset();
        // What it said last is with this daemon once the bus answers, and not with the next one.
        QVERIFY(QDBusConnection::sessionBus().interface()->isServiceRegistered(kDaemonName));
        m_server.unregisterService(kDaemonName);
        m_server.unregisterObject(kDaemonPath);
    }

    void manyJobsWithOneQuestionAreOneNotification()
    {
        happen(jobsOf(200, JobState::Error));
        QTRY_COMPARE(accepted(), 200);
        QCOMPARE(lastShown().summary, QStringLiteral("200 downloads need you"));
        QVERIFY(lastShown().body.endsWith(QStringLiteral("job 1, job 2, job 3 and 197 more")));
        QCOMPARE(onScreen(), 1);
        QVERIFY(m_daemon->shown.size() < 10);
        QCOMPARE(lastShown().hints.value(QStringLiteral("urgency")).toInt(), 2);
    }

    void jobsOfOneNameAreCounted()
    {
        QList<JobSnapshot> jobs = jobsOf(5, JobState::Error);
        for (const int at : {0, 1, 3}) {
            jobs[at].name = QStringLiteral("film.mp4");
        }
        happen(jobs);
        QTRY_COMPARE(accepted(), 5);
        QVERIFY(lastShown().body.endsWith(QStringLiteral("\n3 × film.mp4, job 3, job 5")));
    }

    void whenAllAreAnsweredItGoes()
    {
        happen(jobsOf(2, JobState::Error));
        QTRY_COMPARE(accepted(), 2);
        Q_EMIT m_service->jobsChanged({jobOf(1, JobState::Queued)});
        QVERIFY(m_daemon->closed.isEmpty());
        Q_EMIT m_service->jobsRemoved({{2}});
        QTRY_COMPARE(m_daemon->closed.size(), 1);
    }

    void anotherQuestionIsAnotherNotification()
    {
        happen({jobOf(1, JobState::Error), jobOf(2, JobState::Error, QStringLiteral("b.example"))});
        QTRY_COMPARE(accepted(), 2);
        QCOMPARE(onScreen(), 2);
    }

    void fixOpensTheWholeGroup()
    {
        QSignalSpy chosen(m_announcer, &ui::Announcer::verbChosen);
        happen(jobsOf(5, JobState::Error));
        QTRY_COMPARE(accepted(), 5);
        Q_EMIT m_daemon->ActionInvoked(1, QStringLiteral("fix"));
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().at(0).value<ui::JobVerb>(), ui::JobVerb::Fix);
        m_window->doForJob(ui::JobVerb::Fix, chosen.first().at(1).value<JobId>());
        const auto dialogs = m_window->findChildren<ui::ErrorDialog *>();
        QCOMPARE(dialogs.size(), 1);
        QVERIFY(dialogs.first()->has({1}) && dialogs.first()->has({5}));
    }

    void twoArrivalsAreToldAloneAndMoreTogether()
    {
        happen(jobsOf(2, JobState::Acknowledged));
        QTRY_COMPARE(accepted(), 2);
        QVERIFY(std::ranges::any_of(m_daemon->shown, [](const FakeDaemon::Shown &shown) {
            return shown.summary == QStringLiteral("“job 1” is here");
        }));
        QCOMPARE(m_daemon->shown.first().hints.value(QStringLiteral("urgency")).toInt(), 0);
        QCOMPARE(onScreen(), 2);

        QList<JobSnapshot> more = jobsOf(14, JobState::Acknowledged);
        happen(more.mid(2));
        QTRY_COMPARE(accepted(), 14);
        QTRY_COMPARE(m_daemon->closed.size(), 2);
        QCOMPARE(lastShown().summary, QStringLiteral("14 files arrived"));
        QCOMPARE(lastShown().hints.value(QStringLiteral("urgency")).toInt(), 0);
    }

    void whatNobodyHasSeenIsCountedOnWhenItsTimeIsOver()
    {
        const QList<JobSnapshot> jobs = jobsOf(20, JobState::Acknowledged);
        happen(jobs.mid(0, 16));
        QTRY_COMPARE(accepted(), 16);
        QTRY_COMPARE(lastShown().summary, QStringLiteral("16 files arrived"));
        for (uint id = 1; id <= uint(m_daemon->shown.size()); ++id) {
            Q_EMIT m_daemon->NotificationClosed(id, 1);
        }
        QTest::qWait(50); // the signal of the bus has no answer
        happen(jobs.mid(16));
        QTRY_COMPARE(accepted(), 20);
        QTRY_COMPARE(lastShown().summary, QStringLiteral("20 files arrived"));
    }

    void whatWasPressedGoes()
    {
        happen(jobsOf(1, JobState::Error));
        QTRY_COMPARE(accepted(), 1);
        Q_EMIT m_daemon->ActionInvoked(1, QStringLiteral("fix"));
        QTRY_COMPARE(m_daemon->closed, QList<uint>{1});
    }

    void anUploadIsOnTheServerAndHasNothingToOpen()
    {
        QList<JobSnapshot> jobs = jobsOf(4, JobState::Acknowledged);
        for (JobSnapshot &job : jobs) {
            job.type = JobType::Upload;
        }
        QSignalSpy chosen(m_announcer, &ui::Announcer::verbChosen);
        QSignalSpy wanted(m_announcer, &ui::Announcer::windowWanted);
        happen(jobs.mid(0, 1));
        QTRY_COMPARE(accepted(), 1);
        QCOMPARE(lastShown().summary, QStringLiteral("“job 1” is on the server"));
        QVERIFY(lastShown().body.contains(QStringLiteral("host.example")));
        QVERIFY(!lastShown().actions.contains(QStringLiteral("open")));
        Q_EMIT m_daemon->ActionInvoked(1, QStringLiteral("default"));
        QTRY_COMPARE(wanted.size(), 1);
        QCOMPARE(chosen.size(), 0);
        happen(jobs.mid(1));
        QTRY_COMPARE(accepted(), 4);
        QTRY_VERIFY(lastShown().summary.endsWith(QStringLiteral(" files were sent")));
    }

    void whatArrivesAfterTheyWereSeenIsToldAnew()
    {
        happen(jobsOf(3, JobState::Acknowledged));
        QTRY_COMPARE(accepted(), 3);
        for (uint id = 1; id <= 3; ++id) {
            Q_EMIT m_daemon->NotificationClosed(id, 2);
        }
        QTest::qWait(50); // the signal of the bus has no answer
        happen({jobOf(4, JobState::Acknowledged)});
        QTRY_COMPARE(lastShown().summary, QStringLiteral("“job 4” is here"));
    }

    void whoIsBeingAskedSomethingElseIsAskedAfterwards()
    {
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QDialog other(m_window.get());
        other.open();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        happen(jobsOf(1, JobState::Error));
        QTRY_COMPARE(accepted(), 1);
        QTest::qWait(700); // longer than dialogs are put off
        QVERIFY(m_window->findChildren<ui::ErrorDialog *>().isEmpty());
        other.reject();
        m_window->activateWindow();
        QTRY_COMPARE(m_window->findChildren<ui::ErrorDialog *>().size(), 1);
        QVERIFY(m_daemon->shown.isEmpty());
    }

    void whoLooksIsAskedOnceAndNotAgainAfterPuttingItOff()
    {
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        happen(jobsOf(200, JobState::Error));
        QTRY_COMPARE(accepted(), 200);
        QTRY_COMPARE(m_window->findChildren<ui::ErrorDialog *>().size(), 1);
        const auto dialogs = m_window->findChildren<ui::ErrorDialog *>();
        QCOMPARE(dialogs.first()->windowTitle(), QStringLiteral("200 jobs need you"));
        QVERIFY(m_daemon->shown.isEmpty());

        dialogs.first()->reject();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        const JobSnapshot late = jobOf(201, JobState::Error);
        happen({late});
        QTRY_COMPARE(m_daemon->shown.size(), 1);
        QTRY_VERIFY(m_window->findChildren<ui::ErrorDialog *>().isEmpty());
    }

    void theWindowIsNotHeldUpByManyJobsThatFailAtOnce()
    {
#ifdef NDEBUG
        constexpr qint64 kMostMs = 50;
#else
        constexpr qint64 kMostMs = 2'000; // nothing is optimised
#endif
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QElapsedTimer sinceTurn;
        qint64 longestMs = 0;
        QTimer turn;
        connect(&turn, &QTimer::timeout, this,
                [&] { longestMs = std::max(longestMs, sinceTurn.restart()); });
        sinceTurn.start();
        turn.start(0);
        const QList<JobSnapshot> jobs = jobsOf(200, JobState::Error);
        QTimer::singleShot(0, m_service.get(), [&] { Q_EMIT m_service->jobsChanged(jobs); });
        for (const JobSnapshot &job : jobs) { // each is a message of its own
            QTimer::singleShot(0, m_service.get(), [this, job] { tell(job); });
        }
        QTRY_COMPARE(accepted(), 200);
        QTRY_COMPARE(m_window->findChildren<ui::ErrorDialog *>().size(), 1);
        QTest::qWait(500);
        qInfo("longest stall of the window with 200 jobs that fail at once: %lld ms", longestMs);
        QVERIFY(longestMs < kMostMs);
    }

private:
    void tell(const JobSnapshot &job)
    {
        Q_EMIT m_service->attention(
            {.id = quint64(job.id.value),
             .kind = job.error ? Attention::Kind::Error : Attention::Kind::Transferred,
             .job = job,
             .error = job.error});
    }
    /// As the engine tells it: what has become of the jobs, then what the person should know.
    void happen(const QList<JobSnapshot> &jobs)
    {
        Q_EMIT m_service->jobsChanged(jobs);
        for (const JobSnapshot &job : jobs) {
            tell(job);
        }
    }
    [[nodiscard]] qsizetype accepted() const
    {
        return m_service->requests<message::Accept>().size();
    }
    [[nodiscard]] const FakeDaemon::Shown &lastShown() const
    {
        return m_daemon->shown.last();
    }
    [[nodiscard]] qsizetype onScreen() const
    {
        return std::ranges::count(m_daemon->shown, 0U, &FakeDaemon::Shown::replaces) -
               m_daemon->closed.size();
    }

    QDBusConnection m_server{QString()};
    QTemporaryDir m_folder;
    ManualClock m_clock;
    NotedDesktop m_desktop;
    std::unique_ptr<FakeDaemon> m_daemon;
    std::unique_ptr<FakeJobService> m_service;
    std::unique_ptr<QSettings> m_layout;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::Notifications> m_notifications;
    ui::Announcer *m_announcer = nullptr;
};

BELLHOP_TEST(AnnouncerTest)
#include "tst_announcer.moc"
