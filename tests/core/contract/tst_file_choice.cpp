// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// Which files of a job are wanted, and which come first, is chosen while it is there.
class FileChoiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFileThatIsLeftOutStopsAtOnceAndTheJobIsWholeWithoutIt();
    void whatThereWasOfItIsUsedWhenItIsWantedAfterAll();
    void aJobThatAskedAboutItGoesOn();
    void anotherFileThatFailedIsAskedAboutInItsPlace();
    void whatIsAskedCountsTheFilesThatAreWanted();
    void whatWaitedForItsNextTryWaitsNoMore();
    void whatStoodInTheWayOfCompleteStandsThereNoMore();
    void aJobThatHasEverythingFetchesWhatIsWantedAfterAll();
    void whatIsWantedFirstIsFetchedFirst();
    void whatIsFetchedMakesWayForWhatIsToComeFirst();
    void theChoiceOutlivesARestart();
    void theLastFileCannotBeLeftOutNorThatOfAnUpload();
    void aJobOfVeryManyFilesHasAShortTimeline();

private:
    static constexpr qint64 kSize = 1'000'000;

    static JobId jobOf(ManualRig *rig, const HttpServer &server, const QStringList &names)
    {
        QList<QUrl> urls;
        for (const QString &name : names) {
            urls.append(server.url(u'/' + name));
        }
        return rig->add(rig->spec(urls));
    }
    static SetOutcome choose(ManualRig *rig, JobId id, const FileChange &change)
    {
        JobChange all;
        all.files = {change};
        return rig->ask<message::Change>({{id}, all}).value_or(SetOutcome{});
    }
    static SetOutcome choose(ManualRig *rig, JobId id, int file, bool isWanted)
    {
        return choose(rig, id, {.files = {file}, .wanted = isWanted, .priority = {}});
    }
    static QStringList pathsOf(const HttpServer &server)
    {
        QStringList paths;
        for (const auto &request : server.requests()) {
            paths.append(QString::fromLatin1(request.path));
        }
        return paths;
    }
};

void FileChoiceTest::aFileThatIsLeftOutStopsAtOnceAndTheJobIsWholeWithoutIt()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    server.holdAfter("/a", kSize / 2, "a");
    server.holdAfter("/b", kSize / 2, "b");
    ManualRig rig;
    const JobId id = jobOf(&rig, server, {QStringLiteral("a"), QStringLiteral("b")});
    rig.resume(id);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize);
    QCOMPARE(rig.job(id).progress.bytesTotal, 2 * kSize);
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QCOMPARE(rig.file(id, 0).state, FileState::Unwanted);
    const Progress progress = rig.job(id).progress;
    QCOMPARE(progress.bytesTotal, kSize);
    QCOMPARE(progress.bytesDone, kSize / 2);
    QCOMPARE(progress.filesTotal, 1);
    QTRY_COMPARE(rig.file(id, 0).bytesDone, kSize / 2); // every byte is kept
    QVERIFY(rig.listing().contains(QStringLiteral("a.part")));
    server.release("b");
    QVERIFY(rig.reaches(id, JobState::Acknowledged)); // "a" is held still
    QCOMPARE(rig.content(QStringLiteral("b")), patternBytes(2, 0, kSize));
    QTRY_COMPARE(rig.listing(), QStringList{QStringLiteral("b")}); // and goes with the job
    server.release("a");
}

void FileChoiceTest::whatThereWasOfItIsUsedWhenItIsWantedAfterAll()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    server.holdAfter("/a", kSize / 2, "a");
    server.holdAfter("/b", kSize / 2, "b");
    ManualRig rig;
    const JobId id = jobOf(&rig, server, {QStringLiteral("a"), QStringLiteral("b")});
    rig.resume(id);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize);
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QTRY_COMPARE(rig.file(id, 0).bytesDone, kSize / 2);
    rig.clock.advance(std::chrono::seconds(2));
    QCOMPARE(choose(&rig, id, 0, true).done, JobIds{id});
    QVERIFY(!rig.job(id).bytesPerSecond); // they have not come just now
    QCOMPARE(rig.job(id).progress.bytesTotal, 2 * kSize);
    QTRY_VERIFY(!server.isWaitingAt("a")); // the connection is gone
    server.release("a");
    server.release("b");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes(1, 0, kSize));
    QCOMPARE(server.bodyBytesSent("/a"), kSize); // none came twice
}

