// SPDX-License-Identifier: Apache-2.0
#include "tests/core/contract/half_fetched.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QMap>

#include <unistd.h>

using namespace core;

/// Cancel removes what the job has made, and nothing else.
class CancelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void cancelLeavesTheFolderExactlyAsBefore_data();
    void cancelLeavesTheFolderExactlyAsBefore();
    void cancelOfATransferredJobThrowsItsBytesAwayAndNothingElse();
    void cancelTwiceIsRefusedAndSoIsCompleteAfterCancel();
    void cancelDoesNotTouchAFileThatWasPutInThePlaceOfThePart();
    void cancelKeepsTheFilesThatHaveTheirNamesAlready();
    void aFileThatFailedIsThereUntilTheJobIsCancelled();
    void whatCancelRemovesIsCountedWithOlderParts();
    void noByteComesAfterCancel();

private:
    static constexpr qint64 kSize = 1'000'000;

    /// Everything in the folder, with what is in it.
    static QMap<QString, QByteArray> contents(const ManualRig &rig)
    {
        QMap<QString, QByteArray> all;
        for (const QString &name : rig.listing()) {
            const QFileInfo info(rig.path(name));
            all.insert(name, info.isSymLink() ? info.symLinkTarget().toUtf8() : rig.content(name));
        }
        return all;
    }
};

void CancelTest::cancelLeavesTheFolderExactlyAsBefore_data()
{
    QTest::addColumn<JobState>("state");
    for (const JobState state : {JobState::Suspended, JobState::Connecting, JobState::Transferring,
                                 JobState::TransientError, JobState::Error}) {
        QTest::addRow("%s", name(state)) << state;
    }
}

void CancelTest::cancelLeavesTheFolderExactlyAsBefore()
{
    QFETCH(const JobState, state);
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.serve("/whole", {.body = Body::pattern(2, kSize)});
    if (state == JobState::Connecting) {
        server.script("/file", {step::Stall{}});
    } else if (state == JobState::TransientError) {
        server.failAfter("/file", kSize / 2, 503);
    } else if (state == JobState::Error) {
        server.failAfter("/file", kSize / 2, 403);
    } else {
        server.holdAfter("/file", kSize / 2, "half");
    }
    ManualRig rig;
    rig.plant(QStringLiteral("file"), "mine");
    rig.plant(QStringLiteral("file.part"), "also mine");
    rig.plant(QStringLiteral(".hidden"), "hidden");
    QVERIFY(QDir(rig.folder.path()).mkdir(QStringLiteral("sub")));
    QCOMPARE(::symlink("/nowhere",
                       QFile::encodeName(rig.path(QStringLiteral("file.2.part"))).constData()),
             0);
    const QMap<QString, QByteArray> before = contents(rig);

    QList<QUrl> urls{server.url(QStringLiteral("/file"))};
    if (state != JobState::Connecting) {
        urls.append(server.url(QStringLiteral("/whole")));
    }
    JobSpec spec = rig.spec(urls);
    spec.options.existing = ExistingFile::KeepBoth;
    const JobId id = rig.download(spec);
    if (state == JobState::Suspended) {
        QTRY_VERIFY(rig.job(id).progress.bytesDone >= kSize);
        rig.suspend(id);
    }
    QVERIFY(rig.reachesInTime(id, state));
    rig.settle();
    if (state != JobState::Connecting) {
        QVERIFY(rig.listing().size() > before.size());
    }
    QCOMPARE(rig.cancel(id).done, JobIds{id});
    QCOMPARE(rig.job(id).state, JobState::Cancelled);
    QCOMPARE(contents(rig), before);
}

void CancelTest::cancelOfATransferredJobThrowsItsBytesAwayAndNothingElse()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    ManualRig rig;
    const JobId id = rig.downloadAndPlant(&server, rig.spec({server.url(QStringLiteral("/file"))}),
                                          QStringLiteral("file"), "mine");
    QTRY_VERIFY(rig.job(id).obstacle);
    QCOMPARE(rig.listing().size(), 2);
    rig.cancel(id);
    QCOMPARE(rig.listing(), QStringList{QStringLiteral("file")});
    QCOMPARE(rig.content(QStringLiteral("file")), "mine");
}

