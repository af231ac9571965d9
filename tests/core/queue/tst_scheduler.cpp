// SPDX-License-Identifier: Apache-2.0
#include "core/queue/scheduler.h"

#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

const Origin kHost{QStringLiteral("https"), QStringLiteral("a.example"), 443};
const Origin kOther{QStringLiteral("https"), QStringLiteral("b.example"), 443};

const HostBreadth kBreadth(nullptr); // nothing has come from anywhere

Candidate job(qint64 id, Priority priority, int active, int pending, const Origin &origin = kHost)
{
    Candidate made{.job = JobId{id}, .priority = priority, .active = active, .fetching = active};
    for (int i = 0; i < pending; ++i) {
        made.pending.append({i, QUrl(text(origin))});
    }
    return made;
}

/// "1/0 1/1 -2": job/file, in the order they are started, then the jobs that make way.
QString started(const QList<Candidate> &candidates, const Settings &limits,
                const QHash<Origin, int> &connections = {})
{
    QStringList text;
    const Schedule schedule = scheduleOf(candidates, limits, connections, kBreadth);
    for (const FileId file : schedule.starts) {
        text.append(QStringLiteral("%1/%2").arg(file.job.value).arg(file.index));
    }
    for (const JobId job : schedule.yields) {
        text.append(QStringLiteral("-%1").arg(job.value));
    }
    return text.join(u' ');
}

} // namespace

class SchedulerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theOlderJobOfTheSamePriorityGoesFirst()
    {
        const Settings one{.jobsAtOnce = 1};
        QCOMPARE(started({job(2, Priority::Normal, 0, 1), job(1, Priority::Normal, 0, 1)}, one),
                 QStringLiteral("1/0"));
    }
    void aHigherPriorityGoesBeforeAnOlderJob()
    {
        const Settings one{.jobsAtOnce = 1};
        QCOMPARE(started({job(1, Priority::Normal, 0, 1), job(2, Priority::High, 0, 1)}, one),
                 QStringLiteral("2/0"));
    }
    void oneLevelRunsAtATime()
    {
        QCOMPARE(started({job(1, Priority::Normal, 1, 2), job(2, Priority::High, 0, 1),
                          job(3, Priority::Low, 0, 1)},
                         {}),
                 QStringLiteral("2/0 -1"));
        QCOMPARE(started({job(1, Priority::Normal, 0, 1), job(2, Priority::High, 0, 0)}, {}),
                 QStringLiteral("1/0"));
    }
    void whatCannotGoOnLaterIsNotStopped()
    {
        Candidate lossy = job(1, Priority::Normal, 1, 2);
        lossy.mayYield = false;
        QCOMPARE(started({lossy, job(2, Priority::High, 0, 1)}, {}), QStringLiteral("2/0"));
    }
    void whatWaitsHasItsPlaceInTheOrderOfItsTurn()
    {
        const Settings one{.jobsAtOnce = 1};
        Candidate moved = job(5, Priority::Normal, 0, 1);
        moved.place = -1;
        const Schedule schedule =
            scheduleOf({job(1, Priority::Normal, 1, 1), job(2, Priority::Normal, 0, 1),
                        job(3, Priority::Low, 0, 1), job(4, Priority::Normal, 0, 0), moved},
                       one, {}, kBreadth);
        QCOMPARE(schedule.queue, (JobIds{{5}, {2}, {3}}));
        const Schedule begun = scheduleOf(
            {job(1, Priority::Normal, 0, 1), job(2, Priority::Normal, 0, 1)}, one, {}, kBreadth);
        QCOMPARE(begun.queue, JobIds{{2}});
    }
    void ofALongQueueTheFirstAreTold()
    {
        QList<Candidate> many;
        for (int id = 1; id <= 2 * kPlacesTold; ++id) {
            many.append(job(id, Priority::Normal, 0, 1));
        }
        const JobIds told = scheduleOf(many, Settings{.jobsAtOnce = 1}, {}, kBreadth).queue;
        QCOMPARE(told.size(), kPlacesTold);
        QCOMPARE(told.first(), JobId{2});
    }
    void aMovedJobGoesFirst()
    {
        const Settings one{.jobsAtOnce = 1};
        Candidate moved = job(2, Priority::Normal, 0, 1);
        moved.place = -1;
        QCOMPARE(started({job(1, Priority::Normal, 0, 1), moved}, one), QStringLiteral("2/0"));
    }
    void jobsOfALevelTakeTurns()
    {
        const Settings one{.jobsAtOnce = 1};
        Candidate running = job(1, Priority::Normal, 1, 1);
        running.runningFor = kTimeSlice - std::chrono::seconds(10);
        const Candidate waiting = job(2, Priority::Normal, 0, 1);
        QCOMPARE(scheduleOf({running, waiting}, one, {}, kBreadth).nextTurn,
                 std::optional<std::chrono::milliseconds>(std::chrono::seconds(10)));
        running.runningFor = kTimeSlice;
        QCOMPARE(started({running, waiting}, one), QStringLiteral("-1"));
        QVERIFY(!scheduleOf({running}, one, {}, kBreadth).nextTurn);
        Candidate hasMadeWay = job(1, Priority::Normal, 0, 1);
        hasMadeWay.turn = 1;
        QCOMPARE(started({hasMadeWay, waiting}, one), QStringLiteral("2/0"));
    }
    void aForegroundJobRunsBesideTheOthers()
    {
        const Settings one{.jobsAtOnce = 1};
        QCOMPARE(started({job(1, Priority::Normal, 1, 0), job(2, Priority::Foreground, 0, 1)}, one),
                 QStringLiteral("2/0"));
    }
    void aRunningJobIsServedBeforeANewOneIsBegun()
    {
        const Settings tight{.jobsAtOnce = 2, .filesAtOnce = 2, .connectionsPerHost = 3};
        QCOMPARE(started({job(1, Priority::Normal, 0, 2), job(2, Priority::Normal, 1, 2)}, tight,
                         {{kHost, 1}}),
                 QStringLiteral("2/0 1/0"));
    }
    void aJobTakesNoMoreThanItsFilesAtOnce()
    {
        const Settings two{.filesAtOnce = 2};
        QCOMPARE(started({job(1, Priority::Normal, 0, 5)}, two), QStringLiteral("1/0 1/1"));
        QCOMPARE(started({job(1, Priority::Normal, 2, 5)}, two), QString());
    }
    void aFileThatHasArrivedTakesNoPlace()
    {
        const Settings one{.jobsAtOnce = 1, .filesAtOnce = 1};
        Candidate settling = job(1, Priority::Normal, 1, 2);
        settling.fetching = 0;
        QCOMPARE(started({settling, job(2, Priority::Normal, 0, 1)}, one), QStringLiteral("1/0"));
    }
    void notManyFilesWaitForTheDisk()
    {
        Candidate settling = job(1, Priority::Normal, 64, 2);
        settling.fetching = 0;
        QCOMPARE(started({settling}, {}), QString());
    }
    void oneHostGetsNoMoreThanItsConnections()
    {
        const Settings limits{.filesAtOnce = 6, .connectionsPerHost = 2};
        QCOMPARE(started({job(1, Priority::Normal, 0, 3), job(2, Priority::Normal, 0, 1),
                          job(3, Priority::Normal, 0, 1, kOther)},
                         limits),
                 QStringLiteral("1/0 1/1 3/0"));
    }
    void aHostIsAskedForAFewFilesAtFirst()
    {
        const Settings many{.filesAtOnce = 16, .connectionsPerHost = 16};
        const Schedule first = scheduleOf({job(1, Priority::Normal, 0, 16)}, many, {}, kBreadth);
        QCOMPARE(first.starts.size(), HostBreadth::kAtFirst);
    }
    void aJobOfWhichNothingRunsNeedNotWaitForTheFilesOfAnother()
    {
        const Settings many{.filesAtOnce = 16, .connectionsPerHost = 16};
        const QHash<Origin, int> taken{{kHost, HostBreadth::kAtFirst}};
        const Candidate running = job(1, Priority::Normal, HostBreadth::kAtFirst, 8);
        const Schedule schedule =
            scheduleOf({running, job(2, Priority::Foreground, 0, 2)}, many, taken, kBreadth);
        QCOMPARE(schedule.starts, (QList<FileId>{{{2}, 0}}));
    }
    void andForMoreAsLongAsThatBringsMore_data()
    {
        QTest::addColumn<QList<int>>("filesASecond"); // look by look
        QTest::addColumn<QList<int>>("breadth");
        QTest::newRow("each takes its time")
            << QList<int>{60, 120, 240, 300, 300} << QList<int>{12, 24, 32, 32, 32};
        QTest::newRow("the line is full") << QList<int>{60, 62, 61} << QList<int>{12, 6, 12};
    }
    void andForMoreAsLongAsThatBringsMore()
    {
        QFETCH(QList<int>, filesASecond);
        ManualClock clock;
        HostBreadth breadth(&clock);
        QList<int> reached;
        breadth.brought(kHost, 1);
        for (const int files : std::as_const(filesASecond)) {
            clock.advance(std::chrono::seconds(1));
            for (int i = 0; i < files; ++i) {
                breadth.brought(kHost, 10240);
            }
            for (int i = 0; i < files; ++i) {
                breadth.arrived(kHost); // the last of them is looked at
                if (breadth.of(kHost) != reached.value(reached.size() - 1, HostBreadth::kAtFirst)) {
                    break;
                }
            }
            reached.append(breadth.of(kHost));
        }
        QTEST(reached, "breadth");
        QCOMPARE(breadth.of(kOther), HostBreadth::kAtFirst);
    }
    void aJobThatFoundNoFreeConnectionTakesNoSlot()
    {
        const Settings limits{.jobsAtOnce = 1, .connectionsPerHost = 1};
        QCOMPARE(started({job(1, Priority::Normal, 0, 1), job(2, Priority::Normal, 0, 1, kOther)},
                         limits, {{kHost, 1}}),
                 QStringLiteral("2/0"));
    }
};

BELLHOP_TEST(SchedulerTest)
#include "tst_scheduler.moc"
