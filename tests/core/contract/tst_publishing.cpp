// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_records.h"
#include "core/words/explain.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 1000;

/// A file half of which has come; the rest is held back at "gate".
JobId halfOfAFile(HttpServer *server, ManualRig *rig)
{
    server->serve("/file", {.body = Body::pattern(1, kSize)});
    server->holdAfter("/file", kSize / 2, "gate");
    const JobId id = rig->download({server->url(u"/file"_s)});
    require(rig->comesTo([server] { return server->isWaitingAt("gate"); }),
            u"the first half does not come"_s);
    rig->settle();
    return id;
}

/// A file that will stand whole under the name of its part, because another has its name.
JobId fileWhoseNameIsTaken(HttpServer *server, ManualRig *rig)
{
    server->serve("/file", {.body = Body::pattern(1, kSize)});
    return rig->downloadAndPlant(server, rig->spec({server->url(u"/file"_s)}), u"file"_s, "mine");
}

} // namespace

/// From a whole part to a file with its name, and what may come between.
class PublishingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatWasWrittenBeforeADiskTakesNoMoreIsKept();
    void aFileGetsItsNameOnlyWhenTheListKnowsOfIt();
    void whileTheListCannotBeSavedNoFileIsBegun();
    void aCancelledJobMakesRoomAlsoForAListThatCannotBeSaved();
    void aPartIsMovedWhenTheListSaysWhereTo();
    void aFileWhosePartIsGoneIsFetchedFromTheStart_data();
    void aFileWhosePartIsGoneIsFetchedFromTheStart();
    void fetchingFromTheStartKeepsTheWholePartMeanwhile();
    void publishingEndsBetweenTwoFilesAndGoesOnLater_data();
    void publishingEndsBetweenTwoFilesAndGoesOnLater();
};

void PublishingTest::whatWasWrittenBeforeADiskTakesNoMoreIsKept()
{
    constexpr qint64 kLarge = qint64(40) * 1024 * 1024; // the list is smaller
    constexpr qint64 kFirst = qint64(30) * 1024 * 1024;
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kLarge)});
    server.holdAfter("/file", kFirst, "gate");
    ManualRig rig;
    const JobId id = rig.download({server.url(u"/file"_s)});
    QVERIFY(rig.comesTo([&] { return rig.job(id).progress.bytesDone == kFirst; }));
    {
        const FileSizeLimit limit(kFirst + 1000);
        QVERIFY(limit.isSet());
        server.release("gate");
        QVERIFY(rig.comesTo([&] { return rig.job(id).state == JobState::Error; }));
    }
    const JobError error = *rig.job(id).error;
    QCOMPARE(error.cause, Cause::FileTooLarge);
    QVERIFY(error.fileBytesDone >= kFirst);
    QVERIFY(!explain(error).oneLine().contains(u"Nothing had been fetched"_s));
    QCOMPARE(rig.content(u"file.part"_s).first(error.fileBytesDone),
             patternBytes(1, 0, error.fileBytesDone));
    const qsizetype before = server.requests().size();
    rig.resume(id);
    QVERIFY(rig.reachesInTime(id, JobState::Acknowledged));
    QCOMPARE(rig.content(u"file"_s), patternBytes(1, 0, kLarge));
    QCOMPARE(server.requests().at(before).header("Range"),
             "bytes=" + QByteArray::number(error.fileBytesDone) + '-');
}

void PublishingTest::publishingEndsBetweenTwoFilesAndGoesOnLater_data()
{
    QTest::addColumn<bool>("byRestart");
    QTest::newRow("suspended") << false;
    QTest::newRow("the program ends") << true;
}

void PublishingTest::publishingEndsBetweenTwoFilesAndGoesOnLater()
{
    QFETCH(const bool, byRestart);
    constexpr int kFiles = 40;
    HttpServer server;
    QList<QUrl> links;
    for (int i = 0; i < kFiles; ++i) {
        const QString path = u"/%1"_s.arg(i);
        server.serve(path.toLatin1(), {.body = Body::pattern(quint64(i), kSize)});
        links.append(server.url(path));
    }
    ManualRig rig;
    const JobId id = rig.download(links);
    QVERIFY(rig.comesTo([&] { return rig.file(id, 0).state == FileState::Published; }));
    if (byRestart) {
        rig.restart(RunPolicy::Nothing);
    } else {
        QCOMPARE(rig.suspend(id).done, JobIds{id});
    }
    QCOMPARE(rig.job(id).state, JobState::Transferred);
    QVERIFY(!rig.job(id).obstacle);
    QCOMPARE(rig.file(id, kFiles - 1).state, FileState::Whole);
    rig.settle();
    QCOMPARE(rig.file(id, kFiles - 1).state, FileState::Whole); // nothing goes on meanwhile

    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.listing().size(), kFiles);
    QCOMPARE(rig.content(QString::number(kFiles - 1)), patternBytes(kFiles - 1, 0, kSize));
    QCOMPARE(server.requests().size(), kFiles);
}

