// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/stored_copy.h"
#include "tests/support/test_program.h"

using namespace core;

/// A job that is suspended stands still, with every byte it has.
class SuspendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whileSuspendedNoByteComesAndTheDiskHasWhatIsReported();
    void whatCameIsDurableTwoSecondsLaterAlsoWhenNothingMoreComes();
    void suspendRightAfterResumeWorks();
    void suspendTwiceIsFine();
    void suspendAndResumeAtOnceNeverPutsTwoWritersOnOneFile();
    void aPartThatIsGoneWhileSuspendedIsBegunAnew();
    void anotherFileInPlaceOfThePartIsNotGoneOnWith();
    void aSuspendedJobStaysSoOverARestart();
    void suspendOnErrorKeepsTheErrorAndTheQuestion();

private:
    static constexpr qint64 kSize = 1'000'000;

    /// A job of /file, of which no more than 600,000 bytes come until "gate" is released.
    static JobId heldAtTheGate(ManualRig *rig, HttpServer *server)
    {
        server->serve("/file", {.body = Body::pattern(1, kSize)});
        server->holdAfter("/file", 600'000, "gate");
        return rig->download({server->url(QStringLiteral("/file"))});
    }
};

void SuspendTest::whileSuspendedNoByteComesAndTheDiskHasWhatIsReported()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = heldAtTheGate(&rig, &server);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 600'000);
    rig.suspend(id);
    QCOMPARE(rig.job(id).state, JobState::Suspended);
    QCOMPARE(rig.file(id).state, FileState::Pending); // at once
    QTRY_COMPARE(server.connectionsOpen(), 0);
    QTRY_COMPARE(QFileInfo(rig.file(id).path).size(), 600'000);
    const qint64 sent = server.bodyBytesSent("/file");
    server.release("gate");
    rig.clock.advance(std::chrono::hours(24));
    rig.settle();
    QCOMPARE(rig.job(id).progress.bytesDone, 600'000);
    QCOMPARE(rig.file(id).bytesDone, QFileInfo(rig.file(id).path).size());
    QCOMPARE(rig.content(QStringLiteral("file.part")), patternBytes(1, 0, 600'000));
    QCOMPARE(server.bodyBytesSent("/file"), sent);
    QCOMPARE(server.requests().size(), 1);

    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests().last().header("Range"), "bytes=600000-");
    QCOMPARE(server.bodyBytesSent("/file"), kSize); // a 206: no byte came twice
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void SuspendTest::whatCameIsDurableTwoSecondsLaterAlsoWhenNothingMoreComes()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = heldAtTheGate(&rig, &server);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 600'000);
    const auto durable = [&] {
        const JobRecord stored = storedJob(rig.state.path(), id.value);
        return stored.files.isEmpty() ? 0 : stored.files.first().durable.prefixBytes();
    };
    rig.clock.advance(std::chrono::milliseconds(1999));
    rig.settle();
    QVERIFY(durable() < 600'000);
    rig.clock.advance(std::chrono::milliseconds(1));
    QTRY_COMPARE(durable(), 600'000);
}

void SuspendTest::suspendRightAfterResumeWorks()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    ManualRig rig;
    const JobId id = rig.add(rig.spec({server.url(QStringLiteral("/file"))}));
    const auto resumed = rig.service->call<message::Resume>({{id}, {}});
    const auto suspended = rig.service->call<message::Suspend>({{id}});
    QCOMPARE(rig.job(id).state, JobState::Suspended);
    QVERIFY(await(resumed).has_value() && await(suspended).has_value());
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Suspended);
    QCOMPARE(rig.job(id).errorCount, 0);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void SuspendTest::suspendTwiceIsFine()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.holdAfter("/file", 600'000, "gate");
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QTRY_VERIFY(server.isWaitingAt("gate"));
    QCOMPARE(rig.suspend(id).done, JobIds{id});
    QCOMPARE(rig.suspend(id).done, JobIds{id});
    QCOMPARE(rig.job(id).state, JobState::Suspended);
}

void SuspendTest::suspendAndResumeAtOnceNeverPutsTwoWritersOnOneFile()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    const auto gate = [](int number) { return "gate" + QByteArray::number(number); };
    for (int i = 1; i <= 5; ++i) {
        server.holdAfter("/file", i * 150'000, gate(i));
    }
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    for (int i = 1; i <= 5; ++i) {
        // What was still sent to the old connection may have come to the gate after this one.
        const auto isThere = [&] {
            while (i < 5 && !server.isWaitingAt(gate(i)) && server.isWaitingAt(gate(i + 1))) {
                ++i;
            }
            return server.isWaitingAt(gate(i)) || rig.job(id).state == JobState::Acknowledged;
        };
        QTRY_VERIFY(isThere());
        std::ignore = rig.service->call<message::Suspend>({{id}});
        std::ignore = rig.service->call<message::Resume>({{id}, {}});
        std::ignore = rig.service->call<message::Suspend>({{id}});
        std::ignore = rig.service->call<message::Resume>({{id}, {}});
        for (int passed = 1; passed <= i; ++passed) {
            server.release(gate(passed));
        }
    }
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.job(id).errorCount, 0);
    QCOMPARE(rig.listing(), QStringList{QStringLiteral("file")});
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void SuspendTest::aPartThatIsGoneWhileSuspendedIsBegunAnew()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = heldAtTheGate(&rig, &server);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 600'000);
    rig.suspend(id);
    QTRY_COMPARE(server.connectionsOpen(), 0);
    rig.settle();
    QVERIFY(QFile::remove(rig.path(QStringLiteral("file.part"))));
    server.release("gate");
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests().last().header("Range"), "bytes=0-");
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void SuspendTest::anotherFileInPlaceOfThePartIsNotGoneOnWith()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = heldAtTheGate(&rig, &server);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 600'000);
    rig.suspend(id);
    QTRY_COMPARE(server.connectionsOpen(), 0);
    rig.settle();
    const QByteArray other = patternBytes(1, 0, 599'999) + '?';
    rig.plantInPlaceOf(QStringLiteral("file.part"), other);
    server.release("gate");
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::PartChanged);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(rig.content(QStringLiteral("file.part")), other);
}

void SuspendTest::aSuspendedJobStaysSoOverARestart()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = heldAtTheGate(&rig, &server);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 600'000);
    rig.suspend(id);
    rig.restart();
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Suspended);
    QCOMPARE(rig.job(id).progress.bytesDone, 600'000);
    QCOMPARE(server.requests().size(), 1);
}

void SuspendTest::suspendOnErrorKeepsTheErrorAndTheQuestion()
{
    HttpServer server;
    ManualRig rig;
    rig.acceptsAttention = false;
    const JobId id = rig.download({server.url(QStringLiteral("/none"))});
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
    rig.suspend(id);
    QCOMPARE(rig.job(id).state, JobState::Error);
    QCOMPARE(rig.job(id).error->cause, Cause::NotFound);
    rig.restart();
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 2; }));
}

BELLHOP_TEST(SuspendTest)
#include "tst_suspend.moc"
