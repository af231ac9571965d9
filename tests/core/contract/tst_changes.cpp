// SPDX-License-Identifier: Apache-2.0
#include "core/queue/scheduler.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>

using namespace core;

/// A job is changed while it is there, whatever it is at.
class ChangesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aHigherPriorityTakesThePlaceOfALowerOneAtOnce();
    void whatWouldBeginAnewIsNotStoppedForAnother();
    void jobsOfOnePriorityTakeTurns();
    void aMovedJobIsNext();
    void whoWaitsSaysWhichPlaceItHas();
    void aLimitOfAllIsToldToEverybody();
    void theLimitIsShownAndOutlivesARestart();
    void allJobsTogetherKeepToOneLimit();
    void whatCannotBeIsRefusedAndNothingChanged();

private:
    static constexpr qint64 kSize = 1'000'000;

    /// A job of this file, of which no more than half comes until the gate of its name is released.
    static JobId halfOf(ManualRig *rig, HttpServer *server, const QByteArray &name)
    {
        const QByteArray path = '/' + name;
        server->serve(path, {.body = Body::pattern(quint64(name.at(0)), kSize)});
        server->holdAfter(path, kSize / 2, name);
        return rig->add(rig->spec({server->url(QString::fromLatin1(path))}));
    }
    static SetOutcome change(ManualRig *rig, JobId id, const JobChange &change)
    {
        return rig->ask<message::Change>({{id}, change}).value_or(SetOutcome{});
    }
};

void ChangesTest::aHigherPriorityTakesThePlaceOfALowerOneAtOnce()
{
    HttpServer server;
    ManualRig rig;
    const JobId slow = halfOf(&rig, &server, "a");
    const JobId urgent = halfOf(&rig, &server, "b");
    rig.resume(slow);
    rig.resume(urgent);
    QTRY_VERIFY(server.isWaitingAt("a") && server.isWaitingAt("b"));
    QTRY_COMPARE(rig.job(slow).progress.bytesDone, kSize / 2);
    QTRY_COMPARE(rig.job(urgent).progress.bytesDone, kSize / 2);
    QCOMPARE(change(&rig, urgent, {.priority = Priority::High}).done, JobIds{urgent});
    QTRY_COMPARE(rig.job(slow).state, JobState::Queued);
    QCOMPARE(rig.job(urgent).state, JobState::Transferring);
    QCOMPARE(rig.job(slow).progress.bytesDone, kSize / 2); // every byte is kept
    QTRY_VERIFY(!server.isWaitingAt("a"));                 // the connection is gone
    server.release("a");
    server.release("b");
    QVERIFY(rig.reaches(urgent, JobState::Acknowledged));
    QVERIFY(rig.reaches(slow, JobState::Acknowledged));
    QCOMPARE(server.bodyBytesSent("/a"), kSize); // and none came twice
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes('a', 0, kSize));
}

void ChangesTest::whatWouldBeginAnewIsNotStoppedForAnother()
{
    HttpServer server;
    ManualRig rig;
    const JobId slow = halfOf(&rig, &server, "a");
    server.serve("/a", {.body = Body::pattern('a', kSize), .ranges = RangeAnswer::Ignored});
    const JobId urgent = halfOf(&rig, &server, "b");
    rig.resume(slow);
    QTRY_COMPARE(rig.job(slow).progress.bytesDone, kSize / 2);
    QCOMPARE(change(&rig, urgent, {.priority = Priority::High}).done, JobIds{urgent});
    rig.resume(urgent);
    QTRY_VERIFY(server.isWaitingAt("b"));
    rig.settle();
    QCOMPARE(rig.job(slow).state, JobState::Transferring);
    server.release("a");
    server.release("b");
    QVERIFY(rig.reaches(slow, JobState::Acknowledged));
    QVERIFY(rig.reaches(urgent, JobState::Acknowledged));
    QCOMPARE(server.bodyBytesSent("/a"), kSize);
}

