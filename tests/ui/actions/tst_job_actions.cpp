// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "tests/ui/noted_desktop.h"
#include "ui/actions/file_opener.h"
#include "ui/actions/job_actions.h"
#include "ui/actions/job_commands.h"
#include "ui/models/jobs_together.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace core;
using ui::JobVerb;

namespace {

JobSnapshot jobIn(JobState state, JobType type = JobType::Download)
{
    JobSnapshot job;
    job.id = JobId{int(state) + 1};
    job.type = type;
    job.state = state;
    job.name = QStringLiteral("thing.iso");
    job.folder = QStringLiteral("/home/me");
    job.firstUrl = QUrl(QStringLiteral("https://host.example/thing.iso"));
    job.progress.filesTotal = 1;
    return job;
}

} // namespace

class JobActionsTest : public QObject {
    Q_OBJECT

    ManualClock m_clock;

private Q_SLOTS:
    void init()
    {
        // The offscreen platform has no window manager, and says so.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not).*")));
    }

    void buttonsAgreeWithTheTable_data()
    {
        QTest::addColumn<JobType>("type");
        QTest::addColumn<JobState>("state");
        for (const JobType type : {JobType::Download, JobType::Upload}) {
            for (const JobState state : kJobStates) {
                QTest::addRow("%s %s", name(type), name(state)) << type << state;
            }
        }
    }
    void buttonsAgreeWithTheTable()
    {
        QFETCH(JobType, type);
        QFETCH(JobState, state);
        ui::JobActions actions(&m_clock);
        actions.setJobs({jobIn(state, type)});
        const std::pair<JobVerb, JobEvent> commands[] = {
            {JobVerb::Resume, JobEvent::Resume},
            {JobVerb::Suspend, JobEvent::Suspend},
            {JobVerb::Complete, JobEvent::Complete},
            {JobVerb::Cancel, JobEvent::Cancel},
        };
        for (const auto &[verb, event] : commands) {
            const auto to = next(type, state, event);
            QCOMPARE(actions.action(verb)->isEnabled(), to && *to != state);
        }
        QCOMPARE(actions.action(JobVerb::Remove)->isEnabled(), isFinal(state));
        QCOMPARE(actions.action(JobVerb::Fix)->isEnabled(), state == JobState::Error);
    }

    void resumeIsOffWhenNothingIsLeftToFetch()
    {
        JobSnapshot whole = jobIn(JobState::Transferred);
        whole.progress.filesDone = 1;
        ui::JobActions actions(&m_clock);
        actions.setJobs({whole});
        QVERIFY(!actions.action(JobVerb::Resume)->isEnabled());
        QVERIFY(actions.action(JobVerb::Complete)->isEnabled());
    }

    void onlyWhatIsKeptOfADownloadCanBeReadAgain()
    {
        JobSnapshot job = jobIn(JobState::Suspended);
        job.progress = {.bytesDone = 1, .filesTotal = 1};
        ui::JobActions actions(&m_clock);
        const auto isOpen = [&](const JobSnapshot &one) {
            actions.setJobs({one});
            return actions.action(JobVerb::Recheck)->isEnabled();
        };
        QVERIFY(isOpen(job));
        job.progress.bytesDone = 0;
        QVERIFY(!isOpen(job));
        job.progress.bytesDone = 1;
        job.type = JobType::Upload;
        QVERIFY(!isOpen(job));
    }

    void nothingIsOnWithoutASelection()
    {
        ui::JobActions actions(&m_clock);
        for (const JobVerb verb : ui::kJobVerbs) {
            QVERIFY(!actions.action(verb)->isEnabled());
        }
        QVERIFY(actions.add()->isEnabled());
    }

