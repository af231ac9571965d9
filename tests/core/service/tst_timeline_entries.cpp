// SPDX-License-Identifier: Apache-2.0
#include "core/log/timeline_line.h"
#include "tests/support/engine_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

/// An entry without what differs from run to run: ports, and delays that are drawn by lot.
QString essence(TimelineEntry entry)
{
    if (auto *failed = std::get_if<happening::Failed>(&entry.what)) {
        failed->error.evidence = {};
        if (failed->nextTry) {
            failed->nextTry = std::chrono::milliseconds(0);
        }
    } else if (auto *started = std::get_if<happening::AttemptStarted>(&entry.what)) {
        started->url = QUrl(QStringLiteral("http://server") + started->url.path());
    }
    return logLine({1}, entry).mid(4); // without "job "
}

QStringList essences(const TimelinePage &page)
{
    QStringList all;
    for (const TimelineEntry &entry : page.entries) {
        all.append(essence(entry));
    }
    return all;
}

} // namespace

/// What the engine writes down of what happens to a job.
class TimelineEntriesTest : public QObject {
    Q_OBJECT

private:
    static TimelinePage timeline(EngineRig &rig, JobId id)
    {
        return rig.ask<message::Timeline>({.job = id}).value_or(TimelinePage{.total = -1});
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aWholeStoryIsToldEntryByEntry()
    {
        HttpServer server;
        server.refuse("/old", 403);
        server.nextStatus("/old", 500, {}, 3); // the second try asks plainly, too
        server.serve("/new", {.body = Body::pattern(1, 3000)});
        EngineRig rig;
        const QDateTime before = QDateTime::currentDateTimeUtc();
        const JobId id = rig.download({server.url(QStringLiteral("/old"))});
        QVERIFY(rig.reaches(id, JobState::Error, 20'000));
        rig.resume(id, {fix::NewLink{server.url(QStringLiteral("/new?sig=KEY"))}});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));

        const QStringList told{
            QStringLiteral("1: 1 files added"),
            QStringLiteral("1: Resume decided by Person"),
            QStringLiteral("1: Suspended -> Queued by Resume"),
            QStringLiteral("1: Queued -> Connecting by Start"),
            QStringLiteral("1 file 1: attempt 1 from byte 0 at http://server/old"),
            QStringLiteral(
                "1 file 1: failed, next try in 0 ms: ServerFailed while in step Receive, "
                "status 500, 0 bytes done"),
            QStringLiteral("1: Connecting -> TransientError by FailForNow"),
            QStringLiteral("1: TransientError -> Queued by RetryDue"),
            QStringLiteral("1: Queued -> Connecting by Start"),
            QStringLiteral("1 file 1: attempt 2 from byte 0 at http://server/old"),
            QStringLiteral(
                "1 file 1: failed, next try in 0 ms: ServerFailed while in step Receive, "
                "status 500, 0 bytes done"),
            QStringLiteral("1: Connecting -> TransientError by FailForNow"),
            QStringLiteral("1: TransientError -> Queued by RetryDue"),
            QStringLiteral("1: Queued -> Connecting by Start"),
            QStringLiteral("1 file 1: attempt 3 from byte 0 at http://server/old"),
            QStringLiteral("1 file 1: failed, no further try: Forbidden while in step Receive, "
                           "status 403, 0 bytes done"),
            QStringLiteral("1: Connecting -> Error by FailForGood"),
            QStringLiteral("1 file 1: fix applied: NewLink"),
            QStringLiteral("1: Resume decided by Person"),
            QStringLiteral("1: Error -> Queued by Resume"),
            QStringLiteral("1: Queued -> Connecting by Start"),
            QStringLiteral("1 file 1: attempt 1 from byte 0 at http://server/new"),
            QStringLiteral("1: Connecting -> Transferring by FirstByte"),
            QStringLiteral("1 file 1: attempt ended: Whole, 3000 bytes done"),
            QStringLiteral("1: Transferring -> Transferred by AllWhole"),
            QStringLiteral("1: Complete decided by Engine"),
            QStringLiteral("1: completed: 1 kept, 0 partial, 0 missing"),
            QStringLiteral("1: Transferred -> Acknowledged by Complete"),
        };
        const TimelinePage page = timeline(rig, id);
        QCOMPARE(essences(page), told);
        QCOMPARE(page.total, told.size());
        QCOMPARE(page.next, told.size());
        QDateTime last = before;
        for (const TimelineEntry &entry : page.entries) {
            QVERIFY(entry.time >= last);
            QCOMPARE(entry.time.timeSpec(), Qt::UTC);
            last = entry.time;
        }

        rig.restart();
        QVERIFY(timeline(rig, id) == page); // kept, and nothing was added
        QVERIFY(rig.ask<message::Remove>({{id}}));
        const auto gone = rig.ask<message::Timeline>({.job = id});
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, RefusalKind::UnknownJob);
    }

