// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_job_service.h"
#include "tests/ui/dialogs/dialog_script.h"
#include "tests/ui/dialogs/sample_jobs.h"
#include "ui/dialogs/error_dialog.h"

#include <QSignalSpy>
#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

/// A certificate can be compared and trusted without a mouse.
class ErrorDialogKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window that it does not do size hints.
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
        m_script = {};
        m_service = std::make_unique<FakeJobService>();
        answerFrom(&m_script, m_service.get());
        m_dialog = std::make_unique<ui::ErrorDialog>(m_service.get(), nullptr);
        m_dialog->setJob(stoppedJob(Cause::Untrusted));
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    void cleanup()
    {
        m_dialog.reset();
        m_service.reset();
    }

    void itBeginsWhereTheFingerprintIsPasted() { QCOMPARE(focus(), u"fingerprintEdit"_s); }

    void tabGoesOnInTheOrderOfReading()
    {
        QCOMPARE(visited(Qt::Key_Tab, 4), QStringList({u"comparedCheck"_s, u"toggle"_s,
                                                       u"cancelButton"_s, u"completeButton"_s}));
    }

    void backwardsIsWhatThereIsToCompareWith()
    {
        QCOMPARE(
            visited(Qt::Key_Backtab, 3),
            QStringList({u"copyFingerprintButton"_s, u"fingerprint"_s, u"fixTrustCertificate"_s}));
    }

    void whoComparedTrustsItWithTheSpaceBar()
    {
        const QSignalSpy resumed(m_dialog.get(), &ui::ErrorDialog::resumeRequested);
        QCOMPARE(visited(Qt::Key_Tab, 1), QStringList{u"comparedCheck"_s});
        press(Qt::Key_Space);
        const QStringList way = visited(Qt::Key_Tab, 4);
        QCOMPARE(way.last(), u"resumeButton"_s);
        QVERIFY(resumed.isEmpty());
        press(Qt::Key_Space);
        QCOMPARE(resumed.size(), 1);
        const auto fixes = resumed.first().at(1).value<Fixes>();
        const QByteArray shown = stoppedJob(Cause::Untrusted).error->certificate->sha256Hex;
        QCOMPARE(fixes, Fixes{fix::TrustCertificate{shown}});
    }

private:
    [[nodiscard]] QString focus() const
    {
        return m_dialog->focusWidget() ? m_dialog->focusWidget()->objectName() : QString();
    }
    void press(Qt::Key key) const { QTest::keyClick(m_dialog->focusWidget(), key); }
    [[nodiscard]] QStringList visited(Qt::Key key, int steps) const
    {
        QStringList names;
        while (steps-- > 0) {
            press(key);
            names.append(focus());
        }
        return names;
    }

    DialogScript m_script;
    std::unique_ptr<FakeJobService> m_service;
    std::unique_ptr<ui::ErrorDialog> m_dialog;
};

QTEST_MAIN(ErrorDialogKeysTest)
#include "tst_error_dialog_keys.moc"
