// SPDX-License-Identifier: Apache-2.0
#include "core/queue/rate_meter.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace std::chrono_literals;

class RateMeterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aRateIsNotGuessedFromTooLittle()
    {
        ManualClock clock;
        RateMeter meter;
        QVERIFY(!meter.bytesPerSecond(clock.now()));
        meter.add(0, clock.now());
        clock.advance(500ms);
        meter.add(500'000, clock.now());
        QVERIFY(!meter.bytesPerSecond(clock.now()));
        clock.advance(500ms);
        meter.add(1'000'000, clock.now());
        QCOMPARE(meter.bytesPerSecond(clock.now()), std::optional<qint64>(1'000'000));
        QCOMPARE(meter.remaining(10'000'000, clock.now()),
                 std::optional<std::chrono::seconds>(10s));
    }

    void aStandstillGivesNoTimeThatRemains()
    {
        ManualClock clock;
        RateMeter meter;
        meter.add(1000, clock.now());
        clock.advance(10s);
        meter.add(1000, clock.now());
        QCOMPARE(meter.bytesPerSecond(clock.now()), std::optional<qint64>(0));
        QVERIFY(!meter.remaining(1000, clock.now()));
    }

    void theRateFollowsWithinItsWindow()
    {
        ManualClock clock;
        RateMeter meter;
        qint64 bytes = 0;
        for (int i = 0; i < 200; ++i) {
            meter.add(bytes += 10'000, clock.now());
            clock.advance(100ms);
        }
        for (int i = 0; i < 100; ++i) {
            meter.add(bytes += 1'000, clock.now());
            clock.advance(100ms);
        }
        const qint64 rate = meter.bytesPerSecond(clock.now()).value_or(0);
        QVERIFY2(rate > 9'000 && rate < 11'000, qPrintable(QString::number(rate)));
    }
};

BELLHOP_TEST(RateMeterTest)
#include "tst_rate_meter.moc"