    void ofAPartlyAcceptedJobWhatIsMissingIsFetched()
    {
        FakeJobService service;
        service.agreeToEverything();
        service.answerWith<message::Files>([](const auto &request) -> Answer<FilePage> {
            QList<FileSnapshot> files;
            for (int index = 0; index < 3; ++index) {
                files.append({.id = {request.job, index},
                              .state = index == 0 ? FileState::Published : FileState::Failed,
                              .url = QUrl(QStringLiteral("https://host.example/%1").arg(index)),
                              .name = QString::number(index)});
            }
            return FilePage{3, files};
        });
        QWidget window;
        ui::JobCommands commands(&service, &m_clock, &window);
        ui::JobActions actions(&m_clock);
        JobSnapshot partial = jobIn(JobState::Acknowledged);
        partial.name = QStringLiteral("0 and 2 more");
        partial.progress = {.filesDone = 1, .filesTotal = 3};
        actions.setJobs({partial});
        QCOMPARE(actions.action(JobVerb::Again)->text(), QStringLiteral("Fetch the missin&g 2"));
        commands.fetchAgain({partial});
        QTRY_COMPARE(service.requests<message::Add>().size(), 1);
        QCOMPARE(service.requests<message::Add>().first().spec.files.size(), 2);
        QCOMPARE(service.requests<message::Add>().first().spec.name,
                 QStringLiteral("1 and 1 more"));

        JobSnapshot cancelled = jobIn(JobState::Cancelled);
        actions.setJobs({cancelled});
        QCOMPARE(actions.action(JobVerb::Again)->text(), QStringLiteral("Download a&gain"));
        commands.fetchAgain({cancelled});
        QTRY_COMPARE(service.requests<message::Add>().size(), 2);
        QCOMPARE(service.requests<message::Add>().last().spec.files.size(), 3);
    }

    void anUploadIsSentAgainToWhereItWasToGo()
    {
        FakeJobService service;
        service.agreeToEverything();
        service.answerWith<message::Files>([](const auto &request) -> Answer<FilePage> {
            return FilePage{1,
                            {{.id = {request.job, 0},
                              .state = FileState::Published,
                              .url = QUrl(QStringLiteral("https://host.example/up/17")),
                              .name = QStringLiteral("a.bin")}}};
        });
        QWidget window;
        ui::JobCommands commands(&service, &m_clock, &window);
        ui::JobActions actions(&m_clock);
        JobSnapshot sent = jobIn(JobState::Acknowledged);
        sent.type = JobType::Upload;
        sent.folder = QStringLiteral("/home/me");
        sent.firstUrl = QUrl(QStringLiteral("https://host.example/up/"));
        sent.progress = {.filesDone = 1, .filesTotal = 1};
        actions.setJobs({sent});
        QCOMPARE(actions.action(JobVerb::Again)->text(), QStringLiteral("Send a&gain"));
        commands.fetchAgain({sent});
        QTRY_COMPARE(service.requests<message::Add>().size(), 1);
        const JobSpec again = service.requests<message::Add>().first().spec;
        QCOMPARE(again.type, JobType::Upload);
        QCOMPARE(again.folder, sent.folder);
        QCOMPARE(again.files.first().url, sent.firstUrl);
        QCOMPARE(again.files.first().name, QStringLiteral("a.bin"));
    }