void CancelTest::cancelTwiceIsRefusedAndSoIsCompleteAfterCancel()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.complete = CompleteMode::OnRequest;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Transferred));
    QCOMPARE(rig.cancel(id).done, JobIds{id});
    QCOMPARE(name(rig.cancel(id).refused.value(0).kind), name(RefusalKind::InvalidState));
    QCOMPARE(name(rig.complete(id).refused.value(0).kind), name(RefusalKind::InvalidState));
    QCOMPARE(rig.job(id).state, JobState::Cancelled);
    QVERIFY(rig.listing().isEmpty());
}

void CancelTest::cancelDoesNotTouchAFileThatWasPutInThePlaceOfThePart()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.holdAfter("/file", kSize / 2, "half");
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize / 2);
    rig.suspend(id);
    QTRY_VERIFY(server.connectionsOpen() == 0);
    const QString part = QStringLiteral("file.part");
    QVERIFY(QFile::rename(rig.path(part), rig.path(QStringLiteral("elsewhere"))));
    rig.plant(part, "mine");
    rig.cancel(id);
    QCOMPARE(rig.content(part), "mine");
    QVERIFY(QFile::exists(rig.path(QStringLiteral("elsewhere"))));
}

void CancelTest::cancelKeepsTheFilesThatHaveTheirNamesAlready()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    const JobId id = rig.downloadAndPlant(
        &server, rig.spec({server.url(QStringLiteral("/b")), server.url(QStringLiteral("/a"))}),
        QStringLiteral("b"), "mine");
    QTRY_VERIFY(rig.job(id).obstacle);
    rig.cancel(id);
    QCOMPARE(rig.listing(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes(1, 0, kSize));
    QCOMPARE(rig.content(QStringLiteral("b")), "mine");
}

void CancelTest::aFileThatFailedIsThereUntilTheJobIsCancelled()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.failAfter("/file", kSize / 2, 404);
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reachesInTime(id, JobState::Error));
    rig.restart();
    rig.clock.advance(std::chrono::hours(24));
    rig.settle();
    QCOMPARE(rig.content(QStringLiteral("file.part")), patternBytes(1, 0, kSize / 2));
    rig.cancel(id);
    QVERIFY(rig.listing().isEmpty());
}

void CancelTest::whatCancelRemovesIsCountedWithOlderParts()
{
    HttpServer server;
    ManualRig rig;
    half_fetched::serve(&server);
    const JobId id =
        half_fetched::jobIn(JobState::Error, &rig, &server, half_fetched::specOf(rig, server));
    QCOMPARE(rig.job(id).bytesOnCancel, half_fetched::kHalf);
    server.serve("/file", {.body = Body::pattern(9, 2'000'000), .etag = "\"v2\""});
    server.holdAfter("/file", 500'000, "rest");
    rig.resume(id, {fix::Restart{}});
    QVERIFY(rig.comesTo([&] { return rig.job(id).progress.bytesDone == 500'000; }));
    rig.suspend(id);
    QVERIFY(
        rig.comesTo([&] { return rig.job(id).bytesOnCancel == half_fetched::kHalf + 500'000; }));
    QCOMPARE(rig.listing().size(), 2);
    rig.cancel(id);
    QCOMPARE(rig.listing(), QStringList());
}

void CancelTest::noByteComesAfterCancel()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.holdAfter("/file", kSize / 2, "half");
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize / 2);
    rig.cancel(id);
    QTRY_COMPARE(server.connectionsOpen(), 0);
    server.release("half");
    rig.clock.advance(std::chrono::hours(24));
    rig.settle();
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.bodyBytesSent("/file"), kSize / 2);
    QVERIFY(rig.listing().isEmpty());
}

BELLHOP_TEST(CancelTest)
#include "tst_cancel.moc"
