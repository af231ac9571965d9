// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "tests/ui/noted_desktop.h"
#include "ui/actions/dialog_opener.h"
#include "ui/dialogs/add_job_dialog.h"
#include "ui/dialogs/adopt_dialog.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/main_window.h"
#include "ui/models/job_list_model.h"
#include "ui/tray/announcer.h"
#include "ui/views/details_panel.h"
#include "ui/views/empty_state.h"
#include "ui/views/job_list_view.h"
#include "ui/views/status_line.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cstdlib>

using namespace core;

namespace {

JobSnapshot job(qint64 id, JobState state)
{
    JobSnapshot made;
    made.id = JobId{id};
    made.state = state;
    made.name = QStringLiteral("job %1").arg(id);
    made.folder = QStringLiteral("/home/me");
    made.firstUrl = QUrl(QStringLiteral("https://host.example/%1").arg(id));
    made.progress.filesTotal = 1;
    if (state == JobState::Error) {
        JobError error;
        error.cause = Cause::Forbidden;
        error.httpStatus = 403;
        error.url = made.firstUrl;
        error.jobFilesTotal = 1;
        made.error = error;
    }
    return made;
}

/// A window with an engine that agrees to everything.
struct Rig {
    QTemporaryDir folder;
    QSettings layout{folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat};
    ManualClock clock;
    NotedDesktop desktop;
    FakeJobService service;
    std::unique_ptr<ui::MainWindow> window;

    Rig()
    {
        service.agreeToEverything();
        window =
            std::make_unique<ui::MainWindow>(ui::Surroundings{&service, &clock, &desktop, &layout});
        window->load();
        window->show();
        window->activateWindow();
    }

    [[nodiscard]] QString linksInDialog() const
    {
        const auto *dialog = window->findChild<ui::AddJobDialog *>();
        return dialog
                   ? dialog->findChild<QPlainTextEdit *>(QStringLiteral("linksEdit"))->toPlainText()
                   : QString();
    }
};

const QString kLink = QStringLiteral("https://host.example/file.iso");

/// Answers the question that is asked before the end.
void answer(const Rig &rig, QMessageBox::ButtonRole role,
            const QString &question = QStringLiteral("quitQuestion"))
{
    auto *box = rig.window->findChild<QMessageBox *>(question);
    require(box != nullptr, QStringLiteral("nothing is asked"));
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == role) {
            button->click();
            return;
        }
    }
    require(false, QStringLiteral("there is no such answer"));
}

const QString kLeaveOut = QStringLiteral("leaveOutQuestion");

/// Three files, of which one is whole, one is fetched and one was left out with some bytes.
JobSnapshot jobOfThree(qint64 bytesHere)
{
    JobSnapshot made = job(7, JobState::Transferring);
    made.progress = {.bytesDone = 5000 + bytesHere, .filesDone = 1, .filesTotal = 2};
    made.completeEffect = {.filesKept = 1, .bytesKept = 5000};
    return made;
}

