// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_program.h"
#include "ui/actions/placed_window.h"

#include <QTest>
#include <QWidget>

class PlacedWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatIsToBePutOverAWindowWaitsForItsPlace()
    {
        QWidget window;
        ui::PlacedWindow placed(&window);
        int done = 0;
        const auto count = [&done] { ++done; };
        placed.whenPlaced(count); // nothing is on its way to the screen
        QCOMPARE(done, 1);
        window.show();
        placed.whenPlaced(count);
        placed.whenPlaced(count);
        QCOMPARE(done, 1);
        QTRY_COMPARE(done, 3);
        placed.whenPlaced(count);
        QCOMPARE(done, 4);
        window.hide();
        window.show(); // to where it was
        placed.whenPlaced(count);
        QCOMPARE(done, 5);
    }
};

BELLHOP_TEST(PlacedWindowTest)
#include "tst_placed_window.moc"
