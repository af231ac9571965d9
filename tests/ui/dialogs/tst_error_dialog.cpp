// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/error_dialog.h"

#include "core/remedy/catalogue.h"
#include "core/words/explain_service.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_script.h"
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
           {fix::Login{{QStringLiteral("anna"), QStringLiteral("p:w")}}}},
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
           {fix::TrustCertificate{kFingerprint}}},
    Repair{"fixProxy",
           Cause::ProxyUnreachable,
           typing("proxyEdit", QStringLiteral("socks5://localhost")),
           {fix::Proxy{QUrl(QStringLiteral("socks5://localhost"))}}},
    Repair{"fixAllowInsecure", Cause::InsecureRedirect, nothing, {fix::AllowInsecure{}}},
    Repair{"fixOtherHash",
           Cause::HashMismatch,
           typing("hashEdit", QString(32, u'1')),
           {fix::OtherHash{recognizeHash(QString(32, u'1')), 2}}},
    Repair{"fixAccept", Cause::WebPageInstead, nothing, {fix::Accept{2}}},
};

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
        m_script = {};
        m_service = std::make_unique<FakeJobService>();
        answerFrom(&m_script, m_service.get());
        m_dialog = std::make_unique<ui::ErrorDialog>(m_service.get(), nullptr);
        m_resumed = std::make_unique<QSignalSpy>(m_dialog.get(), &ui::ErrorDialog::resumeRequested);
        m_completed =
            std::make_unique<QSignalSpy>(m_dialog.get(), &ui::ErrorDialog::completeRequested);
        m_cancelled =
            std::make_unique<QSignalSpy>(m_dialog.get(), &ui::ErrorDialog::cancelRequested);
    }

    void cleanup()
    {
        QVERIFY(onlyAsked(*m_service)); // a dialog asks; its owner sends
        m_dialog.reset();
        m_service.reset();
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
        auto *radio = static_cast<QRadioButton *>(child(m_dialog.get(), repair.radio));
        QVERIFY(radio);
        QTest::keyClick(radio, Qt::Key_Space);
        QVERIFY(radio->isChecked());
        repair.fillIn(m_dialog.get());
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        QTest::mouseClick(button("resumeButton"), Qt::LeftButton);
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
        QCOMPARE(m_dialog->focusWidget(), child(m_dialog.get(), "linkEdit"));
        QTest::keyClicks(child(m_dialog.get(), "linkEdit"), kNewLink); // the old one was selected
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        QTest::keyClick(child(m_dialog.get(), "linkEdit"), Qt::Key_Return);
        QCOMPARE(m_resumed->size(), 1);
        QCOMPARE(m_resumed->first().at(1).value<Fixes>(), (Fixes{fix::NewLink{QUrl(kNewLink), 2}}));
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
        QCOMPARE(static_cast<QLineEdit *>(child(m_dialog.get(), "linkEdit"))->text(), kNewLink);
        QTRY_VERIFY(button("resumeButton")->isEnabled());
    }

    void whatCanDoHarmNeedsMoreThanEnter()
    {
        for (const Cause cause : kCauses) {
            open(jobStoppedBy(cause));
            m_resumed->clear();
            QTest::keyClick(m_dialog.get(), Qt::Key_Return);
            for (const QList<QVariant> &sent : *m_resumed) {
                for (const Fix &fix : sent.at(1).value<Fixes>()) {
                    const bool isHarmful = std::holds_alternative<fix::TrustCertificate>(fix) ||
                                           std::holds_alternative<fix::AllowInsecure>(fix) ||
                                           std::holds_alternative<fix::OtherHash>(fix) ||
                                           std::holds_alternative<fix::Accept>(fix) ||
                                           std::holds_alternative<fix::Proxy>(fix) ||
                                           std::holds_alternative<fix::Replace>(fix);
                    QVERIFY2(!isHarmful, name(cause));
                }
            }
        }
    }

    void anotherCertificateIsAnotherQuestion()
    {
        JobSnapshot job = stoppedJob(Cause::Untrusted);
        open(job);
        typing("fingerprintEdit", QString::fromLatin1(kFingerprint))(m_dialog.get());
        QTRY_VERIFY(button("resumeButton")->isEnabled());
        job.error->certificate->sha256Hex = QByteArray(64, 'a');
        m_dialog->setJob(job);
        QVERIFY(!button("resumeButton")->isEnabled());
    }

    void theOldLinkIsNoRepair()
    {
        open(stoppedJob(Cause::Forbidden));
        QVERIFY(!button("resumeButton")->isEnabled());
        QVERIFY(!said("resumeEffect").isEmpty());
        QTest::keyClick(child(m_dialog.get(), "linkEdit"), Qt::Key_Return);
        QCOMPARE(m_resumed->size(), 0);
    }

    void aBadLinkIsRefusedInline()
    {
        open(stoppedJob(Cause::Forbidden));
        typing("linkEdit", QStringLiteral("ftp://x"))(m_dialog.get());
        QTRY_COMPARE(said("remarkNewLink"), explain(reportOnLink(QStringLiteral("ftp://x"))));
        QVERIFY(!button("resumeButton")->isEnabled());
        QVERIFY(!said("resumeEffect").isEmpty());
    }

    void fullDriveWaitsForRoom()
    {
        JobSnapshot job = stoppedJob(Cause::DiskFull);
        m_script.folders.insert(job.folder,
                                {.folder = job.folder, .freeBytes = 1000, .problem = {}});
        open(job);
        QTRY_VERIFY(!button("resumeButton")->isEnabled());
        m_script.folders.insert(job.folder,
                                {.folder = job.folder, .freeBytes = 9'000'000'000, .problem = {}});
        QTRY_VERIFY(button("resumeButton")->isEnabled());
    }

    void theFolderThatFailedIsNoRepair()
    {
        const JobSnapshot job = stoppedJob(Cause::NoPermission);
        open(job);
        typing("folderEdit", job.folder)(m_dialog.get());
        QTRY_VERIFY(!button("resumeButton")->isEnabled());
    }

    void escSendsNothing()
    {
        open(stoppedJob(Cause::Forbidden));
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
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
        QVERIFY(!said("completeEffect").isEmpty());
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
        child(m_dialog.get(), "linkEdit")->setFocus();
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
        typing("linkEdit", kNewLink)(m_dialog.get());
        job.error->evidence.attempt = 4;
        job.progress.filesDone = 3;
        m_dialog->setJob(job);
        QCOMPARE(static_cast<QLineEdit *>(child(m_dialog.get(), "linkEdit"))->text(), kNewLink);
        QVERIFY(said("howMuch").contains(u'3'));
    }

    void anotherErrorIsAnotherQuestion()
    {
        open(stoppedJob(Cause::Forbidden));
        m_dialog->setJob(stoppedJob(Cause::DiskFull));
        QVERIFY(!child(m_dialog.get(), "linkEdit"));
        QVERIFY(child(m_dialog.get(), "fixFreeSpace"));
    }

    void textFromOutsideIsNeverInterpreted()
    {
        JobSnapshot job = stoppedJob(Cause::Forbidden);
        const QString hostile = QStringLiteral("<img src=x> & [*].iso");
        job.name = hostile;
        m_script.files = {
            {}, {}, {.id = {job.id, 2}, .state = FileState::Failed, .url = {}, .name = hostile}};
        open(job);
        QTRY_VERIFY(said("whichFile").contains(hostile));
        QVERIFY(m_dialog->windowTitle().contains(QStringLiteral("<img src=x> & [*][*].iso")));
        for (const QLabel *label : m_dialog->findChildren<QLabel *>()) {
            const bool isOurs = label->buddy() || !label->pixmap(Qt::ReturnByValue).isNull();
            QVERIFY2(isOurs || label->textFormat() == Qt::PlainText, qPrintable(label->text()));
        }
    }

    void aRefusalIsSaidInline()
    {
        open(stoppedJob(Cause::Forbidden));
        m_dialog->showRefusal({.kind = RefusalKind::Busy, .job = {7}});
        QVERIFY(!said("refusal").isEmpty());
    }

    void detailsOpenAndTheReportCanBeCopied()
    {
        open(stoppedJob(Cause::Forbidden));
        auto *evidence = static_cast<QPlainTextEdit *>(child(m_dialog.get(), "evidence"));
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
        const QStringList wanted{QStringLiteral("linkEdit"), QStringLiteral("pasteButton"),
                                 QStringLiteral("toggle"), QStringLiteral("cancelButton"),
                                 QStringLiteral("completeButton")};
        QCOMPARE(order.first(wanted.size()), wanted);
    }

private:
    void open(const JobSnapshot &job)
    {
        m_dialog->setJob(job);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return static_cast<QPushButton *>(child(m_dialog.get(), name));
    }
    [[nodiscard]] QString said(const char *label) const
    {
        return child(m_dialog.get(), label)->accessibleName();
    }
    [[nodiscard]] QWidget *nextByTab(QWidget *from) const
    {
        from->setFocus();
        QTest::keyClick(from, Qt::Key_Tab);
        return m_dialog->focusWidget();
    }

    DialogScript m_script;
    std::unique_ptr<FakeJobService> m_service;
    std::unique_ptr<ui::ErrorDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_resumed;
    std::unique_ptr<QSignalSpy> m_completed;
    std::unique_ptr<QSignalSpy> m_cancelled;
};

BELLHOP_TEST(ErrorDialogTest)
#include "tst_error_dialog.moc"
