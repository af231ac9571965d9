// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// Complete keeps what is whole, says what is missing, and can be called again.
class CompleteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theFileHasTheBytesOfTheServerAndIsNotThereBeforeComplete();
    void completeAndCancelAfterCompleteAreRefusedAndTheFileStays();
    void completeInTheMiddleOfFileThreeOfFiveKeepsTwoAndRemovesTheRest();
    void completeWithPartsKeptLeavesThemBesideTheFiles();
    void aRenameThatIsBlockedLeavesTheJobTransferredAndASecondCompleteFinishes();
    void completeWhereTheNameIsTakenKeepsTheFileBesideWhatHasIt();
    void completeThatMeetsAnObstacleIsNotTriedAgainByItself();
    void completeWithNothingWholeIsLegalAndKeepsNothing();
    void completeOfAWaitingJobEndsTheWaiting();
    void completeWhenTransferredIsCarriedOutByTheEngineAlsoAfterARestart();
    void theManifestNamesEveryFileExactlyOnce();

private:
    static constexpr qint64 kSize = 100'000;

    static QStringList names(const QList<ManifestEntry> &entries)
    {
        QStringList names;
        for (const ManifestEntry &entry : entries) {
            names.append(entry.name);
        }
        return names;
    }
    /// 1.bin … n.bin, each with bytes of its own.
    static QList<QUrl> serveNumbered(HttpServer *server, int count)
    {
        QList<QUrl> urls;
        for (int i = 1; i <= count; ++i) {
            const QString path = QStringLiteral("/%1.bin").arg(i);
            server->serve(path.toLatin1(), {.body = Body::pattern(quint64(i), kSize)});
            urls.append(server->url(path));
        }
        return urls;
    }
    static JobSpec onRequest(const ManualRig &rig, const QList<QUrl> &urls)
    {
        JobSpec spec = rig.spec(urls);
        spec.options.complete = CompleteMode::OnRequest;
        return spec;
    }
};

void CompleteTest::theFileHasTheBytesOfTheServerAndIsNotThereBeforeComplete()
{
    HttpServer server;
    const QList<QUrl> urls = serveNumbered(&server, 1);
    server.holdAfter("/1.bin", kSize / 2, "half");
    ManualRig rig;
    const JobId id = rig.download(onRequest(rig, urls));
    QTRY_VERIFY(server.isWaitingAt("half"));
    QTRY_COMPARE(rig.listing(), QStringList{QStringLiteral("1.bin.part")});
    server.release("half");
    QVERIFY(rig.reaches(id, JobState::Transferred));
    QCOMPARE(rig.listing(), QStringList{QStringLiteral("1.bin.part")});
    const CompleteOutcome outcome = rig.complete(id);
    QCOMPARE(outcome.done.size(), 1);
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QCOMPARE(rig.listing(), QStringList{QStringLiteral("1.bin")});
    QCOMPARE(rig.content(QStringLiteral("1.bin")), patternBytes(1, 0, kSize));
}

void CompleteTest::completeAndCancelAfterCompleteAreRefusedAndTheFileStays()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = rig.download(serveNumbered(&server, 1));
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(name(rig.complete(id).refused.value(0).kind), name(RefusalKind::InvalidState));
    QCOMPARE(name(rig.cancel(id).refused.value(0).kind), name(RefusalKind::InvalidState));
    QCOMPARE(name(rig.resume(id).refused.value(0).kind), name(RefusalKind::InvalidState));
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QCOMPARE(rig.content(QStringLiteral("1.bin")), patternBytes(1, 0, kSize));
}

void CompleteTest::completeInTheMiddleOfFileThreeOfFiveKeepsTwoAndRemovesTheRest()
{
    HttpServer server;
    const QList<QUrl> urls = serveNumbered(&server, 5);
    server.holdAfter("/3.bin", kSize / 2, "half");
    ManualRig rig;
    rig.limitTo(1);
    const JobId id = rig.download(urls);
    QTRY_VERIFY(server.isWaitingAt("half"));
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 2 * kSize + kSize / 2);
    const CompleteOutcome outcome = rig.complete(id);
    QCOMPARE(outcome.done.size(), 1);
    const Manifest manifest = outcome.done.first().manifest;
    QCOMPARE(names(manifest.kept), QStringList({QStringLiteral("1.bin"), QStringLiteral("2.bin")}));
    QCOMPARE(names(manifest.partial), QStringList{QStringLiteral("3.bin")});
    QCOMPARE(names(manifest.missing),
             QStringList({QStringLiteral("4.bin"), QStringLiteral("5.bin")}));
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QCOMPARE(rig.listing(), QStringList({QStringLiteral("1.bin"), QStringLiteral("2.bin")}));
    QCOMPARE(rig.content(QStringLiteral("2.bin")), patternBytes(2, 0, kSize));
    QVERIFY(server.requests("/4.bin").isEmpty());
}

void CompleteTest::completeWithPartsKeptLeavesThemBesideTheFiles()
{
    HttpServer server;
    const QList<QUrl> urls = serveNumbered(&server, 2);
    server.holdAfter("/2.bin", kSize / 2, "half");
    ManualRig rig;
    const JobId id = rig.download(urls);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize + kSize / 2);
    QCOMPARE(rig.complete(id, PartialFiles::KeepAsPart).done.size(), 1);
    QCOMPARE(rig.listing(), QStringList({QStringLiteral("1.bin"), QStringLiteral("2.bin.part")}));
    QCOMPARE(rig.content(QStringLiteral("2.bin.part")), patternBytes(2, 0, kSize / 2));
}

