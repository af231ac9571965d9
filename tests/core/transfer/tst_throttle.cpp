// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/throttle.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace std::chrono_literals;

class ThrottleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aBucketLetsThroughItsRateAndNoMore()
    {
        ManualClock clock;
        TokenBucket bucket(100'000);
        qint64 passed = 0;
        for (int i = 0; i < 1000; ++i) {
            passed += bucket.take(64'000, clock.now());
            clock.advance(10ms);
        }
        QVERIFY2(passed >= 990'000 && passed <= 1'030'000, qPrintable(QString::number(passed)));
    }

    void aPauseDoesNotSaveUpAFlood()
    {
        ManualClock clock;
        TokenBucket bucket(100'000);
        std::ignore = bucket.take(1'000'000, clock.now());
        clock.advance(1h);
        QVERIFY(bucket.take(1'000'000, clock.now()) <= 25'000);
    }
};

BELLHOP_TEST(ThrottleTest)
#include "tst_throttle.moc"
