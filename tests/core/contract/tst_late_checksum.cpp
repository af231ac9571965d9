// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// A checksum is checked before a file gets its name, whenever it was given.
class LateChecksumTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void oneThatIsRightLetsTheFileHaveItsName();
    void oneThatIsWrongRejectsTheFile();
    void aRejectedFileGoesOnWhenThePersonDecides_data();
    void aRejectedFileGoesOnWhenThePersonDecides();
    void whatIsWrongIsKeptUntilWhatReplacesItIsWhole();
    void whatIsWrongCanBeHadWhereNothingElseIs();
    void completeIsNoWayAroundIt();
    void afterARestartAWholeFileIsCheckedOnceMore_data();
    void afterARestartAWholeFileIsCheckedOnceMore();

private:
    static constexpr qint64 kSize = 500'000;

    static ExpectedHash hashOfPattern(quint32 seed)
    {
        return {ExpectedHash::Algorithm::Sha256, Body::pattern(seed, kSize).sha256()};
    }
    /// A job whose file is whole and waits for its name, which is taken.
    static JobId obstructed(ManualRig *rig, HttpServer *server)
    {
        server->serve("/file", {.body = Body::pattern(1, kSize)});
        const JobId id =
            rig->downloadAndPlant(server, rig->spec({server->url(QStringLiteral("/file"))}),
                                  QStringLiteral("file"), "mine");
        const bool isAsked = rig->reaches(id, JobState::Transferred) && rig->comesTo([&] {
            return rig->job(id).obstacle && rig->attentions.size() == 1;
        });
        return isAsked ? id : JobId{};
    }
    static Fixes replacing(const ExpectedHash &hash)
    {
        return {fix::OtherHash{hash, 0}, fix::Replace{0}};
    }
};

void LateChecksumTest::oneThatIsRightLetsTheFileHaveItsName()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = obstructed(&rig, &server);
    QCOMPARE(rig.resume(id, replacing(hashOfPattern(1))).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
    QCOMPARE(server.requests().size(), 1);
}

void LateChecksumTest::oneThatIsWrongRejectsTheFile()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = obstructed(&rig, &server);
    const int errors = rig.job(id).errorCount;
    QCOMPARE(rig.resume(id, replacing(hashOfPattern(2))).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.steps(id).last(), JobEvent::Rejected);
    const JobSnapshot job = rig.job(id);
    QVERIFY(!job.obstacle);
    QCOMPARE(job.errorCount, errors + 1);
    QCOMPARE(job.error->cause, Cause::HashMismatch);
    QCOMPARE(job.error->step, Step::Verify);
    QVERIFY(job.error->wantedHash == hashOfPattern(2));
    QVERIFY(job.error->foundHash == hashOfPattern(1));
    QCOMPARE(rig.file(id).state, FileState::Failed);
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 2; }));
    QCOMPARE(int(rig.attentions.last().kind), int(Attention::Kind::Error));
    // What was there before is as it was, and nothing of what came is lost.
    QCOMPARE(rig.content(QStringLiteral("file")), "mine");
    QCOMPARE(rig.content(QStringLiteral("file.part")), patternBytes(1, 0, kSize));
    QCOMPARE(server.requests().size(), 1);
    rig.restart();
    QCOMPARE(rig.job(id).state, JobState::Error);
    QCOMPARE(rig.job(id).error->cause, Cause::HashMismatch);
}

void LateChecksumTest::aRejectedFileGoesOnWhenThePersonDecides_data()
{
    QTest::addColumn<Fixes>("fixes");
    QTest::newRow("the checksum was mistyped") << Fixes{fix::OtherHash{hashOfPattern(1), 0}};
    QTest::newRow("it is right as it is") << Fixes{fix::Accept{0}};
    QTest::newRow("there is no checksum after all") << Fixes{fix::OtherHash{{}, 0}};
}

void LateChecksumTest::aRejectedFileGoesOnWhenThePersonDecides()
{
    QFETCH(const Fixes, fixes);
    HttpServer server;
    ManualRig rig;
    const JobId id = obstructed(&rig, &server);
    rig.resume(id, replacing(hashOfPattern(2)));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.resume(id, fixes).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
    QTRY_COMPARE(rig.listing(), QStringList{QStringLiteral("file")});
}