void CompleteTest::aRenameThatIsBlockedLeavesTheJobTransferredAndASecondCompleteFinishes()
{
    HttpServer server;
    const QList<QUrl> urls = serveNumbered(&server, 3);
    ManualRig rig;
    const JobId id = rig.download(onRequest(rig, urls));
    QVERIFY(rig.reaches(id, JobState::Transferred));
    rig.plant(QStringLiteral("2.bin"), "mine");
    const CompleteOutcome blocked = rig.complete(id);
    QCOMPARE(blocked.done.size(), 1);
    QVERIFY(blocked.done.first().obstacle);
    QCOMPARE(rig.job(id).state, JobState::Transferred);
    QCOMPARE(rig.job(id).obstacle->cause, Cause::NameExists);
    QCOMPARE(rig.job(id).obstacle->fileIndex, 1);
    // The others have their names already, and what was there is as it was.
    QCOMPARE(rig.content(QStringLiteral("1.bin")), patternBytes(1, 0, kSize));
    QCOMPARE(rig.content(QStringLiteral("3.bin")), patternBytes(3, 0, kSize));
    QCOMPARE(rig.content(QStringLiteral("2.bin")), "mine");
    QVERIFY(rig.file(id, 0).state == FileState::Published);
    QVERIFY(rig.file(id, 1).state == FileState::Whole);

    QVERIFY(QFile::rename(rig.path(QStringLiteral("2.bin")), rig.path(QStringLiteral("mine"))));
    const CompleteOutcome finished = rig.complete(id);
    QVERIFY(!finished.done.value(0).obstacle);
    QCOMPARE(finished.done.value(0).manifest.kept.size(), 3);
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QVERIFY(!rig.job(id).obstacle);
    QCOMPARE(rig.content(QStringLiteral("2.bin")), patternBytes(2, 0, kSize));
    QCOMPARE(rig.listing().size(), 4);
    QCOMPARE(server.requests().size(), 3);
}

void CompleteTest::completeWhereTheNameIsTakenKeepsTheFileBesideWhatHasIt()
{
    HttpServer server;
    const QList<QUrl> urls = serveNumbered(&server, 2);
    ManualRig rig;
    const JobId id = rig.download(onRequest(rig, urls));
    QVERIFY(rig.reaches(id, JobState::Transferred));
    rig.plant(QStringLiteral("2.bin"), "mine");
    QVERIFY(rig.complete(id).done.first().obstacle);
    QVERIFY(!rig.complete(id).done.first().obstacle); // said of the question, it is the answer
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QCOMPARE(rig.content(QStringLiteral("2.bin")), "mine");
    QCOMPARE(rig.content(QStringLiteral("2 (1).bin")), patternBytes(2, 0, kSize));
}

void CompleteTest::completeThatMeetsAnObstacleIsNotTriedAgainByItself()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = rig.downloadAndPlant(&server, rig.spec(serveNumbered(&server, 1)),
                                          QStringLiteral("1.bin"), "mine");
    QTRY_VERIFY(rig.job(id).obstacle);
    QVERIFY(QFile::remove(rig.path(QStringLiteral("1.bin"))));
    rig.clock.advance(std::chrono::hours(24));
    rig.settle();
    rig.restart();
    rig.clock.advance(std::chrono::hours(24));
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Transferred);
    QVERIFY(rig.job(id).obstacle);
    QCOMPARE(rig.listing(), QStringList{QStringLiteral("1.bin.part")});
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void CompleteTest::completeWithNothingWholeIsLegalAndKeepsNothing()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/none"))});
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).completeEffect.filesKept, 0);
    const CompleteOutcome outcome = rig.complete(id);
    QVERIFY(outcome.done.value(0).manifest.kept.isEmpty());
    QCOMPARE(outcome.done.value(0).manifest.missing.size(), 1);
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QVERIFY(rig.listing().isEmpty());
}

void CompleteTest::completeOfAWaitingJobEndsTheWaiting()
{
    HttpServer server;
    server.refuse("/busy", 503);
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/busy"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.complete(id);
    rig.clock.advance(std::chrono::hours(24));
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QCOMPARE(server.requests().size(), 1);
}

void CompleteTest::completeWhenTransferredIsCarriedOutByTheEngineAlsoAfterARestart()
{
    HttpServer server;
    const QList<QUrl> urls = serveNumbered(&server, 1);
    server.holdAfter("/1.bin", kSize / 2, "half");
    ManualRig rig;
    const JobId id = rig.download(urls);
    QTRY_VERIFY(server.isWaitingAt("half"));
    rig.restart();
    server.release("half");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("1.bin")), patternBytes(1, 0, kSize));
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
    QVERIFY(rig.attentions.first().kind == Attention::Kind::Transferred);
}

void CompleteTest::theManifestNamesEveryFileExactlyOnce()
{
    HttpServer server;
    QList<QUrl> urls = serveNumbered(&server, 3);
    server.failAfter("/2.bin", kSize / 2, 404);
    urls.append(server.url(QStringLiteral("/none")));
    ManualRig rig;
    const JobId id = rig.download(urls);
    QVERIFY(rig.reachesInTime(id, JobState::Error));
    const Manifest manifest = rig.complete(id).done.value(0).manifest;
    QStringList all = names(manifest.kept) + names(manifest.partial) + names(manifest.missing);
    all.sort();
    QCOMPARE(all, QStringList({QStringLiteral("1.bin"), QStringLiteral("2.bin"),
                               QStringLiteral("3.bin"), QStringLiteral("none")}));
    QCOMPARE(names(manifest.partial), QStringList{QStringLiteral("2.bin")});
    for (const ManifestEntry &entry : manifest.kept) {
        QVERIFY(QFile::exists(entry.path));
    }
}

BELLHOP_TEST(CompleteTest)
#include "tst_complete.moc"