/// The window asks the same however it was chosen in the table.
void leaveOut(const Rig &rig, const QList<int> &files)
{
    Q_EMIT rig.window->findChild<ui::DetailsPanel *>()->filesChosen(
        JobId{7}, {.files = files, .wanted = false, .priority = {}});
}

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform has no window manager, and says so.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not).*")));
        QGuiApplication::clipboard()->clear();
    }

    void pastingALinkFillsTheAddDialog()
    {
        Rig rig;
        QGuiApplication::clipboard()->setText(QStringLiteral("look: ") + kLink);
        QVERIFY(QTest::qWaitForWindowActive(rig.window.get()));
        QTest::keyClick(rig.window.get(), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(rig.linksInDialog().trimmed(), kLink);
    }

    void anAdoptedPartBecomesAJobThatGoesOn()
    {
        Rig rig;
        rig.service.answerWith<core::message::FindParts>([](const auto &) {
            return core::Answer<QList<core::LonePart>>(
                {{.path = QStringLiteral("/srv/film.part"), .name = QStringLiteral("film")}});
        });
        rig.service.answerWith<core::message::Adopt>(
            [](const auto &) { return core::Answer<core::JobId>(core::JobId{7}); });
        rig.window->findChild<QAction *>(QStringLiteral("adoptAction"))->trigger();
        auto *dialog = rig.window->findChild<ui::AdoptDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        Q_EMIT dialog->chosen(QStringLiteral("/srv/film.part"), QUrl(kLink));
        QTRY_COMPARE(rig.service.requests<core::message::Resume>().size(), 1);
        QCOMPARE(rig.service.requests<core::message::Resume>().first().jobs,
                 core::JobIds{core::JobId{7}});
        QTRY_COMPARE(rig.service.requests<core::message::FindParts>().size(), 2);
    }

    void pastingSomethingElseSaysSo()
    {
        Rig rig;
        QGuiApplication::clipboard()->setText(QStringLiteral("no link at all"));
        QVERIFY(QTest::qWaitForWindowActive(rig.window.get()));
        QTest::keyClick(rig.window.get(), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(rig.window->findChild<ui::StatusLine *>()->currentMessage(),
                     QStringLiteral("There is no http or https link to paste."));
        QVERIFY(!rig.window->findChild<ui::AddJobDialog *>());
    }

    void droppingALinkFillsTheAddDialog()
    {
        Rig rig;
        QMimeData dropped;
        dropped.setUrls({QUrl(kLink)});
        QDragEnterEvent enter({300, 200}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(rig.window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({300, 200}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(rig.window.get(), &drop);
        QTRY_COMPARE(rig.linksInDialog().trimmed(), kLink);
    }

    void aFileThatIsDroppedIsOfferedToBeSent()
    {
        Rig rig;
        QMimeData dropped;
        dropped.setUrls({QUrl(QStringLiteral("file:///home/me/film.bin"))});
        QDragEnterEvent enter({300, 200}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(rig.window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({300, 200}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(rig.window.get(), &drop);
        const auto *dialog = rig.window->findChild<ui::AddJobDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->windowTitle(), QStringLiteral("Add uploads"));
        const auto *files = dialog->findChild<QListView *>(QStringLiteral("filesList"));
        QTRY_COMPARE(
            files->model()->index(0, 0).data().toString(),
            QStringLiteral("film.bin  —  %1, in /home/me").arg(core::formatBytes(12'300'000)));
    }

    void sendFilesOpensTheUploadPage()
    {
        Rig rig;
        rig.window->findChild<QAction *>(QStringLiteral("uploadAction"))->trigger();
        const auto *dialog = rig.window->findChild<ui::AddJobDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->windowTitle(), QStringLiteral("Add uploads"));
    }

    void atItsFirstSizeNoRowIsCut()
    {
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Transferring)});
        auto *list = rig.window->findChild<ui::JobListView *>();
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QTRY_VERIFY(rig.window->findChild<QWidget *>(QStringLiteral("details"))->isVisible());
        // A style may put a few points between the bars; a row has as many of its own below.
        QTRY_VERIFY(std::abs(list->viewport()->height() - 6 * list->rowHeight()) < 6);
    }

    /// The screen of the offscreen platform is narrower than the window would like to be.
    void atItsFirstSizeItFitsTheScreen()
    {
        const Rig rig;
        const QSize room = rig.window->screen()->availableSize();
        QVERIFY(rig.window->width() <= room.width() && rig.window->height() <= room.height());
    }

    /// Else the window could not be as low as a small screen.
    void thePictureGoesWhereThereIsNoRoomForIt()
    {
        ui::EmptyState empty;
        empty.resize(500, 600);
        empty.show();
        const auto *picture = empty.findChild<QLabel *>(QStringLiteral("picture"));
        QVERIFY(picture->isVisible());
        const int whole = picture->sizeHint().height();
        QVERIFY(empty.minimumSizeHint().height() + whole < empty.sizeHint().height() + 8);
        empty.resize(500, empty.minimumSizeHint().height());
        QVERIFY(!picture->isVisible());
        empty.resize(500, 600);
        QVERIFY(picture->isVisible());
    }

    void altReturnGoesToTheDetailsAndLeavesTheJobAsItIs()
    {
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Transferring)});
        auto *list = rig.window->findChild<QListView *>(QStringLiteral("jobList"));
        QTRY_COMPARE(list->model()->rowCount(), 1);
        list->setCurrentIndex(list->model()->index(0, 0));
        list->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(rig.window.get()));
        QTest::keyClick(list, Qt::Key_Return, Qt::AltModifier);
        QVERIFY(rig.window->findChild<QWidget *>(QStringLiteral("fileTable"))->hasFocus());
        QTest::keyClick(list, Qt::Key_Return); // by itself it does the first thing still
        QTRY_COMPARE(rig.service.requests<core::message::Suspend>().size(), 1);
    }

    void aRefusedJobIsToldInTheDialogItCameFrom()
    {
        Rig rig;
        rig.service.answerWith<core::message::Add>([](const auto &) -> core::Answer<core::JobId> {
            return tl::unexpected(core::Refusal{.kind = core::RefusalKind::StoreFailed});
        });
        rig.window->addLinks({kLink});
        auto *dialog = rig.window->findChild<ui::AddJobDialog *>();
        auto *add = dialog->findChild<QPushButton *>(QStringLiteral("addButton"));
        QTRY_VERIFY(add->isEnabled());
        add->click();
        QTRY_VERIFY(dialog->findChild<QLabel *>(QStringLiteral("problem"))
                        ->text()
                        .contains(QStringLiteral("could not be saved")));
        QVERIFY(dialog->isVisible());
        QCOMPARE(rig.linksInDialog().trimmed(), kLink);
    }

    void aDialogThatComesByItselfLeavesTheKeyboardWithWhoIsTyping()
    {
        Rig rig;
        QVERIFY(QTest::qWaitForWindowActive(rig.window.get()));
        auto *search = rig.window->findChild<QLineEdit *>();
        search->setFocus();
        rig.window->dialogs()->openError(job(1, JobState::Error), ui::Appearing::ByItself);
        const auto *dialog = rig.window->findChild<ui::ErrorDialog *>();
        QTRY_VERIFY(dialog->isVisible());
        QVERIFY(dialog->testAttribute(Qt::WA_ShowWithoutActivating));
        rig.window->dialogs()->openError(job(1, JobState::Error)); // now a person wants it
        QVERIFY(!dialog->testAttribute(Qt::WA_ShowWithoutActivating));
    }

    void leavingOutTheLastFileIsAskedAboutWhereBytesAreLost_data()
    {
        QTest::addColumn<JobSnapshot>("job");
        QTest::addColumn<QList<int>>("files");
        QTest::addColumn<qint64>("leftOutBefore");
        QTest::addColumn<qint64>("lost"); ///< 0: nothing is asked
        const JobSnapshot running = jobOfThree(3'000'000);
        JobSnapshot paused = running;
        paused.state = JobState::Suspended;
        JobSnapshot kept = running;
        kept.complete = CompleteMode::OnRequest;
        JobSnapshot withMore = running;
        withMore.progress.filesTotal = 3;
        JobSnapshot obstructed = running;
        obstructed.state = JobState::Transferred;
        obstructed.progress.filesDone = 2;
        obstructed.obstacle =
            JobError{.cause = Cause::NameExists, .fileIndex = 1, .fileBytesDone = 8'000'000};
        QTest::newRow("the last") << running << QList<int>{1} << 0LL << 3'000'000LL;
        QTest::newRow("with one of before")
            << running << QList<int>{1} << 1'000'000LL << 4'000'000LL;
        QTest::newRow("only of before")
            << jobOfThree(0) << QList<int>{1} << 1'000'000LL << 1'000'000LL;
        QTest::newRow("both") << withMore << QList<int>{1, 2} << 0LL << 3'000'000LL;
        QTest::newRow("its name is taken") << obstructed << QList<int>{1} << 0LL << 8'000'000LL;
        QTest::newRow("others are left") << withMore << QList<int>{1} << 0LL << 0LL;
        QTest::newRow("no byte is here") << jobOfThree(0) << QList<int>{1} << 0LL << 0LL;
        QTest::newRow("a paused one stays") << paused << QList<int>{1} << 0LL << 0LL;
        QTest::newRow("it stays till it is ended") << kept << QList<int>{1} << 0LL << 0LL;
    }
    void leavingOutTheLastFileIsAskedAboutWhereBytesAreLost()
    {
        QFETCH(const JobSnapshot, job);
        QFETCH(const QList<int>, files);
        QFETCH(const qint64, leftOutBefore);
        QFETCH(const qint64, lost);
        Rig rig;
        rig.service.answerWith<message::Files>(
            [leftOutBefore](const message::Files::Request &request) -> Answer<FilePage> {
                FileSnapshot file{.id = {request.job, 2}, .state = FileState::Unwanted};
                file.bytesDone = leftOutBefore;
                return request.only == FileState::Unwanted ? FilePage{1, {file}} : FilePage{};
            });
        Q_EMIT rig.service.jobsChanged({job});
        const auto sent = [&rig] { return rig.service.requests<message::Change>().size(); };
        const auto box = [&rig] { return rig.window->findChild<QMessageBox *>(kLeaveOut); };
        leaveOut(rig, files);
        if (lost == 0) {
            QTRY_COMPARE(sent(), 1);
            QVERIFY(box() == nullptr);
            return;
        }
        QTRY_VERIFY(box() != nullptr);
        QVERIFY2(box()->informativeText().contains(formatBytes(lost)),
                 qPrintable(box()->informativeText()));
        QTest::keyClick(box(), Qt::Key_Return); // keeps
        QTRY_VERIFY(box() == nullptr);
        QCOMPARE(sent(), 0);
        leaveOut(rig, files);
        QTRY_VERIFY(box() != nullptr);
        answer(rig, QMessageBox::DestructiveRole, kLeaveOut);
        QTRY_COMPARE(sent(), 1);
        const auto change = rig.service.requests<message::Change>().last();
        QCOMPARE(change.jobs, JobIds{{7}});
        QCOMPARE(change.change.files,
                 (QList<FileChange>{{.files = files, .wanted = false, .priority = {}}}));
    }

    void whoLeavesOutWhatIsBegunIsToldWhatBecomesOfIt()
    {
        Rig rig;
        JobSnapshot begun = jobOfThree(3'000'000);
        begun.progress.filesTotal = 3;
        Q_EMIT rig.service.jobsChanged({begun});
        const auto *status = rig.window->statusBar();
        leaveOut(rig, {1});
        QVERIFY(status->currentMessage().contains(QStringLiteral("deleted when the job ends")));
        rig.window->say({});
        begun.progress.bytesDone = 5000;
        Q_EMIT rig.service.jobsChanged({begun});
        leaveOut(rig, {1});
        QCOMPARE(status->currentMessage(), QString());
    }

    void closingWithoutWorkEndsTheProgram()
    {
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Acknowledged), job(2, JobState::Error)});
        const QSignalSpy quit(rig.window.get(), &ui::MainWindow::quitRequested);
        rig.window->close();
        QCOMPARE(quit.size(), 1);
        QVERIFY(rig.layout.contains(QStringLiteral("window/geometry")));
    }

    void closingDuringWorkWithoutATrayAsksAndStays()
    {
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Transferring)});
        const QSignalSpy quit(rig.window.get(), &ui::MainWindow::quitRequested);
        rig.window->close();
        QCOMPARE(quit.size(), 0);
        QVERIFY(rig.window->isVisible());
        QVERIFY(rig.window->findChild<QMessageBox *>(QStringLiteral("quitQuestion")));
    }

    void goingOnInTheBackgroundHidesTheWindowAndStopsNothing()
    {
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Transferring)});
        rig.service.forget();
        const QSignalSpy quit(rig.window.get(), &ui::MainWindow::quitRequested);
        rig.window->close();
        answer(rig, QMessageBox::AcceptRole);
        QVERIFY(!rig.window->isVisible());
        QCOMPARE(quit.size(), 0);
        QVERIFY(!rig.service.log().contains(QStringLiteral("suspend")));
        rig.window->bringUp();
        QVERIFY(rig.window->isVisible());
    }

    void pausingBeforeTheEndPausesFirst()
    {
        Rig rig;
        rig.service.agreeToEverything();
        Q_EMIT rig.service.jobsChanged(
            {job(1, JobState::Transferring), job(2, JobState::Acknowledged)});
        const QSignalSpy quit(rig.window.get(), &ui::MainWindow::quitRequested);
        rig.window->close();
        answer(rig, QMessageBox::DestructiveRole);
        QTRY_COMPARE(quit.size(), 1);
        QCOMPARE(rig.service.requests<message::Suspend>().last().jobs, (JobIds{{1}}));
    }

    void pausingWhatNoServerKeepsSaysWhatIsSentOnceMore_data()
    {
        QTest::addColumn<qint64>("sent");
        QTest::addColumn<qint64>("unconfirmed");
        QTest::addColumn<bool>("isAsked");
        QTest::newRow("nothing confirmed") << 1'300'000'000LL << 1'300'000'000LL << true;
        QTest::newRow("a piece of it") << 1'300'000'000LL << 30'000'000LL << false;
        QTest::newRow("just begun") << 40'000LL << 40'000LL << false;
    }
    void pausingWhatNoServerKeepsSaysWhatIsSentOnceMore()
    {
        QFETCH(const qint64, sent);
        QFETCH(const qint64, unconfirmed);
        QFETCH(const bool, isAsked);
        Rig rig;
        JobSnapshot upload = job(1, JobState::Transferring);
        upload.type = JobType::Upload;
        upload.progress.bytesDone = sent;
        upload.progress.bytesUnconfirmed = unconfirmed;
        Q_EMIT rig.service.jobsChanged({upload});
        rig.window->doForJob(ui::JobVerb::Suspend, JobId{1});
        const QString name = QStringLiteral("pauseQuestion");
        const auto *box = rig.window->findChild<QMessageBox *>(name);
        QCOMPARE(box != nullptr, isAsked);
        QCOMPARE(rig.service.requests<message::Suspend>().isEmpty(), isAsked);
        if (isAsked) {
            QVERIFY(box->informativeText().contains(formatBytes(sent)));
            answer(rig, QMessageBox::DestructiveRole, name);
            QCOMPARE(rig.service.requests<message::Suspend>().last().jobs, (JobIds{{1}}));
        }
        rig.window->close(); // the end pauses too
        const auto *quit = rig.window->findChild<QMessageBox *>(QStringLiteral("quitQuestion"));
        QVERIFY(quit != nullptr);
        QCOMPARE(quit->informativeText().contains(QStringLiteral("sent once more")),
                 sent == unconfirmed);
    }

    void whatIsToBeRememberedIsNotAskedAgain_data()
    {
        QTest::addColumn<QMessageBox::ButtonRole>("said");
        QTest::addColumn<bool>("isPaused");
        QTest::newRow("go on") << QMessageBox::AcceptRole << false;
        QTest::newRow("pause") << QMessageBox::DestructiveRole << true;
    }
    void whatIsToBeRememberedIsNotAskedAgain()
    {
        QFETCH(QMessageBox::ButtonRole, said);
        QFETCH(bool, isPaused);
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Transferring)});
        rig.window->close();
        auto *box = rig.window->findChild<QMessageBox *>(QStringLiteral("quitQuestion"));
        QVERIFY(box != nullptr && box->checkBox() != nullptr);
        box->checkBox()->setChecked(true);
        answer(rig, said);
        QTRY_VERIFY(!rig.window->findChild<QMessageBox *>(QStringLiteral("quitQuestion")));
        rig.window->bringUp();
        const qsizetype before = rig.service.requests<message::Suspend>().size();
        rig.window->close();
        QVERIFY(!rig.window->findChild<QMessageBox *>(QStringLiteral("quitQuestion")));
        QTRY_COMPARE(rig.service.requests<message::Suspend>().size(), before + (isPaused ? 1 : 0));
        QCOMPARE(rig.window->isVisible(), isPaused); // until it ends
    }

    void aLinkThatIsHandedOverDuringAQuestionWaitsForItsAnswer()
    {
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Transferring)});
        rig.window->close();
        rig.window->addLinks({kLink});
        QVERIFY(!rig.window->findChild<ui::AddJobDialog *>());
        answer(rig, QMessageBox::RejectRole);
        QTRY_COMPARE(rig.linksInDialog().trimmed(), kLink);
    }

    void aLimitThatAnotherProgramHasSetIsShown()
    {
        Rig rig;
        auto *speed = rig.window->findChild<QToolButton *>(QStringLiteral("totalSpeed"));
        QTRY_COMPARE(speed->text(), QStringLiteral("Idle"));
        rig.service.forget();
        Q_EMIT rig.service.settingsChanged(Settings{.limitBytesPerSecond = 2'000'000});
        QCOMPARE(speed->text(), QStringLiteral("Idle, at most %1").arg(formatRate(2'000'000)));
        Q_EMIT rig.service.settingsChanged(Settings());
        QCOMPARE(speed->text(), QStringLiteral("Idle"));
        QVERIFY(rig.service.requests<message::GetSettings>().isEmpty()); // it is told
    }

    void whenTheLastJobHasGoneThereIsNothingToCarry()
    {
        Rig rig;
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Acknowledged)});
        Q_EMIT rig.service.jobsRemoved({{1}});
        const auto *empty = rig.window->findChild<ui::EmptyState *>();
        QTRY_VERIFY(empty->isVisible());
        const auto labels = empty->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
            return label->text() == QStringLiteral("Nothing to carry yet");
        }));
    }

    void anErrorOpensItsDialogWhenSomebodyIsLooking()
    {
        Rig rig;
        ui::Notifications silent(QDBusConnection(QStringLiteral("none")));
        ui::Announcer announcer(&rig.service, &silent, rig.window->dialogs(), rig.window.get());
        QVERIFY(QTest::qWaitForWindowActive(rig.window.get()));
        const JobSnapshot failed = job(1, JobState::Error);
        Q_EMIT rig.service.jobsChanged({failed});
        Q_EMIT rig.service.attention({.id = 41, .job = failed, .error = failed.error});
        QTRY_VERIFY(rig.window->findChild<ui::ErrorDialog *>());
        QTRY_COMPARE(rig.service.requests<message::Accept>().size(), 1);
        QCOMPARE(rig.service.requests<message::Accept>().first().attention, 41U);
    }

    void anErrorIsNeitherShownNorAcceptedWhileNobodyCanSeeIt()
    {
        Rig rig;
        ui::Notifications silent(QDBusConnection(QStringLiteral("none")));
        ui::Announcer announcer(&rig.service, &silent, rig.window->dialogs(), rig.window.get());
        rig.window->hide();
        const JobSnapshot failed = job(1, JobState::Error);
        Q_EMIT rig.service.jobsChanged({failed});
        Q_EMIT rig.service.attention({.id = 41, .job = failed, .error = failed.error});
        QVERIFY(!rig.window->findChild<ui::ErrorDialog *>());
        QCOMPARE(rig.service.requests<message::Accept>().size(), 0);

        // Whatever the first one had started would be there before the next one.
        rig.window->show();
        rig.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(rig.window.get()));
        JobSnapshot other = job(2, JobState::Error);
        other.error->url.setHost(QStringLiteral("other.example"));
        Q_EMIT rig.service.jobsChanged({other});
        Q_EMIT rig.service.attention({.id = 42, .job = other, .error = other.error});
        QTRY_COMPARE(rig.service.requests<message::Accept>().size(), 1);
        QCOMPARE(rig.service.requests<message::Accept>().first().attention, 42U);
        QTRY_COMPARE(rig.window->findChildren<ui::ErrorDialog *>().size(), 1);
        const auto dialogs = rig.window->findChildren<ui::ErrorDialog *>();
        QVERIFY(dialogs.first()->windowTitle().contains(other.name));
    }

    void theDialogOfAJobThatGoesOnCloses()
    {
        Rig rig;
        const JobSnapshot failed = job(1, JobState::Error);
        Q_EMIT rig.service.jobsChanged({failed});
        rig.window->doForJob(ui::JobVerb::Fix, JobId{1});
        QTRY_VERIFY(rig.window->findChild<ui::ErrorDialog *>());
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Queued)});
        QTRY_VERIFY(!rig.window->findChild<ui::ErrorDialog *>());
    }

    void aJobThatWasAddedIsSelectedWhenItComes()
    {
        Rig rig;
        auto *list = rig.window->findChild<ui::JobListView *>();
        list->select(JobId{5});
        QVERIFY(list->selectedJobs().isEmpty());
        Q_EMIT rig.service.jobsChanged({job(4, JobState::Queued), job(5, JobState::Queued)});
        QCOMPARE(list->selectedJobs().size(), 1);
        QCOMPARE(list->selectedJobs().first().id, JobId{5});
    }

    void theSelectionSurvivesTheFilter()
    {
        Rig rig;
        auto *list = rig.window->findChild<ui::JobListView *>();
        Q_EMIT rig.service.jobsChanged({job(1, JobState::Queued), job(2, JobState::Acknowledged)});
        list->select(JobId{2});
        rig.window->model()->setGroup(ui::JobGroup::Finished);
        QCOMPARE(list->selectedJobs().size(), 1);
        rig.window->model()->setGroup(ui::JobGroup::All);
        QCOMPARE(list->selectedJobs().first().id, JobId{2});
    }
};

BELLHOP_TEST(MainWindowTest)
#include "tst_main_window.moc"