void LateChecksumTest::whatIsWrongCanBeHadWhereNothingElseIs()
{
    HttpServer server;
    ManualRig rig;
    server.serve("/file", {.body = Body::pattern(2, kSize)});
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.files.first().hash = hashOfPattern(1);
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    server.refuse("/file", 404);
    rig.resume(id, {fix::Restart{}});
    QVERIFY(rig.comesTo([&] { return rig.job(id).errorCount == 2; }));
    QVERIFY(rig.reaches(id, JobState::Error));
    rig.restart(); // and it is known after that, too
    const JobError error = *rig.job(id).error;
    QCOMPARE(error.cause, Cause::NotFound);
    QVERIFY2(explain(error).whatIsSafe.startsWith(
                 QStringLiteral("The 500 kB that were here before are kept")),
             qPrintable(explain(error).whatIsSafe));
    QVERIFY(fixesFor(error).contains(FixKind::Accept));
    rig.resume(id, {fix::Accept{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(2, 0, kSize));
    QTRY_COMPARE(rig.listing(), QStringList{QStringLiteral("file")});
}

/// Of bytes that are wrong nothing is kept, however often they come.
void LateChecksumTest::whatIsWrongIsKeptUntilWhatReplacesItIsWhole()
{
    HttpServer server;
    ManualRig rig;
    server.serve("/file", {.body = Body::pattern(2, kSize)});
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.files.first().hash =
        ExpectedHash{ExpectedHash::Algorithm::Sha256, Body::pattern(1, kSize / 2).sha256()};
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).bytesOnCancel, kSize);
    server.refuse("/file", 404);
    rig.resume(id, {fix::Restart{}});
    QVERIFY(rig.comesTo([&] { return server.requests().size() == 2; }));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.content(QStringLiteral("file.part")), patternBytes(2, 0, kSize));
    QCOMPARE(rig.job(id).bytesOnCancel, kSize);
    server.serve("/file", {.body = Body::pattern(1, kSize / 2)});
    rig.resume(id, {fix::Restart{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.comesTo([&] { return rig.listing() == QStringList{QStringLiteral("file")}; }));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize / 2));
}

void LateChecksumTest::completeIsNoWayAroundIt()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    server.refuse("/none", 404);
    ManualRig rig;
    const JobId id =
        rig.download({server.url(QStringLiteral("/a")), server.url(QStringLiteral("/b")),
                      server.url(QStringLiteral("/none"))});
    QVERIFY(rig.reaches(id, JobState::Error)); // two of three are whole
    server.script("/none", {step::Stall{}});
    QCOMPARE(rig.resume(id, {fix::OtherHash{hashOfPattern(9), 0}}).done, JobIds{id});
    const CompleteOutcome outcome = rig.complete(id);
    QCOMPARE(outcome.done.size(), 1);
    QCOMPARE(outcome.done.first().obstacle->cause, Cause::HashMismatch);
    QCOMPARE(outcome.done.first().obstacle->fileIndex, 0);
    QCOMPARE(rig.job(id).state, JobState::Error);
    QCOMPARE(rig.file(id, 0).state, FileState::Failed);
    QCOMPARE(rig.file(id, 1).state, FileState::Published); // its sibling has nothing to do with it
    QVERIFY(!QFile::exists(rig.path(QStringLiteral("a"))));
    QCOMPARE(rig.content(QStringLiteral("b")), patternBytes(2, 0, kSize));
}

void LateChecksumTest::afterARestartAWholeFileIsCheckedOnceMore_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<JobState>("expected");
    QTest::newRow("as it was left") << QByteArray() << JobState::Acknowledged;
    QTest::newRow("changed meanwhile") << QByteArray("other") << JobState::Error;
}

void LateChecksumTest::afterARestartAWholeFileIsCheckedOnceMore()
{
    QFETCH(const QByteArray, written);
    QFETCH(const JobState, expected);
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.complete = CompleteMode::OnRequest;
    spec.files[0].hash = hashOfPattern(1);
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Transferred));
    rig.restart();
    QFile part(rig.path(QStringLiteral("file.part")));
    QVERIFY(part.open(QIODevice::ReadWrite));
    QCOMPARE(part.write(written), written.size());
    part.close();
    QCOMPARE(rig.complete(id).done.size(), 1);
    QCOMPARE(rig.job(id).state, expected);
    QCOMPARE(QFile::exists(rig.path(QStringLiteral("file"))), expected == JobState::Acknowledged);
}

BELLHOP_TEST(LateChecksumTest)
#include "tst_late_checksum.moc"
