// SPDX-License-Identifier: Apache-2.0
// The error dialog without a mouse.
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/dialog_rig.h"
#include "tests/ui/dialogs/sample_jobs.h"
#include "ui/dialogs/error_dialog.h"

#include <QCheckBox>
#include <QLineEdit>
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
        m_rig = std::make_unique<DialogRig<ui::ErrorDialog>>();
        m_dialog = m_rig->dialog.get();
        m_resumed = std::make_unique<QSignalSpy>(m_dialog, &ui::ErrorDialog::resumeRequested);
    }

    void cleanup() { m_rig.reset(); }

    void itBeginsWhereALinkIsPastedAndTabGoesOnInTheOrderOfReading()
    {
        open(stoppedJob(Cause::Untrusted));
        QCOMPARE(focused(), QStringLiteral("linkEdit"));
        QCOMPARE(visited(Qt::Key_Tab, 5),
                 QStringList({QStringLiteral("pasteButton"), QStringLiteral("pageButton"),
                              QStringLiteral("toggle"), QStringLiteral("cancelButton"),
                              QStringLiteral("completeButton")}));
    }

    void theTrustIsReachedByArrowsAndTabGoesToWhereTheFingerprintIsPasted_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::newRow("nobody vouches for it") << Cause::Untrusted;
        QTest::newRow("of another host") << Cause::CertificateOfOtherHost;
    }
    void theTrustIsReachedByArrowsAndTabGoesToWhereTheFingerprintIsPasted()
    {
        QFETCH(Cause, cause);
        open(stoppedJob(cause));
        QVERIFY(tabTo(QStringLiteral("fixNewLink")));
        press(Qt::Key_Down);
        QCOMPARE(focused(), QStringLiteral("fixTrustCertificate"));
        QCOMPARE(visited(Qt::Key_Tab, 5),
                 QStringList({QStringLiteral("fingerprintEdit"), QStringLiteral("comparedCheck"),
                              QStringLiteral("toggle"), QStringLiteral("cancelButton"),
                              QStringLiteral("completeButton")}));
    }

    void backwardsIsWhatThereIsToCompareWith()
    {
        openTrust(stoppedJob(Cause::Untrusted));
        QVERIFY(tabTo(QStringLiteral("fingerprintEdit")));
        QCOMPARE(visited(Qt::Key_Backtab, 3), QStringList({QStringLiteral("copyFingerprintButton"),
                                                           QStringLiteral("fingerprint"),
                                                           QStringLiteral("fixTrustCertificate")}));
    }

    void aCertificateThatIsNotComparedIsNotTrustedByEnter()
    {
        open(stoppedBeforeTheFirstByte(Cause::Untrusted));
        press(Qt::Key_Return);
        openTrust(stoppedBeforeTheFirstByte(Cause::Untrusted));
        QVERIFY(!resumeButton()->isEnabled());
        press(Qt::Key_Return);
        QVERIFY(tabTo(QStringLiteral("comparedCheck")));
        press(Qt::Key_Return);
        QVERIFY(m_resumed->isEmpty());
    }

    void aCertificateIsComparedAndTrusted()
    {
        openTrust(stoppedBeforeTheFirstByte(Cause::Untrusted));
        QVERIFY(tabTo(QStringLiteral("comparedCheck")));
        press(Qt::Key_Space);
        QVERIFY(resumeButton()->isEnabled());
        press(Qt::Key_Return);
        QCOMPARE(trustedFingerprints(), QByteArrayList{fingerprint(Cause::Untrusted)});
    }

    void aLetterWithAltIsNotTyped()
    {
        open(stoppedJob(Cause::Forbidden));
        QVERIFY(!resumeButton()->isEnabled()); // so nothing answers to it
        auto *edit = m_rig->find<QLineEdit>("linkEdit");
        const QString before = edit->text();
        QTest::keyClick(edit, Qt::Key_F, Qt::AltModifier);
        QCOMPARE(edit->text(), before);
        QTest::keyClick(edit, Qt::Key_F);
        QCOMPARE(edit->text(), QStringLiteral("f"));
    }

    void theButtonTakesSpaceToo()
    {
        openTrust(stoppedJob(Cause::CertificateOfOtherHost));
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
        m_rig->show();
    }
    void openTrust(const JobSnapshot &job)
    {
        open(job);
        require(tabTo(QStringLiteral("fixNewLink")), QStringLiteral("no choice of repairs"));
        press(Qt::Key_Down);
        require(focused() == QStringLiteral("fixTrustCertificate"), focused());
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
    [[nodiscard]] QPushButton *resumeButton() const { return m_rig->button("resumeButton"); }
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

    std::unique_ptr<DialogRig<ui::ErrorDialog>> m_rig;
    ui::ErrorDialog *m_dialog = nullptr;
    std::unique_ptr<QSignalSpy> m_resumed;
};

BELLHOP_TEST(DialogKeyboardTest)
#include "tst_dialog_keyboard.moc"
