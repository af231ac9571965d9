// SPDX-License-Identifier: Apache-2.0
// The error dialog without a mouse.
#include "tests/support/fake_job_service.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_script.h"
#include "tests/ui/dialogs/sample_jobs.h"
#include "ui/dialogs/error_dialog.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace core;

class DialogKeyboardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
        m_service = std::make_unique<FakeJobService>();
        answerFrom(&m_script, m_service.get());
        m_dialog = std::make_unique<ui::ErrorDialog>(m_service.get(), nullptr);
        m_resumed = std::make_unique<QSignalSpy>(m_dialog.get(), &ui::ErrorDialog::resumeRequested);
    }

    void itBeginsWhereTheFingerprintIsPastedAndTabGoesOnInTheOrderOfReading()
    {
        open(stoppedJob(Cause::Untrusted));
        QCOMPARE(focused(), QStringLiteral("fingerprintEdit"));
        QCOMPARE(visited(Qt::Key_Tab, 4),
                 QStringList({QStringLiteral("comparedCheck"), QStringLiteral("toggle"),
                              QStringLiteral("cancelButton"), QStringLiteral("completeButton")}));
    }

    void backwardsIsWhatThereIsToCompareWith()
    {
        open(stoppedJob(Cause::Untrusted));
        QCOMPARE(visited(Qt::Key_Backtab, 3), QStringList({QStringLiteral("copyFingerprintButton"),
                                                           QStringLiteral("fingerprint"),
                                                           QStringLiteral("fixTrustCertificate")}));
    }

    void aCertificateThatIsNotComparedIsNotTrustedByEnter()
    {
        open(stoppedBeforeTheFirstByte(Cause::Untrusted));
        QVERIFY(!resumeButton()->isEnabled());
        press(Qt::Key_Return);
        QVERIFY(tabTo(QStringLiteral("comparedCheck")));
        press(Qt::Key_Return);
        QVERIFY(m_resumed->isEmpty());
    }

    void aCertificateIsComparedAndTrusted()
    {
        open(stoppedBeforeTheFirstByte(Cause::Untrusted));
        QVERIFY(tabTo(QStringLiteral("comparedCheck")));
        press(Qt::Key_Space);
        QVERIFY(resumeButton()->isEnabled());
        press(Qt::Key_Return);
        QCOMPARE(trustedFingerprints(), QByteArrayList{fingerprint(Cause::Untrusted)});
    }

    void theTrustThatIsNotTheFirstChoiceIsReachedByArrows()
    {
        open(stoppedJob(Cause::CertificateOfOtherHost));
        QVERIFY(tabTo(QStringLiteral("fixNewLink")));
        press(Qt::Key_Down);
        QCOMPARE(focused(), QStringLiteral("fixTrustCertificate"));
        QVERIFY(tabTo(QStringLiteral("comparedCheck")));
        press(Qt::Key_Space);
        QVERIFY(tabTo(QStringLiteral("resumeButton")));
        press(Qt::Key_Space);
        QCOMPARE(trustedFingerprints(), QByteArrayList{fingerprint(Cause::CertificateOfOtherHost)});
    }

private:
    void open(const JobSnapshot &job)
    {
        m_dialog->setJob(job);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    [[nodiscard]] QString focused() const { return m_dialog->focusWidget()->objectName(); }
    void press(Qt::Key key) { QTest::keyClick(m_dialog->focusWidget(), key); }
    [[nodiscard]] QStringList visited(Qt::Key key, int steps)
    {
        QStringList names;
        while (steps-- > 0) {
            press(key);
            names.append(focused());
        }
        return names;
    }
    /// Whether Tab comes to it.
    [[nodiscard]] bool tabTo(const QString &name)
    {
        const qsizetype most = m_dialog->findChildren<QWidget *>().size();
        for (qsizetype step = 0; step < most && focused() != name; ++step) {
            press(Qt::Key_Tab);
        }
        return focused() == name;
    }
    [[nodiscard]] QPushButton *resumeButton() const
    {
        return m_dialog->findChild<QPushButton *>(QStringLiteral("resumeButton"));
    }
    [[nodiscard]] QByteArrayList trustedFingerprints() const
    {
        QByteArrayList all;
        for (const QList<QVariant> &sent : *m_resumed) {
            for (const Fix &fix : sent.at(1).value<Fixes>()) {
                all += std::get<fix::TrustCertificate>(fix).sha256Hex;
            }
        }
        return all;
    }
    [[nodiscard]] static QByteArray fingerprint(Cause cause)
    {
        return stoppedJob(cause).error->certificate->sha256Hex;
    }

    DialogScript m_script;
    std::unique_ptr<FakeJobService> m_service;
    std::unique_ptr<ui::ErrorDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_resumed;
};

BELLHOP_TEST(DialogKeyboardTest)
#include "tst_dialog_keyboard.moc"