void PublishingTest::aFileGetsItsNameOnlyWhenTheListKnowsOfIt()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = halfOfAFile(&server, &rig);
    {
        const FileSizeLimit limit(4096);
        QVERIFY(limit.isSet());
        server.release("gate");
        QVERIFY(rig.reaches(id, JobState::Transferred));
        for (int tries = 0; tries < 3; ++tries) {
            rig.clock.advance(JobRecords::kSavedAgainAfter);
            rig.settle();
        }
        QCOMPARE(rig.job(id).state, JobState::Transferred);
        QCOMPARE(rig.listing(), QStringList{u"file.part"_s});
    }
    rig.clock.advance(JobRecords::kSavedAgainAfter);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.listing(), QStringList{u"file"_s});
    QCOMPARE(rig.content(u"file"_s), patternBytes(1, 0, kSize));
}

void PublishingTest::whileTheListCannotBeSavedNoFileIsBegun()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    server.holdAfter("/a", kSize / 2, "gate");
    ManualRig rig;
    rig.limitTo(1);
    const JobId id = rig.download({server.url(u"/a"_s), server.url(u"/b"_s)});
    QTRY_VERIFY(server.isWaitingAt("gate"));
    rig.settle();
    {
        const FileSizeLimit limit(4096);
        rig.suspend(id);
        rig.settle();
        server.release("gate");
        rig.resume(id);
        rig.settle();
        QCOMPARE(server.requests().size(), 1);
    }
    rig.clock.advance(JobRecords::kSavedAgainAfter);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(u"a"_s), patternBytes(1, 0, kSize));
    QCOMPARE(rig.content(u"b"_s), patternBytes(2, 0, kSize));
}

void PublishingTest::aCancelledJobMakesRoomAlsoForAListThatCannotBeSaved()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = halfOfAFile(&server, &rig);
    rig.suspend(id);
    rig.settle();
    {
        const FileSizeLimit limit(4096);
        QCOMPARE(rig.ask<message::Cancel>({{id}}).value().done, JobIds{id});
        QCOMPARE(rig.listing(), QStringList());
    }
    rig.clock.advance(JobRecords::kSavedAgainAfter);
    rig.settle();
    rig.restart();
    QCOMPARE(rig.job(id).state, JobState::Cancelled);
}

void PublishingTest::aPartIsMovedWhenTheListSaysWhereTo()
{
    HttpServer server;
    const QTemporaryDir other;
    ManualRig rig;
    const JobId id = halfOfAFile(&server, &rig);
    rig.suspend(id);
    rig.settle();
    server.release("gate");
    {
        const FileSizeLimit limit(4096);
        rig.resume(id, {fix::OtherFolder{other.path()}});
        rig.settle();
        QCOMPARE(rig.listing(), QStringList{u"file.part"_s});
    }
    rig.clock.advance(JobRecords::kSavedAgainAfter);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.listing(), QStringList());
    QCOMPARE(QDir(other.path()).entryList(QDir::Files), QStringList{u"file"_s});
}

void PublishingTest::aFileWhosePartIsGoneIsFetchedFromTheStart_data()
{
    QTest::addColumn<QByteArray>("other");
    QTest::newRow("removed") << QByteArray();
    QTest::newRow("another file in its place") << QByteArray("theirs");
}

void PublishingTest::aFileWhosePartIsGoneIsFetchedFromTheStart()
{
    QFETCH(QByteArray, other);
    HttpServer server;
    ManualRig rig;
    const JobId id = fileWhoseNameIsTaken(&server, &rig);
    QTRY_VERIFY(rig.job(id).obstacle);
    if (other.isEmpty()) {
        QVERIFY(QFile::remove(rig.path(u"file.part"_s)));
    } else {
        rig.plantInPlaceOf(u"file.part"_s, other);
    }
    QVERIFY(QFile::remove(rig.path(u"file"_s)));
    rig.resume(id);
    QTRY_VERIFY(rig.job(id).obstacle && rig.job(id).obstacle->cause != Cause::NameExists);
    QCOMPARE(rig.resume(id, {fix::Restart{}}).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests().size(), 2);
    QStringList left{u"file"_s};
    if (!other.isEmpty()) {
        left.append(u"file.part"_s);
    }
    QTRY_COMPARE(rig.listing(), left);
    QCOMPARE(rig.content(u"file.part"_s), other);
    QCOMPARE(rig.content(u"file"_s), patternBytes(1, 0, kSize));
}

void PublishingTest::fetchingFromTheStartKeepsTheWholePartMeanwhile()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = fileWhoseNameIsTaken(&server, &rig);
    QTRY_VERIFY(rig.job(id).obstacle);
    server.holdAfter("/file", kSize / 2, "gate");
    QCOMPARE(rig.resume(id, {fix::Restart{}, fix::KeepBoth{}}).done, JobIds{id});
    QTRY_VERIFY(server.isWaitingAt("gate"));
    QCOMPARE(rig.content(u"file.part"_s), patternBytes(1, 0, kSize));
    server.release("gate");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QTRY_COMPARE(rig.listing(), QStringList({u"file"_s, u"file (1)"_s}));
    QCOMPARE(rig.content(u"file"_s), "mine");
    QCOMPARE(rig.content(u"file (1)"_s), patternBytes(1, 0, kSize));
}

BELLHOP_TEST(PublishingTest)
#include "tst_publishing.moc"