    void whatMayNotBeginIsRefusedAndNothingElseIsDone()
    {
        FakeJobService service;
        service.answerWith<message::Add>([](const auto &) -> Answer<JobId> {
            return tl::unexpected(Refusal{.kind = RefusalKind::PlaceTaken});
        });
        QWidget window;
        ui::JobCommands commands(&service, &m_clock, &window);
        const QSignalSpy added(&commands, &ui::JobCommands::added);
        QList<ui::RefusedJob> refused;
        commands.add({JobSpec{.type = JobType::Upload}},
                     [&refused](const auto &all) { refused = all; });
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused.first().why.kind, RefusalKind::PlaceTaken);
        QCOMPARE(refused.first().spec.type, JobType::Upload);
        QCOMPARE(added.size(), 0);
        QVERIFY(service.requests<message::Add>().first().begins);
        QCOMPARE(service.log(), QStringList{QStringLiteral("add")});
    }

    void aSetIsSentWithoutThoseThatCannot()
    {
        ui::JobActions actions(&m_clock);
        const QSignalSpy chosen(&actions, &ui::JobActions::chosen);
        actions.setJobs(
            {jobIn(JobState::Queued), jobIn(JobState::Error), jobIn(JobState::Transferring)});
        actions.action(JobVerb::Suspend)->trigger();
        QCOMPARE(chosen.size(), 1);
        const auto jobs = chosen.first().at(1).value<QList<JobSnapshot>>();
        QCOMPARE(ui::idsOf(jobs),
                 (JobIds{jobIn(JobState::Queued).id, jobIn(JobState::Transferring).id}));
    }

    void everyShortcutIsGivenOnce()
    {
        ui::JobActions actions(&m_clock);
        QList<QKeySequence> keys;
        for (const QAction *action : actions.all()) {
            if (!action->shortcut().isEmpty()) {
                QVERIFY2(!keys.contains(action->shortcut()), qPrintable(action->text()));
                keys.append(action->shortcut());
            }
        }
        QVERIFY(keys.contains(QKeySequence(QKeySequence::Paste)));
    }

    void cancelAsksOnceWhenThereAreBytesToLose()
    {
        FakeJobService service;
        service.agreeToEverything();
        QWidget window;
        ui::JobCommands commands(&service, &m_clock, &window);
        commands.cancel({jobIn(JobState::Queued)});
        QCOMPARE(service.requests<message::Cancel>().size(), 1);

        JobSnapshot begun = jobIn(JobState::Transferring);
        begun.progress.bytesDone = 4'000'000;
        begun.bytesOnCancel = 5'000'000;
        commands.cancel({begun});
        QCOMPARE(service.requests<message::Cancel>().size(), 1);
        auto *box = window.findChild<QMessageBox *>(QStringLiteral("cancelQuestion"));
        QVERIFY(box);
        QCOMPARE(box->textFormat(), Qt::PlainText);
        QVERIFY(box->informativeText().contains(formatBytes(5'000'000)));
        for (QAbstractButton *button : box->buttons()) {
            if (box->buttonRole(button) == QMessageBox::DestructiveRole) {
                button->click();
            }
        }
        QTRY_COMPARE(service.requests<message::Cancel>().size(), 2);
    }

    void aNewJobIsStartedAtOnce()
    {
        FakeJobService service;
        service.agreeToEverything();
        QWidget window;
        ui::JobCommands commands(&service, &m_clock, &window);
        const QSignalSpy added(&commands, &ui::JobCommands::added);
        int answers = 0;
        commands.add({JobSpec{.name = QStringLiteral("a")}, JobSpec{.name = QStringLiteral("b")}},
                     [&answers](const auto &refused) { answers += refused.isEmpty() ? 1 : 9; });
        QTRY_COMPARE(answers, 1);
        QCOMPARE(added.size(), 2);
        QCOMPARE(service.log(), (QStringList{QStringLiteral("add"), QStringLiteral("add")}));
        for (const auto &request : service.requests<message::Add>()) {
            QVERIFY(request.begins);
        }
    }

    void whatWasRefusedIsToldForEachJob()
    {
        FakeJobService service;
        service.answerWith<message::Suspend>([](const auto &request) -> Answer<SetOutcome> {
            return SetOutcome{
                .done = {}, .refused = {{.kind = RefusalKind::Busy, .job = request.jobs.first()}}};
        });
        QWidget window;
        ui::JobCommands commands(&service, &m_clock, &window);
        const QSignalSpy refused(&commands, &ui::JobCommands::refused);
        commands.suspend({jobIn(JobState::Queued)});
        QTRY_COMPARE(refused.size(), 1);
    }

    void aProgramIsShownInItsFolderInsteadOfBeingStarted()
    {
        FakeJobService service;
        QString path = QStringLiteral("/home/me/film.mkv");
        service.answerWith<message::Files>([&path](const auto &request) -> Answer<FilePage> {
            FileSnapshot file;
            file.id = {request.job, 0};
            file.state = FileState::Published;
            file.name = QStringLiteral("x");
            file.path = path;
            return FilePage{.total = 1, .files = {file}};
        });
        NotedDesktop desktop;
        ui::FileOpener opener(&service, &desktop);
        opener.open(jobIn(JobState::Acknowledged));
        QTRY_COMPARE(desktop.log, QStringList{QStringLiteral("open /home/me/film.mkv")});
        path = QStringLiteral("/home/me/film.mkv.desktop");
        const QSignalSpy said(&opener, &ui::FileOpener::said);
        opener.open(jobIn(JobState::Acknowledged));
        QTRY_COMPARE(desktop.log.last(), QStringLiteral("reveal /home/me/film.mkv.desktop"));
        QCOMPARE(said.size(), 1);
    }

    void aDoubleClickDoesTheOneThingThatMakesSense()
    {
        const QDateTime now = m_clock.utcNow();
        QCOMPARE(ui::firstVerb(jobIn(JobState::Error), now), std::optional(JobVerb::Fix));
        QCOMPARE(ui::firstVerb(jobIn(JobState::Transferring), now),
                 std::optional(JobVerb::Suspend));
        QCOMPARE(ui::firstVerb(jobIn(JobState::Suspended), now), std::optional(JobVerb::Resume));
        JobSnapshot finished = jobIn(JobState::Acknowledged);
        finished.progress.filesDone = 1;
        QCOMPARE(ui::firstVerb(finished, now), std::optional(JobVerb::Open));
        QCOMPARE(ui::firstVerb(jobIn(JobState::Cancelled), now), std::optional<JobVerb>());
    }
};

BELLHOP_TEST(JobActionsTest)
#include "tst_job_actions.moc"