void ChangesTest::jobsOfOnePriorityTakeTurns()
{
    HttpServer server;
    ManualRig rig;
    rig.limitTo(1, 1);
    JobIds ids;
    for (const char *path : {"/a", "/b"}) {
        server.serve(path, {.body = Body::pattern(1, kSize)});
        JobSpec spec = rig.spec({server.url(QString::fromLatin1(path))});
        spec.options.limitBytesPerSecond = 1000;
        ids.append(rig.download(spec));
    }
    const auto pass = [&rig](std::chrono::seconds time) {
        for (std::chrono::seconds at{0}; at < time; at += std::chrono::seconds(50)) {
            rig.clock.advance(std::chrono::seconds(50)); // bytes move, so nobody is impatient
            rig.settle();
        }
    };
    QTRY_COMPARE(rig.job(ids.at(0)).state, JobState::Transferring);
    pass(kTimeSlice - std::chrono::seconds(50));
    QCOMPARE(rig.job(ids.at(1)).state, JobState::Queued);
    pass(std::chrono::seconds(50));
    QTRY_COMPARE(rig.job(ids.at(1)).state, JobState::Transferring);
    QCOMPARE(rig.job(ids.at(0)).state, JobState::Queued);
    pass(kTimeSlice);
    QTRY_COMPARE(rig.job(ids.at(0)).state, JobState::Transferring);
    QCOMPARE(rig.job(ids.at(1)).state, JobState::Queued);
    for (const JobId id : std::as_const(ids)) {
        QCOMPARE(rig.steps(id).count(JobEvent::Preempt), 1);
        QCOMPARE(change(&rig, id, {.limitBytesPerSecond = 0}).done, JobIds{id});
    }
    pass(std::chrono::seconds(50));
    QVERIFY(rig.reaches(ids.at(0), JobState::Acknowledged));
    QVERIFY(rig.reaches(ids.at(1), JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes(1, 0, kSize));
}

void ChangesTest::aMovedJobIsNext()
{
    HttpServer server;
    ManualRig rig;
    rig.limitTo(1, 1);
    const JobId first = halfOf(&rig, &server, "a");
    const JobId second = halfOf(&rig, &server, "b");
    const JobId third = halfOf(&rig, &server, "c");
    for (const JobId id : {first, second, third}) {
        rig.resume(id);
    }
    QTRY_VERIFY(server.isWaitingAt("a"));
    QCOMPARE(change(&rig, third, {.move = QueueEnd::First}).done, JobIds{third});
    rig.restart();
    rig.resume(first);
    QTRY_VERIFY(server.isWaitingAt("c")); // its place outlives the program
    server.release("a");
    QTRY_VERIFY(server.isWaitingAt("c"));
    QCOMPARE(rig.job(second).state, JobState::Queued);
    server.release("b");
    server.release("c");
    QVERIFY(rig.reaches(second, JobState::Acknowledged));
}

void ChangesTest::whoWaitsSaysWhichPlaceItHas()
{
    HttpServer server;
    ManualRig rig;
    rig.limitTo(1, 1);
    const JobId first = halfOf(&rig, &server, "a");
    const JobId second = halfOf(&rig, &server, "b");
    const JobId third = halfOf(&rig, &server, "c");
    for (const JobId id : {first, second, third}) {
        rig.resume(id);
    }
    QTRY_VERIFY(server.isWaitingAt("a"));
    const auto places = [&] {
        return QList{rig.job(first).queuePlace.value_or(0), rig.job(second).queuePlace.value_or(0),
                     rig.job(third).queuePlace.value_or(0)};
    };
    QCOMPARE(places(), (QList{0, 1, 2}));
    QSignalSpy told(rig.service.get(), &JobService::jobsChanged);
    change(&rig, third, {.priority = Priority::High, .move = QueueEnd::First});
    QTRY_VERIFY(server.isWaitingAt("c")); // and the first one, which made way, is behind the second
    QTRY_COMPARE(places(), (QList{2, 1, 0}));
    rig.suspend(second);
    QTRY_COMPARE(places(), (QList{1, 0, 0}));
    const auto wasTold = [&](JobId id, int place) { // also to whom nobody did anything
        rig.clock.advance(std::chrono::milliseconds(100));
        return std::ranges::any_of(told, [&](const QList<QVariant> &each) {
            const auto jobs = each.first().value<QList<JobSnapshot>>();
            return std::ranges::any_of(jobs, [&](const JobSnapshot &job) {
                return job.id == id && job.queuePlace == place;
            });
        });
    };
    QTRY_VERIFY(wasTold(first, 1));
    for (const char *name : {"a", "b", "c"}) {
        server.release(name);
    }
    QVERIFY(rig.reaches(first, JobState::Acknowledged));
    QVERIFY(rig.reaches(third, JobState::Acknowledged));
}

void ChangesTest::aLimitOfAllIsToldToEverybody()
{
    ManualRig rig;
    QSignalSpy told(rig.service.get(), &JobService::settingsChanged);
    const auto limit = [&](qint64 rate) {
        return rig.ask<message::LimitAll>({rate}).value_or(Settings()).limitBytesPerSecond;
    };
    QCOMPARE(limit(5'000), std::optional<qint64>(5'000));
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().first().value<Settings>().limitBytesPerSecond,
             std::optional<qint64>(5'000));
    QCOMPARE(limit(5'000), std::optional<qint64>(5'000));
    QCOMPARE(told.size(), 1); // nothing is another thing
    QVERIFY(!rig.ask<message::LimitAll>({-1}));
    QCOMPARE(told.size(), 1);
    QCOMPARE(limit(0), std::nullopt);
    QCOMPARE(told.size(), 2);
}

void ChangesTest::theLimitIsShownAndOutlivesARestart()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = halfOf(&rig, &server, "a");
    QCOMPARE(change(&rig, id, {.limitBytesPerSecond = 1'000'000, .connections = 3}).done,
             JobIds{id});
    QCOMPARE(rig.job(id).limitBytesPerSecond, 1'000'000);
    rig.restart();
    QCOMPARE(rig.job(id).limitBytesPerSecond, 1'000'000);
    QCOMPARE(change(&rig, id, {.limitBytesPerSecond = 0}).done, JobIds{id});
    QCOMPARE(rig.job(id).limitBytesPerSecond, std::nullopt);
}

void ChangesTest::allJobsTogetherKeepToOneLimit()
{
    HttpServer server;
    ManualRig rig;
    QVERIFY(rig.ask<message::SetSettings>({{.limitBytesPerSecond = 400'000}}).has_value());
    const JobId first = halfOf(&rig, &server, "a");
    const JobId second = halfOf(&rig, &server, "b");
    rig.resume(first);
    rig.resume(second);
    const auto bytes = [&] {
        return rig.job(first).progress.bytesDone + rig.job(second).progress.bytesDone;
    };
    QTRY_COMPARE(bytes(), 100'000); // a quarter of a second's worth at first
    rig.clock.advance(std::chrono::milliseconds(250));
    QTRY_COMPARE(bytes(), 200'000);
    rig.settle();
    QCOMPARE(bytes(), 200'000);
    QVERIFY(rig.ask<message::SetSettings>({Settings{}}).has_value());
    rig.clock.advance(std::chrono::milliseconds(250));
    QTRY_COMPARE(bytes(), kSize);
    server.release("a");
    server.release("b");
}

void ChangesTest::whatCannotBeIsRefusedAndNothingChanged()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = halfOf(&rig, &server, "a");
    const auto refusal = [&](JobId job, const JobChange &what) {
        const SetOutcome outcome = change(&rig, job, what);
        return outcome.done.isEmpty() ? outcome.refused.value(0).kind : RefusalKind::EngineGone;
    };
    const JobChange high{.priority = Priority::High};
    QCOMPARE(refusal(JobId{99}, high), RefusalKind::UnknownJob);
    QCOMPARE(refusal(id, {.priority = Priority::High, .limitBytesPerSecond = -1}),
             RefusalKind::BadValue);
    QCOMPARE(refusal(id, {.connections = kMaxConnections + 1}), RefusalKind::BadValue);
    QCOMPARE(rig.job(id).priority, Priority::Normal);
    rig.cancel(id);
    QCOMPARE(refusal(id, high), RefusalKind::Ended);
    QVERIFY(!rig.ask<message::SetSettings>({{.limitBytesPerSecond = 0}}));
}

BELLHOP_TEST(ChangesTest)
#include "tst_changes.moc"
