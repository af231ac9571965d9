// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// What a server sends in place of the rest is looked at before anything is joined to our bytes.
class ResumeGuardsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theErrorIsClearedWhenBytesMoveAndNotBefore();
    void theWholeFileInPlaceOfTheRestIsComparedAndNothingIsAppendedTwice_data();
    void theWholeFileInPlaceOfTheRestIsComparedAndNothingIsAppendedTwice();
    void anotherFileInPlaceOfTheRestIsRefusedAndOursIsUntouched_data();
    void anotherFileInPlaceOfTheRestIsRefusedAndOursIsUntouched();
    void aWrongContentRangeIsRefusedAndTheWholeIsAskedFor_data();
    void aWrongContentRangeIsRefusedAndTheWholeIsAskedFor();

private:
    static constexpr qint64 kSize = 1'000'000;
    static constexpr qint64 kHalf = kSize / 2;

    static Resource film() { return {.body = Body::pattern(1, kSize)}; }

    /// A job of /file that stands at half of it, with the error of a refused link.
    static JobId brokenHalfWay(ManualRig *rig, HttpServer *server)
    {
        server->serve("/file", film());
        server->failAfter("/file", kHalf, 403);
        const JobId id = rig->download({server->url(QStringLiteral("/file"))});
        const bool isBroken =
            rig->reachesInTime(id, JobState::Error) && rig->file(id).bytesDone == kHalf;
        return isBroken ? id : JobId{};
    }
};

void ResumeGuardsTest::theErrorIsClearedWhenBytesMoveAndNotBefore()
{
    HttpServer server;
    ManualRig rig(RunPolicy::Everything, {.syncEvery = std::chrono::milliseconds(0)});
    const JobId id = brokenHalfWay(&rig, &server);
    server.serve("/file", film());
    server.next("/file", {step::WaitFor{"head"}, step::Serve{}});
    server.holdAfter("/file", 100'000, "body");
    rig.resume(id);
    QTRY_VERIFY(server.isWaitingAt("head"));
    QCOMPARE(rig.job(id).state, JobState::Connecting);
    QVERIFY(rig.file(id).error);
    QCOMPARE(rig.file(id).error->cause, Cause::Forbidden);
    server.release("head");
    QTRY_VERIFY(server.isWaitingAt("body"));
    QVERIFY(rig.comesTo([&] { return !rig.file(id).error; }));
    QCOMPARE(rig.job(id).state, JobState::Transferring);
    QVERIFY(!rig.job(id).error);
    server.release("body");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void ResumeGuardsTest::theWholeFileInPlaceOfTheRestIsComparedAndNothingIsAppendedTwice_data()
{
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<RangeAnswer>("ranges");
    QTest::newRow("the server knows no ranges") << QByteArray("\"v1\"") << RangeAnswer::Ignored;
    QTest::newRow("the server has lost its tags") << QByteArray() << RangeAnswer::Ignored;
    QTest::newRow("the tag is a weak one") << QByteArray("W/\"v1\"") << RangeAnswer::Exact;
}

void ResumeGuardsTest::theWholeFileInPlaceOfTheRestIsComparedAndNothingIsAppendedTwice()
{
    QFETCH(const QByteArray, etag);
    QFETCH(const RangeAnswer, ranges);
    HttpServer server;
    ManualRig rig;
    const JobId id = brokenHalfWay(&rig, &server);
    Resource file = film();
    file.etag = etag;
    file.ranges = ranges;
    server.serve("/file", file);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void ResumeGuardsTest::anotherFileInPlaceOfTheRestIsRefusedAndOursIsUntouched_data()
{
    QTest::addColumn<Resource>("other");
    const Resource same{
        .body = Body::pattern(2, kSize), .lastModified = "", .ranges = RangeAnswer::Ignored};
    Resource untagged = same;
    untagged.etag.clear();
    Resource shorter = untagged;
    shorter.body = Body::pattern(1, kHalf - 1);
    Resource longer = untagged;
    longer.body = Body::pattern(1, kSize + 1);
    QTest::newRow("other bytes, as long") << untagged;
    QTest::newRow("the same tag, other bytes") << same;
    QTest::newRow("shorter than what we have") << shorter;
    QTest::newRow("longer than it was said to be") << longer;
}

void ResumeGuardsTest::anotherFileInPlaceOfTheRestIsRefusedAndOursIsUntouched()
{
    QFETCH(const Resource, other);
    HttpServer server;
    ManualRig rig;
    const JobId id = brokenHalfWay(&rig, &server);
    server.serve("/file", other);
    rig.resume(id);
    QTRY_VERIFY(rig.job(id).error && rig.job(id).error->cause == Cause::RemoteChanged);
    QCOMPARE(rig.job(id).state, JobState::Error);
    QCOMPARE(rig.content(QStringLiteral("file.part")), patternBytes(1, 0, kHalf));
}

void ResumeGuardsTest::aWrongContentRangeIsRefusedAndTheWholeIsAskedFor_data()
{
    QTest::addColumn<RangeAnswer>("ranges");
    QTest::newRow("one byte too late") << RangeAnswer::Shifted;
    QTest::newRow("another total") << RangeAnswer::OtherTotal;
    QTest::newRow("none at all") << RangeAnswer::NoContentRange;
}

void ResumeGuardsTest::aWrongContentRangeIsRefusedAndTheWholeIsAskedFor()
{
    QFETCH(const RangeAnswer, ranges);
    HttpServer server;
    ManualRig rig;
    const JobId id = brokenHalfWay(&rig, &server);
    Resource file = film();
    file.ranges = ranges;
    server.serve("/file", file);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
    QVERIFY(!server.requests("/file").constLast().header("Range"));
}

BELLHOP_TEST(ResumeGuardsTest)
#include "tst_resume_guards.moc"
