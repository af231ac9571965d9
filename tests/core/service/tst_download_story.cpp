// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// The story of the product, told to the whole engine: a file arrives, another one is refused, a
/// new link is pasted and the file goes on from the bytes it had.
class DownloadStoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFileArrivesUnderItsNameAndNothingElseIsLeft()
    {
        HttpServer server;
        server.serve("/film.mp4", {.body = Body::pattern(1, 3'000'000)});
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/film.mp4"))});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.listing(), QStringList{QStringLiteral("film.mp4")});
        QCOMPARE(rig.content(QStringLiteral("film.mp4")), patternBytes(1, 0, 3'000'000));
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests().first().header("Range"), "bytes=0-");
    }

    void aLinkThatRunsOutHalfWayIsReplacedAndTheFileGoesOn()
    {
        HttpServer server;
        const Resource film{.body = Body::pattern(1, 3'000'000)};
        server.serve("/old.mp4", film);
        server.failAfter("/old.mp4", 1'000'000, 403);
        server.serve("/new.mp4", film);
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/old.mp4"))});
        QVERIFY(rig.reaches(id, JobState::Error));
        const JobSnapshot stopped = rig.job(id);
        QVERIFY(stopped.error);
        QCOMPARE(stopped.error->cause, Cause::Forbidden);
        QCOMPARE(contextOf(*stopped.error), ErrorContext::RemoteFile);
        const qint64 durable = stopped.error->fileBytesDone;
        QVERIFY(durable > 0);
        QTRY_COMPARE(rig.attentions.size(), 1);

        rig.resume(id, {fix::NewLink{server.url(QStringLiteral("/new.mp4"))}});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.content(QStringLiteral("old.mp4")), patternBytes(1, 0, 3'000'000));
        // The tail is compared because another address vouches for nothing.
        QCOMPARE(server.requests("/new.mp4").first().header("Range"),
                 "bytes=" + QByteArray::number(durable - 65'536) + '-');
    }

    void allFilesThatFailedAreToldAndRepairedInOneGo()
    {
        HttpServer server;
        server.serve("/good", {.body = Body::pattern(1, 1000)});
        server.serve("/closed", {.body = Body::pattern(2, 1000)});
        server.nextStatus("/closed", 403, {}, 9);
        server.nextStatus("/gone", 404, {}, 9);
        server.serve("/fresh", {.body = Body::pattern(3, 1000)});
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/closed")),
                                       server.url(QStringLiteral("/good")),
                                       server.url(QStringLiteral("/gone"))});
        QVERIFY(rig.reaches(id, JobState::Error));
        const auto failed =
            rig.ask<message::Files>({.job = id, .first = 1, .count = 9, .only = FileState::Failed});
        QVERIFY(failed);
        QCOMPARE(failed->total, 2);
        QCOMPARE(failed->files.size(), 1);
        QCOMPARE(failed->files.first().id, (FileId{id, 2}));
        QCOMPARE(failed->files.first().error->cause, Cause::NotFound);

        rig.resume(id, {fix::NewLink{server.url(QStringLiteral("/fresh")), 0}, fix::SkipFile{2}});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.content(QStringLiteral("fresh")), patternBytes(3, 0, 1000));
        QCOMPARE(rig.listing(), (QStringList{QStringLiteral("fresh"), QStringLiteral("good")}));
    }

    void aServerThatFailsTwiceIsRetriedWithoutAWord()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(2, 1000)});
        server.nextStatus("/file", 500, {}, 2);
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/file"))});
        QVERIFY(rig.reaches(id, JobState::Acknowledged, 20'000));
        QVERIFY(!rig.states.contains(JobState::Error));
        QVERIFY(rig.states.contains(JobState::TransientError));
        QCOMPARE(server.requests().size(), 3);
    }

    void cancelLeavesTheFolderAsItWas()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(2, 1'000'000)});
        server.holdAfter("/file", 400'000, "gate");
        EngineRig rig;
        QFile mine(rig.path(QStringLiteral("file")));
        QVERIFY(mine.open(QIODevice::WriteOnly));
        mine.write("mine");
        mine.close();
        JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
        spec.options.existing = ExistingFile::KeepBoth;
        const JobId id = rig.download(spec);
        QTRY_VERIFY(rig.job(id).progress.bytesDone > 0);
        QVERIFY(rig.listing().size() == 2);
        const auto outcome = rig.ask<message::Cancel>({{id}});
        QVERIFY(outcome && outcome->done.size() == 1);
        QCOMPARE(rig.listing(), QStringList{QStringLiteral("file")});
        QCOMPARE(rig.content(QStringLiteral("file")), "mine");
        QCOMPARE(rig.job(id).state, JobState::Cancelled);
    }

    void completeKeepsTheWholeFilesOfAJobInErrorAndSaysWhatIsMissing()
    {
        HttpServer server;
        QList<QUrl> urls;
        for (int i = 1; i <= 5; ++i) {
            const QString path = QStringLiteral("/%1.bin").arg(i);
            if (i != 3) {
                server.serve(path.toLatin1(), {.body = Body::pattern(quint64(i), 10'000)});
            }
            urls.append(server.url(path));
        }
        EngineRig rig;
        const JobId id = rig.download(urls);
        QVERIFY(rig.reaches(id, JobState::Error));
        QCOMPARE(rig.job(id).error->cause, Cause::NotFound);
        QCOMPARE(contextOf(*rig.job(id).error), ErrorContext::None);
        QCOMPARE(rig.job(id).completeEffect.filesKept, 4);
        const auto outcome = rig.ask<message::Complete>({{id}});
        QVERIFY(outcome && outcome->done.size() == 1);
        QCOMPARE(outcome->done.first().manifest.kept.size(), 4);
        QCOMPARE(outcome->done.first().manifest.missing.size(), 1);
        QCOMPARE(rig.listing().size(), 4);
        QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    }

    void aTakenNameIsAnObstacleThatKeepBothRemoves()
    {
        HttpServer server;
        server.serve("/a.txt", {.body = Body::pattern(4, 5000)});
        EngineRig rig;
        const JobId id = rig.downloadAndPlant(
            &server, rig.spec({server.url(QStringLiteral("/a.txt"))}), QStringLiteral("a.txt"), {});
        QTRY_VERIFY(rig.job(id).obstacle.has_value());
        QCOMPARE(rig.job(id).state, JobState::Transferred);
        QCOMPARE(rig.job(id).obstacle->cause, Cause::NameExists);
        rig.resume(id, {fix::KeepBoth{}});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.listing().size(), 2);
        QCOMPARE(rig.content(QStringLiteral("a.txt")), QByteArray());
        QCOMPARE(server.requests().size(), 1);
    }

    void aRestartGoesOnFromTheDurableBytes()
    {
        HttpServer server;
        server.serve("/big", {.body = Body::pattern(9, 4'000'000)});
        server.holdAfter("/big", 2'000'000, "gate");
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/big"))});
        QTRY_VERIFY(rig.job(id).progress.bytesDone >= 1'900'000);
        rig.restart();
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.content(QStringLiteral("big")), patternBytes(9, 0, 4'000'000));
        QVERIFY(server.requests().last().header("Range") != "bytes=0-");
    }

    void aSessionThatOnlyLooksStartsNothing()
    {
        HttpServer server;
        server.serve("/big", {.body = Body::pattern(9, 4'000'000)});
        server.holdAfter("/big", 2'000'000, "gate");
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/big"))});
        QTRY_VERIFY(server.isWaitingAt("gate"));
        rig.restart(RunPolicy::Nothing);
        QCOMPARE(rig.job(id).state, JobState::Queued);
        QCOMPARE(server.requests().size(), 1);
        rig.restart(RunPolicy::Everything);
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(server.requests().size(), 2);
    }

    void completeOfAnUploadThatIsNotTransferredIsRefusedWithItsReason()
    {
        EngineRig rig;
        const JobId id = rig.add(
            rig.uploadSpec(QStringLiteral("here"), QUrl(QStringLiteral("http://127.0.0.1:9/x"))));
        const auto outcome = rig.ask<message::Complete>({{id}});
        QVERIFY(outcome && outcome->done.isEmpty());
        QCOMPARE(outcome->refused.first().kind, RefusalKind::UploadInPart);
        QCOMPARE(rig.job(id).state, JobState::Suspended);
    }

    void aFileThatChangedOnTheServerIsNotJoinedAndRestartKeepsTheOldPart()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(1, 2'000'000)});
        server.cutAfter("/file", 1'000'000);
        EngineRig rig;
        JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
        spec.options.noProgressTimeout = std::chrono::milliseconds(0);
        const JobId id = rig.add(spec);
        rig.resume(id);
        QVERIFY(rig.reaches(id, JobState::Error));
        server.serve("/file", {.body = Body::pattern(2, 2'000'000), .etag = "\"v2\""});
        rig.resume(id);
        QTRY_VERIFY(rig.job(id).error && rig.job(id).error->cause == Cause::RemoteChanged);
        server.dropConnections(); // what is still on its way of the refused answer does not count
        server.holdAfter("/file", 500'000, "gate");
        rig.resume(id, {fix::Restart{}});
        QTRY_VERIFY(server.isWaitingAt("gate"));
        QTRY_COMPARE(rig.listing().size(), 2); // the old part and the new one
        server.release("gate");
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(2, 0, 2'000'000));
        QTRY_COMPARE(rig.listing(), QStringList{QStringLiteral("file")});
    }

    void aServerWithoutRangesIsComparedAndGoneOnWith()
    {
        HttpServer server;
        server.serve("/file",
                     {.body = Body::pattern(6, 2'000'000), .ranges = RangeAnswer::Ignored});
        server.cutAfter("/file", 1'000'000);
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/file"))});
        QVERIFY(rig.reaches(id, JobState::Acknowledged, 20'000));
        QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(6, 0, 2'000'000));
        QCOMPARE(server.requests().size(), 2);
    }

    void aRefusedNewLinkChangesNothing()
    {
        HttpServer server;
        server.refuse("/file", 403);
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/file"))});
        QVERIFY(rig.reaches(id, JobState::Error));
        const auto outcome =
            rig.resume(id, {fix::NewLink{QUrl(QStringLiteral("ftp://a.example/file"))}});
        QCOMPARE(outcome.refused.size(), 1);
        QCOMPARE(rig.job(id).state, JobState::Error);
        QCOMPARE(rig.file(id).url, server.url(QStringLiteral("/file")));
    }

    void aLoginIsAskedForAndUsedForThisServerOnly()
    {
        HttpServer server;
        HttpServer other;
        server.serve("/file",
                     {.body = Body::pattern(7, 1000), .login = BasicLogin{"me", "secret"}});
        other.serve("/file", {.body = Body::pattern(7, 1000)});
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/file"))});
        QVERIFY(rig.reaches(id, JobState::Error));
        QCOMPARE(rig.job(id).error->cause, Cause::LoginRequired);
        server.redirect("/file", other.url(QStringLiteral("/file")).toEncoded());
        server.nextStatus("/file", 401, {{"WWW-Authenticate", "Basic realm=x"}});
        rig.resume(id, {fix::Login{{QStringLiteral("me"), QStringLiteral("secret")}}});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QVERIFY(server.requests().last().header("Authorization").has_value());
        QVERIFY(!other.requests().last().header("Authorization").has_value());
    }
};

BELLHOP_TEST(DownloadStoryTest)
#include "tst_download_story.moc"
