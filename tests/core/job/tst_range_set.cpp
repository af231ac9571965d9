// SPDX-License-Identifier: Apache-2.0
#include "core/job/range_set.h"

#include "tests/support/test_program.h"

#include <QBitArray>
#include <QRandomGenerator>
#include <QTest>

using namespace core;

class RangeSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void agreesWithAMapOfSingleBytes()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            RangeSet set;
            QBitArray bytes(64);
            for (int step = 0; step < 12; ++step) {
                const int first = random.bounded(64);
                const int end = first + random.bounded(64 - first + 1);
                const bool isAdded = random.bounded(4) > 0;
                isAdded ? set.insert({first, end}) : set.remove({first, end});
                bytes.fill(isAdded, first, end);
            }
            QCOMPARE(set.sizeBytes(), qint64(bytes.count(true)));
            QCOMPARE(set.missingFrom(64).sizeBytes(), qint64(bytes.count(false)));
            for (int at = 0; at < 64; ++at) {
                QCOMPARE(set.contains({at, at + 1}), bytes.testBit(at));
            }
            for (qsizetype i = 1; i < set.ranges().size(); ++i) {
                QVERIFY(set.ranges().at(i - 1).end < set.ranges().at(i).first);
            }
            QCOMPARE(RangeSet::fromText(set.toText()), std::optional(set));
        }
    }

    void prefixIsTheRunFromTheFirstByte()
    {
        QCOMPARE(RangeSet::prefix(10).prefixBytes(), 10);
        QCOMPARE(RangeSet::prefix(0), RangeSet());
        RangeSet later;
        later.insert({5, 10});
        QCOMPARE(later.prefixBytes(), 0);
        later.insert({0, 5});
        QCOMPARE(later.prefixBytes(), 10);
    }

    void textThatIsNotExactlyOneOfOursIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *bad :
             {"-", "1", "1-", "-1", "5-5", "6-5", "0-5,5-6", "0-5,3-9", "0-5,", ",0-5", "0-5;7-9",
              " 0-5", "+0-5", "0--5", "0-99999999999999999999", "a-b", "0x1-5"}) {
            QTest::newRow(bad) << QString::fromLatin1(bad);
        }
    }
    void textThatIsNotExactlyOneOfOursIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!RangeSet::fromText(text));
    }

    void rangesOutsideAFileAreIgnored()
    {
        RangeSet set;
        set.insert({-5, 3});
        set.insert({3, 3});
        set.insert({9, 4});
        QVERIFY(set.isEmpty());
    }
};

BELLHOP_TEST(RangeSetTest)
#include "tst_range_set.moc"
