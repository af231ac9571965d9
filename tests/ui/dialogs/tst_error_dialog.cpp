// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/error_dialog.h"

#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_rig.h"
#include "tests/ui/dialogs/sample_jobs.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace core;

namespace {

const QString kNewLink = QStringLiteral("https://downloads.example.org/fresh.tar.xz?sig=2");

const QByteArray kFingerprint = stoppedJob(Cause::Untrusted).error->certificate->sha256Hex;

/// A repair made by hand, and the value that must come out.
struct Repair {
    const char *radio;
    Cause cause;
    std::function<void(ui::ErrorDialog *)> fillIn;
    Fixes fixes;
};

QWidget *child(const ui::ErrorDialog *dialog, const char *name)
{
    return dialog->findChild<QWidget *>(QString::fromLatin1(name));
}

std::function<void(ui::ErrorDialog *)> typing(const char *edit, const QString &text)
{
    return [edit, text](ui::ErrorDialog *dialog) {
        auto *line = static_cast<QLineEdit *>(child(dialog, edit));
        line->selectAll();
        QTest::keyClicks(line, text);
    };
}

const QString kServer = QStringLiteral("https://downloads.example.org");

void fillInLogin(ui::ErrorDialog *dialog)
{
    QTest::keyClicks(child(dialog, "userEdit"), QStringLiteral("anna"));
    QTest::keyClicks(child(dialog, "passwordEdit"), QStringLiteral("p:w"));
}

void fillInHeaders(ui::ErrorDialog *dialog)
{
    QTest::keyClicks(child(dialog, "headersEdit"), QStringLiteral("Cookie: a=b"));
}

void nothing(ui::ErrorDialog *) {}

const std::array kRepairs{
    Repair{"fixRetry", Cause::Forbidden, nothing, {fix::Retry{}}},
    Repair{"fixNewLink",
           Cause::Forbidden,
           typing("linkEdit", kNewLink),
           {fix::NewLink{QUrl(kNewLink), 2}}},
    Repair{"fixHeaders", Cause::Forbidden, fillInHeaders, {fix::Headers{{{"Cookie", "a=b"}}}}},
    Repair{"fixLogin",
           Cause::LoginRequired,
           fillInLogin,
           {fix::Login{.login = {QStringLiteral("anna"), QStringLiteral("p:w")},
                       .origin = kServer}}},
    Repair{"fixFreeSpace", Cause::DiskFull, nothing, {}},
    Repair{"fixOtherFolder",
           Cause::DiskFull,
           typing("folderEdit", QStringLiteral("/else/where/")),
           {fix::OtherFolder{QStringLiteral("/else/where")}}},
    Repair{"fixCreateFolder", Cause::FolderMissing, nothing, {fix::CreateFolder{}}},
    Repair{"fixOtherName",
           Cause::NameExists,
           typing("nameEdit", QStringLiteral("new.tar.xz")),
           {fix::OtherName{QStringLiteral("new.tar.xz"), 2}}},
    Repair{"fixKeepBoth", Cause::NameExists, nothing, {fix::KeepBoth{2}}},
    Repair{"fixReplace", Cause::NameExists, nothing, {fix::Replace{2}}},
    Repair{"fixRestart", Cause::RemoteChanged, nothing, {fix::Restart{2}}},
    Repair{"fixSkipFile", Cause::NotFound, nothing, {fix::SkipFile{2}}},
    Repair{"fixWait", Cause::ConnectionRefused, nothing, {}},
    Repair{"fixTrustCertificate",
           Cause::Untrusted,
           typing("fingerprintEdit", QString::fromLatin1(kFingerprint)),
           {fix::TrustCertificate{kFingerprint, kServer}}},
    Repair{"fixProxy",
           Cause::ProxyUnreachable,
           typing("proxyEdit", QStringLiteral("socks5://localhost")),
           {fix::Proxy{QUrl(QStringLiteral("socks5://localhost"))}}},
    Repair{"fixAllowInsecure", Cause::InsecureRedirect, nothing, {fix::AllowInsecure{}}},
    Repair{"fixOtherHash",
           Cause::HashMismatch,
           typing("hashEdit", QString(32, u'1')),
           {fix::OtherHash{recognizeHash(QString(32, u'1')), 2}}},
    Repair{"fixAccept", Cause::HashMismatch, nothing, {fix::Accept{2}}},
};

/// What nobody may have done by a key that was pressed too early.
bool doesHarm(const Fix &fix)
{
    return std::holds_alternative<fix::TrustCertificate>(fix) ||
           std::holds_alternative<fix::AllowInsecure>(fix) ||
           std::holds_alternative<fix::OtherHash>(fix) ||
           std::holds_alternative<fix::Accept>(fix) || std::holds_alternative<fix::Proxy>(fix) ||
           std::holds_alternative<fix::Replace>(fix);
}

JobSnapshot jobStoppedBy(Cause cause)
{
    return cause == Cause::NameExists ? jobWithNameTaken() : stoppedJob(cause);
}

} // namespace

class ErrorDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
        m_rig = std::make_unique<DialogRig<ui::ErrorDialog>>();
        m_dialog = m_rig->dialog.get();
        m_resumed = std::make_unique<QSignalSpy>(m_dialog, &ui::ErrorDialog::resumeRequested);
        m_completed = std::make_unique<QSignalSpy>(m_dialog, &ui::ErrorDialog::completeRequested);
        m_cancelled = std::make_unique<QSignalSpy>(m_dialog, &ui::ErrorDialog::cancelRequested);
    }

    void cleanup() { m_rig.reset(); }

    void aPageInPlaceOfWhatIsSavedIsAskedAboutOnceMore()
    {
        m_dialog->setJob(stoppedJob(Cause::WebPageInstead));
        m_rig->show();
        m_rig->find<QRadioButton>("fixAccept")->setChecked(true);
        QPushButton *resume = m_rig->button("resumeButton");
        QTest::mouseClick(resume, Qt::LeftButton);
        QVERIFY(m_resumed->isEmpty());
        QVERIFY(m_rig->said("resumeEffect").contains(formatBytes(4'100'000'000)));
        m_rig->find<QRadioButton>("fixNewLink")->setChecked(true); // something else after all
        QVERIFY(!m_rig->said("resumeEffect").contains(QStringLiteral("Click once more")));
        m_rig->find<QRadioButton>("fixAccept")->setChecked(true);
        QTest::mouseClick(resume, Qt::LeftButton);
        QTest::mouseClick(resume, Qt::LeftButton);
        QCOMPARE(m_resumed->size(), 1);
    }

    void leavingAFileOutSaysWhatIsLost_data()
    {
        QTest::addColumn<qint64>("bytesHere");
        QTest::newRow("much is here") << 4'100'000'000LL;
        QTest::newRow("nothing is here") << 0LL;
    }
    void leavingAFileOutSaysWhatIsLost()
    {
        QFETCH(const qint64, bytesHere);
        JobSnapshot job = stoppedJob(Cause::NotFound);
        job.error->fileBytesDone = bytesHere;
        m_dialog->setJob(job);
        m_rig->show();
        m_rig->find<QRadioButton>("fixSkipFile")->setChecked(true);
        QPushButton *resume = m_rig->button("resumeButton");
        QTest::mouseClick(resume, Qt::LeftButton);
        QCOMPARE(m_resumed->isEmpty(), bytesHere > 0);
        if (bytesHere > 0) {
            QVERIFY(m_rig->said("resumeEffect").contains(formatBytes(bytesHere)));
            QTest::mouseClick(resume, Qt::LeftButton);
        }
        QCOMPARE(m_resumed->size(), 1);
    }

    void everyRepairBecomesItsValue_data()
    {
        QTest::addColumn<int>("row");
        for (size_t row = 0; row < kRepairs.size(); ++row) {
            QTest::newRow(kRepairs[row].radio) << int(row);
        }
    }
    void everyRepairBecomesItsValue()
    {
        QFETCH(int, row);
        const Repair &repair = kRepairs[size_t(row)];
        open(jobStoppedBy(repair.cause));
        auto *radio = static_cast<QRadioButton *>(child(m_dialog, repair.radio));
        QVERIFY(radio);
        QTest::keyClick(radio, Qt::Key_Space);
        QVERIFY(radio->isChecked());
        repair.fillIn(m_dialog);
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        QTest::mouseClick(button("resumeButton"), Qt::LeftButton);
        if (repair.fixes == Fixes{fix::SkipFile{2}}) { // which costs bytes
            QTest::mouseClick(button("resumeButton"), Qt::LeftButton);
        }
        QCOMPARE(m_resumed->size(), 1);
        QCOMPARE(m_resumed->first().at(0).value<JobIds>(), JobIds{{7}});
        QCOMPARE(m_resumed->first().at(1).value<Fixes>(), repair.fixes);
    }

    void everyRepairOfEveryCauseHasAControl()
    {
        for (const Cause cause : kCauses) {
            open(jobStoppedBy(cause));
            const JobSnapshot job = jobStoppedBy(cause);
            for (const FixKind kind : fixesFor(job.error ? *job.error : *job.obstacle)) {
                const QString radio = QStringLiteral("fix") + QLatin1StringView(name(kind));
                const bool isOnly = fixesFor(job.error ? *job.error : *job.obstacle).size() == 1;
                QVERIFY2(isOnly || m_dialog->findChild<QRadioButton *>(radio), qPrintable(radio));
            }
        }
    }

    void enterInTheLinkFieldIsFixAndResume()
    {
        open(stoppedJob(Cause::Forbidden));
        QCOMPARE(m_dialog->focusWidget(), child(m_dialog, "linkEdit"));
        QTest::keyClicks(child(m_dialog, "linkEdit"), kNewLink); // the old one was selected
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        QTest::keyClick(child(m_dialog, "linkEdit"), Qt::Key_Return);
        QCOMPARE(m_resumed->size(), 1);
        QCOMPARE(m_resumed->first().at(1).value<Fixes>(), (Fixes{fix::NewLink{QUrl(kNewLink), 2}}));
    }

    void theAddressThatTheServerNamedIsThereAlready()
    {
        JobSnapshot job = stoppedJob(Cause::UploadElsewhere);
        job.error->url = QUrl(QStringLiteral("https://store.example/up?key=v"));
        open(job);
        QCOMPARE(static_cast<QLineEdit *>(child(m_dialog, "linkEdit"))->text(),
                 QStringLiteral("https://store.example/up?key=v"));
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        QTest::keyClick(child(m_dialog, "linkEdit"), Qt::Key_Return);
        QCOMPARE(m_resumed->first().at(1).value<Fixes>(),
                 (Fixes{fix::NewLink{job.error->url, job.error->fileIndex}}));
    }

    void aServerThatSpeaksNoTusIsSentToPlainlyFirst()
    {
        JobSnapshot job = stoppedJob(Cause::UploadNotTaken);
        job.type = JobType::Upload;
        job.error->type = JobType::Upload;
        job.error->step = Step::Prepare;
        open(job);
        QVERIFY(
            m_dialog->findChild<QRadioButton *>(QStringLiteral("fixOtherProtocol"))->isChecked());
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        button("resumeButton")->click();
        QCOMPARE(m_resumed->first().at(1).value<Fixes>(),
                 (Fixes{fix::OtherProtocol{UploadProtocol::Put}}));
    }

    void enterNeverPressesAnotherButton()
    {
        open(stoppedJob(Cause::Forbidden));
        for (const char *name : {"cancelButton", "completeButton"}) {
            button(name)->setFocus();
            QTest::keyClick(button(name), Qt::Key_Return);
        }
        QCOMPARE(m_resumed->size() + m_completed->size() + m_cancelled->size(), 0);
    }

    void pasteTakesTheLinkFromTheClipboard()
    {
        open(stoppedJob(Cause::Forbidden));
        QGuiApplication::clipboard()->setText(QStringLiteral("\n ") + kNewLink +
                                              QStringLiteral(" \n"));
        QTest::mouseClick(button("pasteButton"), Qt::LeftButton);
        QCOMPARE(static_cast<QLineEdit *>(child(m_dialog, "linkEdit"))->text(), kNewLink);
        QTRY_VERIFY(button("resumeButton")->isEnabled());
    }

    void whatCanDoHarmNeedsMoreThanEnter()
    {
        QList<Cause> answered;
        for (const Cause cause : kCauses) {
            open(jobStoppedBy(cause));
            m_resumed->clear();
            const bool isReady = button("resumeButton")->isEnabled();
            QTest::keyClick(m_dialog, Qt::Key_Return);
            QCOMPARE(m_resumed->size(), isReady ? 1 : 0);
            if (isReady) {
                answered.append(cause);
                // Compressed bytes are the file all the same.
                QVERIFY2(
                    cause == Cause::EncodedAnswer ||
                        std::ranges::none_of(m_resumed->first().at(1).value<Fixes>(), doesHarm),
                    name(cause));
            }
        }
        // Enter does answer where nothing can go wrong.
        QVERIFY(answered.contains(Cause::ServerFailed));
        QVERIFY(answered.contains(Cause::RemoteChanged));
        QVERIFY(answered.contains(Cause::NameExists));
        QVERIFY(!answered.contains(Cause::Untrusted));
    }

    void anotherCertificateIsAnotherQuestion()
    {
        JobSnapshot job = stoppedJob(Cause::Untrusted);
        open(job);
        QTest::keyClick(child(m_dialog, "fixTrustCertificate"), Qt::Key_Space);
        typing("fingerprintEdit", QString::fromLatin1(kFingerprint))(m_dialog);
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        job.error->certificate->sha256Hex = QByteArray(64, 'a');
        m_dialog->setJob(job);
        QVERIFY(!button("resumeButton")->isEnabled());
        QTest::keyClick(child(m_dialog, "fixTrustCertificate"), Qt::Key_Space);
        QVERIFY(!button("resumeButton")->isEnabled());
    }

    void theOldLinkIsNoRepair()
    {
        open(stoppedJob(Cause::Forbidden));
        QVERIFY(!button("resumeButton")->isEnabled());
        QCOMPARE(said("resumeEffect"),
                 QStringLiteral("This is the old link. Put a fresh one in its place."));
        QTest::keyClick(child(m_dialog, "linkEdit"), Qt::Key_Return);
        QCOMPARE(m_resumed->size(), 0);
    }

    void aBadLinkIsRefusedInline()
    {
        open(stoppedJob(Cause::Forbidden));
        typing("linkEdit", QStringLiteral("ftp://x"))(m_dialog);
        QTRY_COMPARE(said("remarkNewLink"), explain(reportOnLink(QStringLiteral("ftp://x"))));
        QVERIFY(!button("resumeButton")->isEnabled());
        QCOMPARE(said("resumeEffect"), QStringLiteral("Correct what is marked above first."));
    }

    void fullDriveWaitsForRoom()
    {
        JobSnapshot job = stoppedJob(Cause::DiskFull);
        m_rig->script.folders.insert(job.folder,
                                     {.folder = job.folder, .freeBytes = 1000, .problem = {}});
        open(job);
        QTRY_COMPARE(said("resumeEffect"),
                     QStringLiteral("%1 are still to come and %2 are free: free at least %1 more.")
                         .arg(formatBytes(19'700'000'000), formatBytes(1000)));
        QVERIFY(!button("resumeButton")->isEnabled());
        QVERIFY(!said("whatToDo").contains(u'5')); // there is one sum, and no other
        m_rig->script.folders.insert(
            job.folder, {.folder = job.folder, .freeBytes = 19'800'000'000, .problem = {}});
        QTRY_VERIFY(button("resumeButton")->isEnabled());
    }

    void theFolderThatFailedIsNoRepair()
    {
        const JobSnapshot job = stoppedJob(Cause::NoPermission);
        open(job);
        typing("folderEdit", job.folder)(m_dialog);
        QTRY_VERIFY(!button("resumeButton")->isEnabled());
    }

    void escSendsNothing()
    {
        open(stoppedJob(Cause::Forbidden));
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_resumed->size() + m_completed->size() + m_cancelled->size(), 0);
    }

    void isNeitherModalNorOnTop()
    {
        open(stoppedJob(Cause::Forbidden));
        QVERIFY(!m_dialog->isModal());
        QVERIFY(!m_dialog->windowFlags().testFlag(Qt::WindowStaysOnTopHint));
    }

    void acceptPartialGoesOutAtOnce()
    {
        open(stoppedJob(Cause::Forbidden));
        QTest::mouseClick(button("completeButton"), Qt::LeftButton);
        QCOMPARE(m_completed->size(), 1);
        QCOMPARE(m_completed->first().at(0).value<JobIds>(), JobIds{{7}});
    }

    void anUploadCannotBeAcceptedInPart()
    {
        open(stoppedUpload());
        QVERIFY(!button("completeButton")->isEnabled());
        QCOMPARE(said("completeEffect"), describeComplete(stoppedUpload()));
        QVERIFY(button("cancelButton")->isEnabled());
        QTest::mouseClick(button("completeButton"), Qt::LeftButton);
        QCOMPARE(m_completed->size(), 0);
    }

    void cancelAsksOnceMoreWhenBytesWouldBeLost()
    {
        open(stoppedJob(Cause::Forbidden));
        const QString effect = said("cancelEffect");
        QTest::mouseClick(button("cancelButton"), Qt::LeftButton);
        QCOMPARE(m_cancelled->size(), 0);
        QVERIFY(said("cancelEffect") != effect);
        QTest::mouseClick(button("cancelButton"), Qt::LeftButton);
        QCOMPARE(m_cancelled->size(), 1);
    }

    void aDoubleClickDoesNotConfirmCancel()
    {
        open(stoppedJob(Cause::Forbidden));
        const QString effect = said("cancelEffect");
        // As a window system sends it: the second press comes as a double-click.
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease,
                                QEvent::MouseButtonDblClick, QEvent::MouseButtonRelease}) {
            const QPointF at(5, 5);
            const bool isUp = type == QEvent::MouseButtonRelease;
            QMouseEvent event(type, at, button("cancelButton")->mapToGlobal(at), Qt::LeftButton,
                              isUp ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(button("cancelButton"), &event);
        }
        QCOMPARE(m_cancelled->size(), 0);
        QVERIFY(said("cancelEffect") != effect);
        QTest::mouseClick(button("cancelButton"), Qt::LeftButton);
        QCOMPARE(m_cancelled->size(), 1);
    }

    void lookingElsewhereTakesCancelBack()
    {
        open(stoppedJob(Cause::Forbidden));
        const QString effect = said("cancelEffect");
        QTest::mouseClick(button("cancelButton"), Qt::LeftButton);
        child(m_dialog, "linkEdit")->setFocus();
        QCOMPARE(said("cancelEffect"), effect);
        QTest::mouseClick(button("cancelButton"), Qt::LeftButton);
        QCOMPARE(m_cancelled->size(), 0);
    }

    void cancelOfAJobWithoutBytesNeedsNoSecondClick()
    {
        open(stoppedBeforeTheFirstByte(Cause::NameNotFound));
        QTest::mouseClick(button("cancelButton"), Qt::LeftButton);
        QCOMPARE(m_cancelled->size(), 1);
    }

    void aResumedJobClosesIt_data()
    {
        QTest::addColumn<JobState>("state");
        for (const JobState state :
             {JobState::Queued, JobState::Connecting, JobState::Transferring, JobState::Suspended,
              JobState::Transferred, JobState::Acknowledged, JobState::Cancelled}) {
            QTest::newRow(name(state)) << state;
        }
    }
    void aResumedJobClosesIt()
    {
        QFETCH(JobState, state);
        JobSnapshot job = stoppedJob(Cause::Forbidden);
        open(job);
        job.state = state;
        job.error.reset();
        m_dialog->setJob(job);
        QVERIFY(!m_dialog->isVisible());
    }

    void aTryOfTheEngineDoesNotCloseTheQuestionUnderOnesHands()
    {
        JobSnapshot job = stoppedJob(Cause::ConnectionRefused);
        job.state = JobState::TransientError;
        open(job);
        JobSnapshot trying = job;
        trying.state = JobState::Connecting;
        m_dialog->setJob(trying);
        QVERIFY(m_dialog->isVisible());
        m_dialog->setJob(job);
        trying.state = JobState::Transferring;
        m_dialog->setJob(trying);
        QVERIFY(!m_dialog->isVisible());
    }

    void whatWasTypedStaysWhileTheQuestionIsTheSame()
    {
        JobSnapshot job = stoppedJob(Cause::Forbidden);
        open(job);
        typing("linkEdit", kNewLink)(m_dialog);
        job.error->evidence.attempt = 4;
        job.progress.filesDone = 3;
        m_dialog->setJob(job);
        QCOMPARE(static_cast<QLineEdit *>(child(m_dialog, "linkEdit"))->text(), kNewLink);
        QVERIFY(said("howMuch").contains(u'3'));
    }

    void anotherErrorIsAnotherQuestion()
    {
        open(stoppedJob(Cause::Forbidden));
        m_dialog->setJob(stoppedJob(Cause::DiskFull));
        QVERIFY(!child(m_dialog, "linkEdit"));
        QVERIFY(child(m_dialog, "fixFreeSpace"));
    }

    void textFromOutsideIsNeverInterpreted()
    {
        JobSnapshot job = stoppedJob(Cause::Forbidden);
        const QString hostile = QStringLiteral("<img src=x> & [*].iso");
        job.name = hostile;
        m_rig->script.files = {
            {}, {}, {.id = {job.id, 2}, .state = FileState::Failed, .url = {}, .name = hostile}};
        open(job);
        QTRY_VERIFY(said("whichFile").contains(hostile));
        QVERIFY(m_dialog->windowTitle().contains(QStringLiteral("<img src=x> & [*][*].iso")));
        for (const QLabel *label : m_dialog->findChildren<QLabel *>()) {
            const bool isOurs = label->buddy() || !label->pixmap(Qt::ReturnByValue).isNull();
            QVERIFY2(isOurs || label->textFormat() == Qt::PlainText, qPrintable(label->text()));
        }
    }

    void whatStandsInTheWayOfAcceptingIsSaid()
    {
        open(jobWithNameTaken());
        QTest::mouseClick(button("completeButton"), Qt::LeftButton);
        QCOMPARE(m_completed->size(), 1);
        m_dialog->showObstacle(); // nothing has changed, so nothing else would be seen
        QVERIFY(said("refusal").contains(QStringLiteral("There is already a file named")));
    }

    void aPasswordThatGoesUnencryptedIsWarnedOf()
    {
        JobSnapshot job = stoppedJob(Cause::LoginRequired);
        open(job);
        QVERIFY(!child(m_dialog, "unencryptedWarning"));
        job.error->url.setScheme(QStringLiteral("http"));
        m_dialog->setJob(job);
        QVERIFY(said("unencryptedWarning").contains(QStringLiteral("downloads.example.org")));
    }

    void aLoginThatIsAskedForAgainBeginsWithItsName()
    {
        m_dialog->proposeUser(QStringLiteral("anna"));
        open(stoppedJob(Cause::LoginRequired));
        QCOMPARE(static_cast<QLineEdit *>(child(m_dialog, "userEdit"))->text(),
                 QStringLiteral("anna"));
        QCOMPARE(m_dialog->focusWidget(), child(m_dialog, "passwordEdit"));
        QVERIFY(!button("resumeButton")->isEnabled()); // Enter would try an empty one
        QTest::keyClicks(child(m_dialog, "passwordEdit"), QStringLiteral("x"));
        QVERIFY(button("resumeButton")->isEnabled());
    }

    void whoChoosesByMouseCanFillInAtOnce()
    {
        open(stoppedJob(Cause::Forbidden));
        clickOn("fixHeaders");
        QTRY_COMPARE(m_dialog->focusWidget(), child(m_dialog, "headersEdit"));
    }

    void theButtonsStayWhereTheyAre()
    {
        open(stoppedJob(Cause::Forbidden));
        const auto places = [this] {
            QList<QPoint> all;
            for (const char *name : {"cancelButton", "completeButton", "resumeButton"}) {
                all.append(button(name)->mapTo(m_dialog, QPoint()));
            }
            return all;
        };
        const QSize size = m_dialog->size();
        const QList<QPoint> before = places();
        for (const char *radio : {"fixHeaders", "fixSkipFile", "fixRetry", "fixNewLink"}) {
            clickOn(radio);
            QVERIFY(static_cast<QRadioButton *>(child(m_dialog, radio))->isChecked());
            QTest::qWait(1);
            QCOMPARE(places(), before);
        }
        typing("linkEdit", QStringLiteral("ftp://x"))(m_dialog);
        QTRY_VERIFY(!said("remarkNewLink").isEmpty());
        QTest::mouseClick(button("cancelButton"), Qt::LeftButton);
        m_dialog->showRefusal({.kind = RefusalKind::Busy, .job = {7}, .subject = {}});
        QTest::qWait(1);
        QCOMPARE(places(), before);
        QCOMPARE(m_dialog->size(), size);
    }

    void itHasTheSizeThatItNeedsBeforeItIsShown()
    {
        m_dialog->setJob(stoppedJob(Cause::Forbidden));
        QSize asked;
        m_rig->show();
        asked = m_dialog->size();
        QTest::qWait(50);
        QCOMPARE(m_dialog->size(), asked);
        QVERIFY(m_dialog->height() <= m_dialog->screen()->availableSize().height());
    }

    void aRefusalIsSaidInline()
    {
        open(stoppedJob(Cause::Forbidden));
        const Refusal refusal{.kind = RefusalKind::Busy, .job = {7}, .subject = {}};
        QCOMPARE(said("refusal"), QString());
        m_dialog->showRefusal(refusal);
        QCOMPARE(said("refusal"), explain(refusal));
    }

    void detailsOpenAndTheReportCanBeCopied()
    {
        open(stoppedJob(Cause::Forbidden));
        auto *evidence = static_cast<QPlainTextEdit *>(child(m_dialog, "evidence"));
        QVERIFY(!evidence->isVisible());
        m_dialog->findChild<QToolButton *>(QStringLiteral("toggle"))->click();
        QVERIFY(evidence->isVisible());
        QVERIFY(evidence->toPlainText().contains(QStringLiteral("403")));
        button("copyReportButton")->click();
        const QString report = QGuiApplication::clipboard()->text();
        QVERIFY(report.contains(QStringLiteral("Forbidden")) &&
                !report.contains(QStringLiteral("c0ffee")));
    }

    void tabReachesTheButtonsAfterTheRepair()
    {
        open(stoppedJob(Cause::Forbidden));
        QStringList order;
        QWidget *widget = m_dialog->focusWidget();
        for (int step = 0; step < 12; ++step) {
            order += widget->objectName();
            widget = nextByTab(widget);
        }
        const QStringList wanted{QStringLiteral("linkEdit"),     QStringLiteral("pasteButton"),
                                 QStringLiteral("pageButton"),   QStringLiteral("toggle"),
                                 QStringLiteral("cancelButton"), QStringLiteral("completeButton")};
        QCOMPARE(order.first(wanted.size()), wanted);
    }

private:
    void open(const JobSnapshot &job)
    {
        m_dialog->setJob(job);
        m_rig->show();
    }
    /// On its mark: what is beside the words of a radio button does not choose it.
    void clickOn(const char *radio)
    {
        QWidget *widget = child(m_dialog, radio);
        QTest::mouseClick(widget, Qt::LeftButton, {}, QPoint(8, widget->height() / 2));
    }
    [[nodiscard]] QPushButton *button(const char *name) const { return m_rig->button(name); }
    [[nodiscard]] QString said(const char *label) const { return m_rig->said(label); }
    [[nodiscard]] QWidget *nextByTab(QWidget *from) const
    {
        from->setFocus();
        QTest::keyClick(from, Qt::Key_Tab);
        return m_dialog->focusWidget();
    }

    std::unique_ptr<DialogRig<ui::ErrorDialog>> m_rig;
    ui::ErrorDialog *m_dialog = nullptr;
    std::unique_ptr<QSignalSpy> m_resumed;
    std::unique_ptr<QSignalSpy> m_completed;
    std::unique_ptr<QSignalSpy> m_cancelled;
};

BELLHOP_TEST(ErrorDialogTest)
#include "tst_error_dialog.moc"
