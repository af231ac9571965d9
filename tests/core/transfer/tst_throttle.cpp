// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/throttle.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>

using namespace core;
using namespace std::chrono_literals;

namespace {

/// Who asks, and with how many connections at once.
using Askers = std::map<JobId, int>;

/// What each job gets in that time when all of them ask every ten milliseconds.
std::map<JobId, qint64> passed(Throttles *throttles, ManualClock *clock, const Askers &askers,
                               std::chrono::milliseconds time)
{
    std::map<JobId, qint64> bytes;
    for (std::chrono::milliseconds at{0}; at < time; at += 10ms) {
        for (const auto &[job, connections] : askers) {
            for (int i = 0; i < connections; ++i) {
                bytes[job] += throttles->take({job, i}, 64'000, clock->now());
            }
        }
        clock->advance(10ms);
    }
    return bytes;
}

constexpr JobId kOne{1};
constexpr JobId kTwo{2};

bool isNear(qint64 bytes, qint64 wanted)
{
    return bytes >= wanted * 97 / 100 && bytes <= wanted * 103 / 100;
}

} // namespace

class ThrottleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aJobGetsItsRateAndNoMore()
    {
        ManualClock clock;
        Throttles throttles;
        throttles.limit(kOne, 100'000);
        auto bytes = passed(&throttles, &clock, {{kOne, 4}, {kTwo, 1}}, 10s);
        QVERIFY2(isNear(bytes[kOne], 1'000'000), qPrintable(QString::number(bytes[kOne])));
        QCOMPARE(bytes[kTwo], 64'000 * 1000);
    }

    void aPauseDoesNotSaveUpAFlood()
    {
        ManualClock clock;
        Throttles throttles;
        throttles.limit(kOne, 100'000);
        std::ignore = throttles.take({kOne, 0}, 1'000'000, clock.now());
        clock.advance(1h);
        QVERIFY(throttles.take({kOne, 0}, 1'000'000, clock.now()) <= 25'000);
    }

    void anotherLimitHoldsAtOnce()
    {
        ManualClock clock;
        Throttles throttles;
        throttles.limit(kOne, 100'000);
        std::ignore = passed(&throttles, &clock, {{kOne, 1}}, 5s);
        throttles.limit(kOne, 400'000);
        auto bytes = passed(&throttles, &clock, {{kOne, 1}}, 10s);
        QVERIFY2(isNear(bytes[kOne], 4'000'000), qPrintable(QString::number(bytes[kOne])));
        throttles.limit(kOne, std::nullopt);
        QVERIFY(!throttles.isLimited(kOne));
        QCOMPARE(throttles.take({kOne, 0}, 64'000, clock.now()), 64'000);
    }

    void allJobsShareOneLimitAlikeWhateverTheirConnections()
    {
        ManualClock clock;
        Throttles throttles;
        throttles.limitAll(1'000'000);
        auto bytes = passed(&throttles, &clock, {{kOne, 6}, {kTwo, 1}}, 10s);
        QVERIFY2(isNear(bytes[kOne] + bytes[kTwo], 10'000'000),
                 qPrintable(QString::number(bytes[kOne] + bytes[kTwo])));
        QVERIFY2(bytes[kTwo] >= 4'500'000, qPrintable(QString::number(bytes[kTwo])));
    }

    void smallBitesAreNoDisadvantage()
    {
        ManualClock clock;
        Throttles throttles;
        throttles.limitAll(2'000'000);
        std::map<JobId, qint64> bytes;
        std::map<JobId, BootTime> next;
        constexpr std::array kBites{1'000'000, 16'000, 16'000}; // a download, and two uploads
        for (std::chrono::milliseconds at{0}; at < 10s; at += 5ms) {
            for (int i = 0; i < int(kBites.size()); ++i) {
                const JobId job{i + 1};
                while (clock.now() >= next[job]) {
                    const qint64 taken =
                        throttles.take({job, 0}, kBites.at(size_t(i)), clock.now());
                    bytes[job] += taken;
                    if (taken == 0) {
                        next[job] = clock.now() + throttles.wait(job);
                    }
                }
            }
            clock.advance(5ms);
        }
        for (int i = 1; i <= int(kBites.size()); ++i) {
            QVERIFY2(bytes[JobId{i}] > 5'500'000, qPrintable(QString::number(bytes[JobId{i}])));
        }
    }

    void theFilesOfAJobShareItsLimitAlike_data()
    {
        QTest::addColumn<bool>("isOfJob");
        QTest::newRow("of the job") << true;
        QTest::newRow("of all jobs") << false;
    }
    void theFilesOfAJobShareItsLimitAlike()
    {
        QFETCH(bool, isOfJob);
        ManualClock clock;
        Throttles throttles;
        if (isOfJob) {
            throttles.limit(kOne, 400'000);
        } else {
            throttles.limitAll(400'000);
        }
        constexpr int kFiles = 8;
        std::array<qint64, kFiles> bytes{};
        std::array<BootTime, kFiles> next{};
        for (std::chrono::milliseconds at{0}; at < 40s; at += 5ms) {
            for (int i = 0; i < kFiles; ++i) {
                if (clock.now() < next.at(size_t(i))) {
                    continue;
                }
                const qint64 taken = throttles.take({kOne, i}, 1'000'000, clock.now());
                bytes.at(size_t(i)) += taken;
                next.at(size_t(i)) = clock.now() + (taken == 0 ? throttles.wait(kOne) : 0ms);
            }
            clock.advance(5ms);
        }
        const auto [least, most] = std::ranges::minmax(bytes);
        QVERIFY2(least > 1'800'000 && most < 2'200'000,
                 qPrintable(QStringLiteral("%1 to %2").arg(least).arg(most)));
    }

    void whatAJobMayNotTakeIsForTheOthers()
    {
        ManualClock clock;
        Throttles throttles;
        throttles.limitAll(1'000'000);
        throttles.limit(kOne, 100'000);
        auto bytes = passed(&throttles, &clock, {{kOne, 1}, {kTwo, 1}}, 10s);
        QVERIFY2(isNear(bytes[kOne] + bytes[kTwo], 10'000'000),
                 qPrintable(QString::number(bytes[kOne] + bytes[kTwo])));
        QVERIFY2(bytes[kOne] >= 900'000, qPrintable(QString::number(bytes[kOne])));
    }

    void aJobThatAsksNoMoreKeepsNobodyWaiting()
    {
        ManualClock clock;
        Throttles throttles;
        throttles.limitAll(1'000'000);
        std::ignore = passed(&throttles, &clock, {{kOne, 1}, {kTwo, 1}}, 1s);
        auto bytes = passed(&throttles, &clock, {{kTwo, 1}}, 12s);
        QVERIFY2(bytes[kTwo] >= 10'000'000, qPrintable(QString::number(bytes[kTwo])));
    }
};

BELLHOP_TEST(ThrottleTest)
#include "tst_throttle.moc"
