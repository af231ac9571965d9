// SPDX-License-Identifier: Apache-2.0
#include "core/job/part_mark.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

class PartMarkTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aMarkIsReadAsItWasWritten()
    {
        const PartMark mark{{{7}, 3}, u"/home/änna/.local/state/bell hop"_s};
        QCOMPARE(partMarkFrom(toBytes(mark)), std::optional(mark));
    }

    void whatIsNoMarkIsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char *bytes : {"", " ", "7", "7 3", "7 3 ", "7 3 state", "0 3 /state",
                                  "-1 3 /state", "7 -1 /state", "x 3 /state", "7 y /state",
                                  "7 99999999999 /state", "99999999999999999999 3 /state"}) {
            QTest::newRow(bytes) << QByteArray(bytes);
        }
        QTest::newRow("NUL") << QByteArray("7 3 /a\0b", 8);
    }
    void whatIsNoMarkIsNone()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!partMarkFrom(bytes));
    }
};

BELLHOP_TEST(PartMarkTest)
#include "tst_part_mark.moc"
