// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/close_rule.h"

#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

using ui::CloseAction;
using ui::Tray;

class CloseRuleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void hidesOnlyIntoATrayThatIsThereAndOnlyForWork_data()
    {
        QTest::addColumn<Tray>("tray");
        QTest::addColumn<int>("busyJobs");
        QTest::addColumn<CloseAction>("action");
        QTest::newRow("no work, no tray") << Tray::Absent << 0 << CloseAction::Quit;
        QTest::newRow("no work, a tray") << Tray::Present << 0 << CloseAction::Quit;
        QTest::newRow("work and a tray") << Tray::Present << 1 << CloseAction::HideToTray;
        QTest::newRow("work, no tray") << Tray::Absent << 3 << CloseAction::LeaveJobs;
    }
    void hidesOnlyIntoATrayThatIsThereAndOnlyForWork()
    {
        QFETCH(Tray, tray);
        QFETCH(int, busyJobs);
        QFETCH(CloseAction, action);
        QCOMPARE(ui::closeAction(tray, busyJobs), action);
    }
};

BELLHOP_TEST(CloseRuleTest)
#include "tst_close_rule.moc"
