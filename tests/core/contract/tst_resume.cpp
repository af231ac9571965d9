// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// Resume goes on at the bytes that are there, and never joins what does not belong together.
class ResumeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void afterANewLinkTheFileGoesOnFromItsOffsetAndNoOtherFileIsAskedFor();
    void aLinkThatTurnsIntoNotFoundKeepsItsBytesAndFinishesWhenItIsBack();
    void whenOneFileChangedOnlyThatFileBeginsAnew();
    void aFileAddedToATransferredJobIsTheOnlyOneThatIsFetched();
    void aFileThatFailsItsChecksumIsTheOnlyOneFetchedAgain();
    void aFailureStatusIsNeverTakenForTheFile_data();
    void aFailureStatusIsNeverTakenForTheFile();

private:
    static constexpr qint64 kSize = 1'000'000;
    static constexpr qint64 kHalf = kSize / 2;
};

void ResumeTest::afterANewLinkTheFileGoesOnFromItsOffsetAndNoOtherFileIsAskedFor()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/old/b", {.body = Body::pattern(2, kSize)});
    server.serve("/c", {.body = Body::pattern(3, kSize)});
    server.failAfter("/old/b", kHalf, 403);
    server.serve("/new/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    const JobId id =
        rig.download({server.url(QStringLiteral("/a")), server.url(QStringLiteral("/old/b")),
                      server.url(QStringLiteral("/c"))});
    QVERIFY(rig.reachesInTime(id, JobState::Error));
    QCOMPARE(rig.job(id).progress.bytesDone, 2 * kSize + kHalf);
    const qsizetype before = server.requests().size();
    rig.resume(id, {fix::NewLink{server.url(QStringLiteral("/new/b"))}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    const QList<HttpRequest> asked = server.requests().sliced(before);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().path, "/new/b");
    // A stranger vouches for nothing: the last 64 KiB are fetched again and compared.
    const qint64 from = kHalf - 65'536;
    QCOMPARE(asked.first().header("Range"), "bytes=" + QByteArray::number(from) + '-');
    QCOMPARE(server.bodyBytesSent("/new/b"), kSize - from);
    QCOMPARE(rig.content(QStringLiteral("b")), patternBytes(2, 0, kSize));
    QCOMPARE(rig.listing().size(), 3);
}

void ResumeTest::aLinkThatTurnsIntoNotFoundKeepsItsBytesAndFinishesWhenItIsBack()
{
    HttpServer server;
    const Resource file{.body = Body::pattern(1, kSize)};
    server.serve("/file", file);
    server.failAfter("/file", kHalf, 404);
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reachesInTime(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::NotFound);
    QCOMPARE(QFileInfo(rig.file(id).path).size(), kHalf);
    server.serve("/file", file);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(QFileInfo(rig.path(QStringLiteral("file"))).size(), kSize);
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
    QCOMPARE(server.bodyBytesSent("/file"), kSize);
}

void ResumeTest::whenOneFileChangedOnlyThatFileBeginsAnew()
{
    HttpServer server;
    const Resource steady{.body = Body::pattern(1, kSize)};
    const Resource changing{.body = Body::pattern(2, kSize)};
    server.serve("/steady", steady);
    server.serve("/changing", changing);
    server.failAfter("/steady", kHalf, 403);
    server.failAfter("/changing", kHalf, 403);
    ManualRig rig;
    const JobId id = rig.download(
        {server.url(QStringLiteral("/steady")), server.url(QStringLiteral("/changing"))});
    QVERIFY(rig.reachesInTime(id, JobState::Error));
    QCOMPARE(rig.job(id).progress.bytesDone, kSize);
    server.serve("/steady", steady);
    server.serve("/changing", {.body = Body::pattern(5, kSize + 1), .etag = "\"v2\""});
    rig.resume(id);
    QTRY_VERIFY(rig.job(id).error && rig.job(id).error->cause == Cause::RemoteChanged);
    QCOMPARE(rig.job(id).error->fileIndex, 1);
    QVERIFY(rig.file(id, 0).state == FileState::Whole);
    const qsizetype before = server.requests().size();
    rig.resume(id, {fix::Restart{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests().size(), before + 1);
    QCOMPARE(server.requests().last().path, "/changing");
    QCOMPARE(server.requests().last().header("Range"), "bytes=0-");
    QCOMPARE(rig.content(QStringLiteral("steady")), patternBytes(1, 0, kSize));
    QCOMPARE(rig.content(QStringLiteral("changing")), patternBytes(5, 0, kSize + 1));
}

void ResumeTest::aFileAddedToATransferredJobIsTheOnlyOneThatIsFetched()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/a"))});
    spec.options.complete = CompleteMode::OnRequest;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Transferred));
    QVERIFY(rig.ask<message::AddFiles>({id, {FileSpec{.url = server.url(QStringLiteral("/b"))}}})
                .has_value());
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Transferred); // until it is resumed
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(rig.resume(id).done, JobIds{id});
    QTRY_COMPARE(server.requests().size(), 2);
    QVERIFY(rig.reaches(id, JobState::Transferred));
    QCOMPARE(server.requests().last().path, "/b");
    QCOMPARE(server.requests("/a").size(), 1);
    rig.complete(id);
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes(1, 0, kSize));
    QCOMPARE(rig.content(QStringLiteral("b")), patternBytes(2, 0, kSize));
}

void ResumeTest::aFileThatFailsItsChecksumIsTheOnlyOneFetchedAgain()
{
    HttpServer server;
    server.serve("/good", {.body = Body::pattern(1, kSize)});
    server.serve("/bad", {.body = Body::pattern(3, kSize)}); // damaged on its way
    ManualRig rig;
    JobSpec spec =
        rig.spec({server.url(QStringLiteral("/good")), server.url(QStringLiteral("/bad"))});
    spec.files[0].hash =
        ExpectedHash{ExpectedHash::Algorithm::Sha256, Body::pattern(1, kSize).sha256()};
    spec.files[1].hash =
        ExpectedHash{ExpectedHash::Algorithm::Sha256, Body::pattern(2, kSize).sha256()};
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::HashMismatch);
    QCOMPARE(rig.job(id).error->fileIndex, 1);
    QVERIFY(!QFile::exists(rig.path(QStringLiteral("bad"))));
    server.serve("/bad", {.body = Body::pattern(2, kSize)});
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests("/good").size(), 1);
    QCOMPARE(server.requests("/bad").size(), 2);
    QCOMPARE(server.requests("/bad").last().header("Range"), "bytes=0-");
    QCOMPARE(rig.content(QStringLiteral("bad")), patternBytes(2, 0, kSize));
    QTRY_COMPARE(rig.listing().size(), 2);
}

void ResumeTest::aFailureStatusIsNeverTakenForTheFile_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<JobState>("state");
    QTest::newRow("403") << 403 << JobState::Error;
    QTest::newRow("404") << 404 << JobState::Error;
    QTest::newRow("500") << 500 << JobState::TransientError;
    QTest::newRow("503") << 503 << JobState::TransientError;
}

void ResumeTest::aFailureStatusIsNeverTakenForTheFile()
{
    QFETCH(const int, status);
    QFETCH(const JobState, state);
    HttpServer server;
    server.refuse("/file", status);
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, state));
    QCOMPARE(rig.job(id).progress.bytesDone, 0);
    QVERIFY(rig.listing().isEmpty());
    QCOMPARE(rig.job(id).error->httpStatus, status);
}

BELLHOP_TEST(ResumeTest)
#include "tst_resume.moc"
