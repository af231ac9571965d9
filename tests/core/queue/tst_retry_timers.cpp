// SPDX-License-Identifier: Apache-2.0
#include "core/queue/retry_timers.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace std::chrono_literals;

class RetryTimersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyFileComesWhenItIsDueAndOnce()
    {
        ManualClock clock;
        QList<int> due;
        RetryTimers timers(&clock, [&due](FileId file) { due.append(file.index); });
        timers.set({JobId{1}, 2}, clock.now() + 20s);
        timers.set({JobId{1}, 1}, clock.now() + 10s);
        clock.advance(9999ms);
        QCOMPARE(due, QList<int>());
        clock.advance(1ms);
        QCOMPARE(due, QList<int>{1});
        clock.advance(1h);
        QCOMPARE(due, (QList<int>{1, 2}));
        QVERIFY(!clock.untilNext());
    }

    void aJumpOfTheWallClockFiresNothing()
    {
        ManualClock clock;
        int calls = 0;
        RetryTimers timers(&clock, [&calls](FileId) { ++calls; });
        timers.set({JobId{1}, 0}, clock.now() + 10s);
        clock.setUtc(clock.utcNow().addYears(10));
        clock.advance(9s);
        QCOMPARE(calls, 0);
    }

    void cancellingAFileForgetsItAlone()
    {
        ManualClock clock;
        QList<int> due;
        RetryTimers timers(&clock, [&due](FileId file) { due.append(file.index); });
        timers.set({JobId{1}, 0}, clock.now() + 1s);
        timers.set({JobId{1}, 1}, clock.now() + 2s);
        timers.cancel(FileId{JobId{1}, 0});
        QCOMPARE(timers.earliestFile(JobId{1}), (FileId{JobId{1}, 1}));
        clock.advance(1min);
        QCOMPARE(due, QList<int>{1});
    }

    void cancellingAJobForgetsItsFilesOnly()
    {
        ManualClock clock;
        QList<qint64> due;
        RetryTimers timers(&clock, [&due](FileId file) { due.append(file.job.value); });
        timers.set({JobId{1}, 0}, clock.now() + 1s);
        timers.set({JobId{2}, 0}, clock.now() + 2s);
        timers.cancel(JobId{1});
        QVERIFY(!timers.earliest(JobId{1}));
        QCOMPARE(timers.earliest(JobId{2}), std::optional(clock.now() + 2s));
        clock.advance(1min);
        QCOMPARE(due, QList<qint64>{2});
    }

    void aNewTimeReplacesTheOldOne()
    {
        ManualClock clock;
        int calls = 0;
        RetryTimers timers(&clock, [&calls](FileId) { ++calls; });
        timers.set({JobId{1}, 0}, clock.now() + 1s);
        timers.set({JobId{1}, 0}, clock.now() + 5s);
        clock.advance(4s);
        QCOMPARE(calls, 0);
        clock.advance(1s);
        QCOMPARE(calls, 1);
    }
};

BELLHOP_TEST(RetryTimersTest)
#include "tst_retry_timers.moc"