void FileChoiceTest::aJobThatAskedAboutItGoesOn()
{
    HttpServer server;
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    rig.acceptsAttention = false;
    const JobId id = jobOf(&rig, server, {QStringLiteral("none"), QStringLiteral("b")});
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(!rig.file(id, 0).error);
    QVERIFY(!rig.job(id).error);
}

void FileChoiceTest::anotherFileThatFailedIsAskedAboutInItsPlace()
{
    HttpServer server;
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    const JobId id =
        jobOf(&rig, server, {QStringLiteral("none"), QStringLiteral("b"), QStringLiteral("nor")});
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error.value_or(JobError()).fileIndex, 0);
    QVERIFY(rig.comesTo([&rig] { return rig.attentions.size() == 1; }));
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QCOMPARE(rig.job(id).state, JobState::Error);
    QCOMPARE(rig.job(id).error.value_or(JobError()).fileIndex, 2);
    QCOMPARE(rig.job(id).progress.filesFailed, 1);
    QVERIFY(rig.comesTo([&rig] { return rig.attentions.size() == 2; })); // another question
    QCOMPARE(choose(&rig, id, 2, false).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void FileChoiceTest::whatIsAskedCountsTheFilesThatAreWanted()
{
    HttpServer server;
    ManualRig rig;
    const JobId id =
        jobOf(&rig, server, {QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("z")});
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QVERIFY(fixesFor(*rig.job(id).error).contains(FixKind::SkipFile));
    QCOMPARE(choose(&rig, id, 2, false).done, JobIds{id});
    QCOMPARE(rig.job(id).error->jobFilesTotal, 2);
    QCOMPARE(rig.file(id, 1).error->jobFilesTotal, 2);
    QCOMPARE(choose(&rig, id, 1, false).done, JobIds{id});
    QCOMPARE(rig.job(id).error->jobFilesTotal, 1);
    QVERIFY(!fixesFor(*rig.job(id).error).contains(FixKind::SkipFile));
    QVERIFY(!explain(*rig.job(id).error).whatToDo.contains(QStringLiteral("without this file")));
    const auto refused = rig.resume(id, {fix::SkipFile{0}}).refused;
    QCOMPARE(refused.value(0).kind, RefusalKind::LastFile);
}

void FileChoiceTest::whatWaitedForItsNextTryWaitsNoMore()
{
    HttpServer server;
    server.refuse("/busy", 503);
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    JobSpec spec =
        rig.spec({server.url(QStringLiteral("/busy")), server.url(QStringLiteral("/b"))});
    spec.options.minRetryDelay = std::chrono::seconds(10);
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged)); // no time has passed
}

void FileChoiceTest::whatStoodInTheWayOfCompleteStandsThereNoMore()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    const QString name = QStringLiteral("a");
    const JobId id = rig.downloadAndPlant(
        &server, rig.spec({server.url(QStringLiteral("/a")), server.url(QStringLiteral("/b"))}),
        name, "here first");
    QTRY_VERIFY(rig.job(id).obstacle.has_value());
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(name), QByteArray("here first"));
    QTRY_COMPARE(rig.listing(), (QStringList{name, QStringLiteral("b")}));
}

void FileChoiceTest::aJobThatHasEverythingFetchesWhatIsWantedAfterAll()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/a")), server.url(QStringLiteral("/b"))});
    spec.options.complete = CompleteMode::OnRequest;
    const JobId id = rig.add(spec);
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Transferred));
    QCOMPARE(pathsOf(server), QStringList{QStringLiteral("/b")});
    QCOMPARE(choose(&rig, id, 0, true).done, JobIds{id});
    QTRY_COMPARE(rig.job(id).progress.filesDone, 2);
    QVERIFY(rig.reaches(id, JobState::Transferred));
    rig.complete(id);
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes(1, 0, kSize));
}

