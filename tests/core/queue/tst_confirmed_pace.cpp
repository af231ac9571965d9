// SPDX-License-Identifier: Apache-2.0
#include "core/queue/confirmed_pace.h"

#include "core/queue/job_pace.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace std::chrono_literals;

class ConfirmedPaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void nothingIsGuessedBeforeAPieceWasConfirmed()
    {
        ManualClock clock;
        ConfirmedPace pace;
        pace.confirmed(0, clock.now());
        clock.advance(5s);
        pace.confirmed(0, clock.now());
        QVERIFY(!pace.remaining(1'000, clock.now()));
    }

    void whatIsLeftTakesAsLongAsWhatWasConfirmed()
    {
        ManualClock clock;
        ConfirmedPace pace;
        pace.confirmed(0, clock.now());
        for (int i = 1; i <= 2; ++i) {
            clock.advance(8s);
            pace.confirmed(i * 800, clock.now());
        }
        QCOMPARE(pace.remaining(4'000, clock.now()), std::optional<std::chrono::seconds>(24s));
        clock.advance(3s); // within a piece the time goes down evenly
        QCOMPARE(pace.remaining(4'000, clock.now()), std::optional<std::chrono::seconds>(21s));
    }

    void aPieceThatIsOverdueMakesItLonger()
    {
        ManualClock clock;
        ConfirmedPace pace;
        pace.confirmed(0, clock.now());
        clock.advance(8s);
        pace.confirmed(800, clock.now());
        clock.advance(8s);
        QCOMPARE(pace.remaining(4'000, clock.now()), std::optional<std::chrono::seconds>(24s));
        clock.advance(8s); // at 4000 of 16 s a piece
        QCOMPARE(pace.remaining(4'000, clock.now()), std::optional<std::chrono::seconds>(48s));
    }

    void lessThanBeforeBeginsAnew()
    {
        ManualClock clock;
        ConfirmedPace pace;
        pace.confirmed(0, clock.now());
        clock.advance(1s);
        pace.confirmed(800, clock.now());
        pace.confirmed(0, clock.now());
        QVERIFY(!pace.remaining(4'000, clock.now()));
    }

    /// What was handed over lies on the way: the server has taken a tenth of it.
    void aJobThatIsConfirmedInPiecesSaysHowLongThatTakes()
    {
        ManualClock clock;
        JobPace pace(&clock);
        const JobId job{1};
        pace.progressed(job, 0, 0);
        for (int second = 1; second <= 10; ++second) {
            clock.advance(1s);
            pace.progressed(job, second * 1'000, second * 100);
        }
        QCOMPARE(pace.bytesPerSecond(job), std::optional<qint64>(1'000));
        QCOMPARE(pace.remaining(job, 11'000), std::optional<std::chrono::seconds>(100s));
    }

    void aJobThatIsConfirmedAtItsEndSaysWhatWasSent()
    {
        ManualClock clock;
        JobPace pace(&clock);
        const JobId job{1};
        for (int second = 0; second <= 10; ++second) {
            pace.progressed(job, second * 1'000, 0);
            clock.advance(1s);
        }
        const auto left = pace.remaining(job, 20'000);
        QVERIFY(left && *left >= 10s && *left <= 12s);
    }
};

BELLHOP_TEST(ConfirmedPaceTest)
#include "tst_confirmed_pace.moc"