    void whatAPersonDecidesIsToldOnceAndOnlyIfItChangesSomething()
    {
        EngineRig rig;
        const JobId id = rig.add(rig.spec({QUrl(QStringLiteral("http://127.0.0.1:9/x"))}));
        QVERIFY(rig.ask<message::Suspend>({{id}})); // it is suspended already
        QVERIFY(rig.ask<message::Cancel>({{id}}));
        QVERIFY(rig.ask<message::Cancel>({{id}})); // refused
        QCOMPARE(essences(timeline(rig, id)),
                 QStringList({QStringLiteral("1: 1 files added"),
                              QStringLiteral("1: Cancel decided by Person"),
                              QStringLiteral("1: Suspended -> Cancelled by Cancel")}));
    }

    void aPauseAndAnEndOfTheProgramAreToldWithWhatTheyInterrupted()
    {
        HttpServer server;
        server.serve("/big", {.body = Body::pattern(9, 2'000'000)});
        server.holdAfter("/big", 500'000, "one");
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/big"))});
        QTRY_VERIFY(server.isWaitingAt("one"));
        QTRY_COMPARE(rig.job(id).state, JobState::Transferring);
        rig.restart(RunPolicy::Nothing);
        QStringList told = essences(timeline(rig, id));
        QVERIFY(told.contains(QStringLiteral("1: Transferring -> Queued by Preempt")));
        QVERIFY(!told.filter(QStringLiteral("attempt ended: Stopped")).isEmpty());
        QVERIFY(rig.ask<message::Suspend>({{id}}));
        told = essences(timeline(rig, id));
        QCOMPARE(told.last(), QStringLiteral("1: Queued -> Suspended by Suspend"));
        QCOMPARE(told.at(told.size() - 2), QStringLiteral("1: Suspend decided by Person"));
    }

    void anObstacleIsToldAndWhatRemovedIt()
    {
        HttpServer server;
        server.serve("/a.txt", {.body = Body::pattern(4, 50)});
        EngineRig rig;
        const JobId id =
            rig.downloadAndPlant(&server, rig.spec({server.url(QStringLiteral("/a.txt"))}),
                                 QStringLiteral("a.txt"), {});
        QTRY_VERIFY(rig.job(id).obstacle.has_value());
        QVERIFY(
            essences(timeline(rig, id))
                .last()
                .startsWith(QStringLiteral("1: completed: 1 kept, 0 partial, 0 missing; obstacle: "
                                           "NameExists")));
        rig.resume(id, {fix::KeepBoth{}});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        const QStringList told = essences(timeline(rig, id));
        QCOMPARE(told.sliced(told.size() - 5),
                 QStringList({QStringLiteral("1 file 1: fix applied: KeepBoth"),
                              QStringLiteral("1: Resume decided by Person"),
                              QStringLiteral("1: Complete decided by Engine"),
                              QStringLiteral("1: completed: 1 kept, 0 partial, 0 missing"),
                              QStringLiteral("1: Transferred -> Acknowledged by Complete")}));
    }

    void theLogHasTheSameStory()
    {
        HttpServer server;
        server.serve("/a", {.body = Body::pattern(4, 50)});
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/a"))});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        const qsizetype entries = timeline(rig, id).entries.size();
        rig.service.reset();
        QFile log(rig.state.filePath(QStringLiteral("bellhop.log")));
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray text = log.readAll();
        QCOMPARE(text.count(" info engine: job 1"), entries);
        QVERIFY(text.contains(" begins with 0 jobs\n"));
        QVERIFY(text.endsWith(" info engine: ends\n"));
    }
};

BELLHOP_TEST(TimelineEntriesTest)
#include "tst_timeline_entries.moc"