void FileChoiceTest::whatIsWantedFirstIsFetchedFirst()
{
    HttpServer server;
    QStringList names;
    for (const char *name : {"a", "b", "c", "d"}) {
        server.serve('/' + QByteArray(name), {.body = Body::pattern(1, 1000)});
        names.append(QString::fromLatin1(name));
    }
    ManualRig rig;
    rig.limitTo(1);
    const JobId id = jobOf(&rig, server, names);
    QCOMPARE(choose(&rig, id, {.files = {2}, .wanted = {}, .priority = FilePriority::High}).done,
             JobIds{id});
    QCOMPARE(choose(&rig, id, {.files = {0}, .wanted = {}, .priority = FilePriority::Low}).done,
             JobIds{id});
    QCOMPARE(rig.file(id, 2).priority, FilePriority::High);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(pathsOf(server), (QStringList{QStringLiteral("/c"), QStringLiteral("/b"),
                                           QStringLiteral("/d"), QStringLiteral("/a")}));
}

void FileChoiceTest::whatIsFetchedMakesWayForWhatIsToComeFirst()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.serve("/b", {.body = Body::pattern(2, kSize)});
    server.serve("/c", {.body = Body::pattern(3, kSize)});
    server.holdAfter("/a", kSize / 2, "a");
    ManualRig rig;
    rig.limitTo(1);
    const JobId id =
        jobOf(&rig, server, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    rig.resume(id);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize / 2);
    QCOMPARE(choose(&rig, id, {.files = {1}, .wanted = {}, .priority = FilePriority::Low}).done,
             JobIds{id}); // nobody makes way for that
    QCOMPARE(rig.file(id, 0).state, FileState::Active);
    QCOMPARE(choose(&rig, id, {.files = {2}, .wanted = {}, .priority = FilePriority::High}).done,
             JobIds{id});
    server.release("a");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(pathsOf(server), (QStringList{QStringLiteral("/a"), QStringLiteral("/c"),
                                           QStringLiteral("/a"), QStringLiteral("/b")}));
    QCOMPARE(server.requests("/a").last().header("Range").value_or("none"), "bytes=500000-");
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes(1, 0, kSize));
}

void FileChoiceTest::theChoiceOutlivesARestart()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = jobOf(&rig, server, {QStringLiteral("a"), QStringLiteral("b")});
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QCOMPARE(choose(&rig, id, {.files = {1}, .wanted = {}, .priority = FilePriority::Low}).done,
             JobIds{id});
    rig.restart();
    QCOMPARE(rig.file(id, 0).state, FileState::Unwanted);
    QCOMPARE(rig.file(id, 1).priority, FilePriority::Low);
    QCOMPARE(rig.job(id).progress.filesTotal, 1);
}

void FileChoiceTest::theLastFileCannotBeLeftOutNorThatOfAnUpload()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = jobOf(&rig, server, {QStringLiteral("a"), QStringLiteral("b")});
    QCOMPARE(choose(&rig, id, 0, false).done, JobIds{id});
    QCOMPARE(choose(&rig, id, 1, false).refused.value(0).kind, RefusalKind::LastFile);
    QCOMPARE(choose(&rig, id, 2, false).refused.value(0).kind, RefusalKind::UnknownFile);
    QCOMPARE(rig.job(id).progress.filesTotal, 1);
    rig.plant(QStringLiteral("sent"), "bytes");
    const JobId upload =
        rig.add(rig.uploadSpec(QStringLiteral("sent"), server.url(QStringLiteral("/up"))));
    QCOMPARE(choose(&rig, upload, 0, false).refused.value(0).kind, RefusalKind::FilesOfUpload);
}

void FileChoiceTest::aJobOfVeryManyFilesHasAShortTimeline()
{
    constexpr int kFiles = 200;
    HttpServer server;
    ManualRig rig;
    QStringList names;
    for (int i = 0; i < kFiles; ++i) {
        names.append(QStringLiteral("f%1").arg(i));
        server.serve('/' + names.last().toLatin1(), {.body = Body::pattern(1, 100)});
    }
    const JobId id = jobOf(&rig, server, names);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    const auto page = rig.ask<message::Timeline>({.job = id}).value_or(TimelinePage());
    QVERIFY2(page.total < 20, qPrintable(QString::number(page.total)));
    int files = 0;
    qint64 bytes = 0;
    for (const TimelineEntry &entry : page.entries) {
        if (const auto *fetched = std::get_if<happening::Fetched>(&entry.what)) {
            files += fetched->files;
            bytes += fetched->bytes;
        }
    }
    QCOMPARE(files, kFiles);
    QCOMPARE(bytes, kFiles * 100);
}

BELLHOP_TEST(FileChoiceTest)
#include "tst_file_choice.moc"
