// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/lookup.h"
#include "app/cli/print/job_table.h"
#include "app/cli/print/json_lines.h"
#include "app/cli/print/progress_lines.h"
#include "app/cli/print/screen.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/wording.h"
#include "core/remedy/catalogue.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>
#include <QTimeZone>

using namespace cli;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kHostile = u"evil\x1b[2J\x07\u202ename\n.iso"_s;

core::JobSnapshot job(qint64 id, const QString &name, core::JobState state)
{
    core::JobSnapshot snapshot{.id = {id}, .state = state, .name = name};
    snapshot.progress = {.bytesDone = 450, .bytesTotal = 1000, .filesTotal = 1};
    return snapshot;
}

core::JobError forbidden()
{
    return {.cause = core::Cause::Forbidden,
            .fileIndex = 2,
            .url = QUrl(u"http://example.org/secret?token=1"_s),
            .httpStatus = 403,
            .jobBytesDone = 450,
            .jobFilesDone = 2,
            .jobFilesTotal = 5};
}

/// Everything an error may have seen, written to do harm.
core::JobError suspicious()
{
    core::JobError error = forbidden();
    error.cause = core::Cause::CertificateOfOtherHost;
    error.certificate = core::SeenCertificate{
        .sha256Hex = QByteArray(64, 'a'),
        .subject = kHostile,
        .issuer = u"Authority"_s,
        .names = {kHostile, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s},
        .notBefore = QDateTime(QDate(2025, 1, 2), QTime(3, 4), QTimeZone::utc()),
        .notAfter = QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::utc())};
    error.pageTitle = kHostile;
    error.serverWords = kHostile;
    error.proxy = QUrl(u"http://me:s3cret@proxy.example:3128"_s);
    error.wantedHash = core::ExpectedHash{core::ExpectedHash::Algorithm::Md5, QByteArray(32, '1')};
    error.foundHash = core::ExpectedHash{core::ExpectedHash::Algorithm::Md5, QByteArray(32, '2')};
    return error;
}

bool isHarmless(const QString &text)
{
    return std::ranges::none_of(text, [](QChar c) {
        return c != u'\n' && c != u'\t' &&
               (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format);
    });
}

} // namespace

class RenderingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void whoLeavesAFileOutIsToldWhatBecomesOfIt()
    {
        const core::JobSnapshot running = job(7, u"a.iso"_s, core::JobState::Transferring);
        core::JobChange change;
        change.files = {{.files = {1}, .wanted = false, .priority = {}}};
        QVERIFY(changedText(running, change).endsWith(u"goes when the job ends"_s));
        change.files.first().wanted = true;
        QVERIFY(!changedText(running, change).contains(u"goes when"_s));
    }
    void nothingFromOutsideReachesTheTerminalRaw();
    void textIsCutInTheMiddle_data();
    void textIsCutInTheMiddle();
    void tableColumnsLineUp();
    void tableFitsTheTerminal();
    void namesHaveHalfOfTheRoom();
    void plainListIsForPrograms();
    void anUploadIsListedWithWhereItGoes();
    void priorityAndPlaceAreListed();
    void severalFilesThatAskAreSpokenOfTogether();
    void whatElseStopsFilesHasItsOwnAnswers();
    void aJobWithoutFilesSaysThatAllWereLeftOut();
    void progressGivesWayToTheWidth();
    void percentIsNeverDoneTooEarly();
    void rateIsSmoothedOverTime();
    void liveLinesShowEachActiveFile();
    void errorLineHasWhatIsPromised();
    void errorLineOfAnythingElseHasNoContext();
    void errorLineHasWhatWasSeen();
    void whatWasSeenIsToldLineByLine();
    void filesAreNumberedFromOneInJson();
    void whatHappenedIsAListUnderAHeading();
    void whatHappenedIsAnObjectALineInJson();
    void everyRepairHasItsOptions();
    void commandsNameTheStateFolder();
    void screenRedrawsNothingWhereItIsNoTerminal();
};

void RenderingTest::nothingFromOutsideReachesTheTerminalRaw()
{
    QCOMPARE(terminalText(kHostile), u"evil\\x1b[2J\\x07\\u202ename\\x0a.iso"_s);
    core::JobSnapshot hostile = job(7, kHostile, core::JobState::Error);
    hostile.folder = kHostile;
    hostile.error = forbidden();
    hostile.error->localPath = kHostile;
    hostile.progress.filesTotal = 5;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(isHarmless(jobTable({hostile}, 80, now)));
    QVERIFY(isHarmless(jobLines({hostile})));
    QVERIFY(isHarmless(jobDetails(hostile, {{AskedFile{*hostile.error, kHostile}}}, now)));
    QVERIFY(isHarmless(problemText(hostile, {{*hostile.error, kHostile}})));
    QVERIFY(isHarmless(otherProblemText(hostile, {{*hostile.error, kHostile}})));
    QVERIFY(isHarmless(answersText(hostile, {*hostile.error}, {kHostile})));
    QVERIFY(isHarmless(otherAnswersText(hostile, {*hostile.error}, {kHostile})));
    QVERIFY(isHarmless(factsText(suspicious())));
    QVERIFY(isHarmless(certificateText(*suspicious().certificate)));
    hostile.error = suspicious();
    QVERIFY(isHarmless(jobDetails(hostile, {{AskedFile{*hostile.error, kHostile}}}, now)));
    QVERIFY(isHarmless(manifestLines({.kept = {{.name = kHostile, .path = kHostile}},
                                      .missing = {{.name = kHostile}}})
                           .join(u'\n')));
    QVERIFY(isHarmless(text({.name = kHostile, .bytesDone = 1}, 79)));
    QVERIFY(isHarmless(fileLines({{.id = {{7}, 0}, .name = kHostile, .error = hostile.error}},
                                 core::JobState::Error)));
    QVERIFY(fileLines({{.id = {{7}, 0}, .url = QUrl(u"https://me:pw@a.example/b/c?key=secret"_s)}},
                      core::JobState::Error)
                .contains(u"\n        https://a.example/b/c?key=…\n"_s));
}

void RenderingTest::textIsCutInTheMiddle_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("shown");
    QTest::newRow("fits") << u"abc"_s << 3 << u"abc"_s;
    QTest::newRow("one too long") << u"abcd"_s << 3 << u"a…d"_s;
    QTest::newRow("extension stays") << u"a-very-long-name.iso"_s << 10 << u"a-ver….iso"_s;
    QTest::newRow("no room") << u"abc"_s << 0 << u""_s;
    QTest::newRow("wide characters") << u"日本語日本語"_s << 7 << u"日…語"_s;
    QTest::newRow("combining stays on its letter")
        << u"e\u0301e\u0301"_s << 2 << u"e\u0301e\u0301"_s;
}

void RenderingTest::textIsCutInTheMiddle()
{
    QFETCH(QString, text);
    QFETCH(int, width);
    const QString shown = elided(text, width);
    QVERIFY(displayWidth(shown) <= width);
    QTEST(shown, "shown");
}

void RenderingTest::tableColumnsLineUp()
{
    const QString table = jobTable({job(7, u"a.iso"_s, core::JobState::Suspended),
                                    job(12, u"日本.iso"_s, core::JobState::Suspended)},
                                   80, QDateTime::currentDateTimeUtc());
    const QStringList lines = table.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QList<int> columns;
    for (const QString &line : lines.mid(1)) {
        columns.append(displayWidth(line.first(line.indexOf(u"45"_s))));
    }
    QCOMPARE(columns.at(0), columns.at(1));
}

void RenderingTest::priorityAndPlaceAreListed()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    core::JobSnapshot waiting = job(7, u"a.iso"_s, core::JobState::Queued);
    waiting.queuePlace = 3;
    waiting.priority = core::Priority::High;
    const QString table = jobTable({waiting}, 80, now);
    QVERIFY2(table.contains(u"Waiting for its turn, number 3, high priority"_s), qPrintable(table));
    QVERIFY(jobDetails(waiting, {}, now).contains(u"Priority:  high\n"_s));
    QVERIFY(jobDetails(waiting, {}, now).contains(u"In queue:  number 3\n"_s));
    QCOMPARE(stateLine(waiting).value(u"queuePlace"_s), QJsonValue(3));
    QCOMPARE(stateLine(waiting).value(u"bytesOnCancel"_s), QJsonValue(0));
    waiting.progress = {.bytesDone = 1'000, .bytesUnconfirmed = 10, .bytesTotal = 1'000};
    QVERIFY(jobTable({waiting}, 80, now).contains(u" 99 %"_s)); // not there before it is said
    const core::JobSnapshot usual = job(8, u"b.iso"_s, core::JobState::Suspended);
    QVERIFY(!jobTable({usual}, 80, now).contains(u"priority"_s));
    QVERIFY(!jobDetails(usual, {}, now).contains(u"In queue"_s));
    QVERIFY(stateLine(usual).value(u"queuePlace"_s).isNull());
}

void RenderingTest::tableFitsTheTerminal()
{
    for (const int width : {20, 40, 79, 200}) {
        const QString table =
            jobTable({job(1234567, QString(300, u'n'), core::JobState::Connecting)}, width,
                     QDateTime::currentDateTimeUtc());
        for (const QString &line : table.split(u'\n')) {
            QVERIFY2(displayWidth(line) <= std::max(width, 32), qPrintable(line));
        }
    }
}

/// However long it takes to say what the jobs are doing.
void RenderingTest::namesHaveHalfOfTheRoom()
{
    core::JobSnapshot waiting = job(7, QString(40, u'n'), core::JobState::TransientError);
    waiting.error = forbidden();
    waiting.error->cause = core::Cause::ConnectionRefused;
    waiting.error->url = QUrl(u"http://"_s + QString(60, u'h') + u".example/a"_s);
    waiting.priority = core::Priority::High;
    const QString table = jobTable({waiting}, 100, QDateTime::currentDateTimeUtc());
    QVERIFY2(table.contains(waiting.name), qPrintable(table));
}

void RenderingTest::plainListIsForPrograms()
{
    core::JobSnapshot unknown = job(8, u"b\tc"_s, core::JobState::Queued);
    unknown.progress.bytesTotal.reset();
    QCOMPARE(jobLines({job(7, u"a"_s, core::JobState::Error), unknown}),
             u"7\tError\t450\t1000\t0\t1\ta\tDownload\n"
             "8\tQueued\t450\t-\t0\t1\tb\\x09c\tDownload\n"_s);
    QCOMPARE(jobLines({}), QString());
}

void RenderingTest::anUploadIsListedWithWhereItGoes()
{
    core::JobSnapshot upload = job(7, u"a"_s, core::JobState::Error);
    upload.type = core::JobType::Upload;
    upload.firstUrl = QUrl(u"https://example.org/up/a?key=secret"_s);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QCOMPARE(jobLines({upload}),
             u"7\tError\t450\t1000\t0\t1\ta\tUpload\thttps://example.org/up/a?key=…\n"_s);
    QVERIFY(jobTable({upload}, 120, now).contains(u"a to https://example.org/up/a?key=…"_s));
    const QString shown = jobDetails(upload, {}, now);
    QVERIFY(shown.contains(u"Type:      Upload\n"_s));
    QVERIFY(shown.contains(u"Address:   https://example.org/up/a?key=secret"_s));
}

void RenderingTest::severalFilesThatAskAreSpokenOfTogether()
{
    core::JobSnapshot stopped = job(7, u"a and 2 more"_s, core::JobState::Error);
    stopped.progress.filesTotal = 3;
    stopped.error = forbidden();
    core::JobError other = forbidden();
    other.fileIndex = stopped.error->fileIndex + 2;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    stopped.progress.filesFailed = 2;
    const auto told = [&](const QList<AskedFile> &files) {
        return jobDetails(stopped, {files}, now).section(u"Problem:"_s, 1);
    };
    const QString one = told({{*stopped.error, u"a"_s}});
    QVERIFY2(one.contains(u"this file"_s), qPrintable(one));
    const QString two = told({{*stopped.error, u"a"_s}, {other, u"b"_s}});
    QVERIFY2(two.contains(u"these files"_s) && !two.contains(u"this file"_s), qPrintable(two));
    QVERIFY2(
        two.contains(
            u"Files:     %1, %2\n"_s.arg(stopped.error->fileIndex + 1).arg(other.fileIndex + 1)),
        qPrintable(two));
}

void RenderingTest::whatElseStopsFilesHasItsOwnAnswers()
{
    core::JobSnapshot stopped = job(7, u"a and 2 more"_s, core::JobState::Error);
    stopped.error = forbidden();
    core::JobError wrong{.cause = core::Cause::HashMismatch, .fileIndex = 3};
    wrong.jobFilesTotal = 5;
    core::JobError wrongToo = wrong;
    wrongToo.fileIndex = 4;
    const auto answers = [&](const QList<core::JobError> &problems) {
        return otherAnswersText(stopped, problems, {});
    };
    const QString one = answers({wrong});
    for (const QString &command : {u"bhop resume 7 --restart --file 4 "_s, u"--skip 4 "_s,
                                   u"--hash ALGO:HEX --file 4 "_s, u"--url LINK --file 4 "_s}) {
        QVERIFY2(one.contains(command), qPrintable(one));
    }
    QVERIFY2(!one.contains(u"cancel"_s), qPrintable(one)); // that is said once
    const QString two = answers({wrong, wrongToo});
    QVERIFY2(two.contains(u"--restart --file 4 --file 5 "_s), qPrintable(two));
    QVERIFY2(two.contains(u"--skip 4 --skip 5 "_s), qPrintable(two));
    const core::JobError closed{
        .cause = core::Cause::LoginRequired, .fileIndex = 3, .jobFilesTotal = 5};
    QVERIFY2(answers({closed}).contains(u"--user NAME --file 4 "_s), qPrintable(answers({closed})));
}

void RenderingTest::aJobWithoutFilesSaysThatAllWereLeftOut()
{
    core::JobSnapshot ended = job(7, u"a"_s, core::JobState::Acknowledged);
    ended.progress = {};
    const QString text = jobDetails(ended, {}, QDateTime::currentDateTimeUtc());
    QVERIFY2(text.contains(u"Done:      nothing; every file was left out"_s), qPrintable(text));
    QVERIFY2(!text.contains(u"Finished"_s), qPrintable(text));
}

void RenderingTest::progressGivesWayToTheWidth()
{
    const ProgressLine line{.name = u"a-very-long-name-of-a-file.iso"_s,
                            .bytesDone = 4'100'000'000,
                            .bytesTotal = 9'800'000'000,
                            .bytesPerSecond = 5'200'000,
                            .remaining = 1096s};
    for (const int width : {10, 30, 40, 60, 80, 200}) {
        QVERIFY2(displayWidth(text(line, width)) <= width, qPrintable(text(line, width)));
        QVERIFY(width < 30 || text(line, width).contains(u"41 %"_s));
    }
    QVERIFY(text(line, 200).contains(line.name));
    QVERIFY(text(line, 80).contains(u".iso"_s));
}

void RenderingTest::percentIsNeverDoneTooEarly()
{
    QCOMPARE(percent(999, 1000), u"99 %"_s);
    QCOMPARE(percent(1000, 1000), u"100 %"_s);
    QCOMPARE(percent(0, 1000), u"0 %"_s);
    QCOMPARE(percent(5, std::nullopt), QString());
    QCOMPARE(percent(0, 0), QString());
}

void RenderingTest::rateIsSmoothedOverTime()
{
    RateMeter meter;
    meter.update(0, 0ms);
    QCOMPARE(meter.bytesPerSecond(), std::nullopt);
    meter.update(1000, 100ms); // too soon to say
    QCOMPARE(meter.bytesPerSecond(), std::nullopt);
    meter.update(1000, 1000ms);
    QCOMPARE(meter.bytesPerSecond(), 1000);
    meter.update(3000, 2000ms);
    QCOMPARE(meter.bytesPerSecond(), 1300);
    meter.update(0, 3000ms); // fetched again from its start
    QCOMPARE(meter.bytesPerSecond(), 1300);
}

void RenderingTest::liveLinesShowEachActiveFile()
{
    core::JobSnapshot two = job(7, u"two"_s, core::JobState::Transferring);
    two.progress.filesTotal = 2;
    const QList<core::FileSnapshot> active{{.id = {{7}, 0}, .name = u"a"_s, .bytesDone = 5},
                                           {.id = {{7}, 1}, .name = u"b"_s, .bytesDone = 5}};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QCOMPARE(liveLines(two, active, {}, 79, now).size(), 3);
    for (const int width : {20, 40, 60, 200}) {
        for (const QString &line : liveLines(two, active, {}, width, now)) {
            QVERIFY2(displayWidth(line) <= width, qPrintable(line));
        }
    }
    QVERIFY(liveLines(two, active, {}, 40, now).last().contains(u"0 of 2 files"_s));
    const core::JobSnapshot one = job(7, u"one"_s, core::JobState::Transferring);
    QCOMPARE(liveLines(one, active.first(1), {}, 79, now).size(), 1);
    QCOMPARE(liveLines(job(7, u"one"_s, core::JobState::Queued), {}, {}, 79, now).size(), 1);
    QCOMPARE(liveLines(job(7, u"one"_s, core::JobState::Acknowledged), {}, {}, 79, now).size(), 0);
}

void RenderingTest::errorLineHasWhatIsPromised()
{
    const QJsonObject line = errorLine({7}, forbidden(), u"c.bin"_s);
    QCOMPARE(line["event"_L1].toString(), u"error"_s);
    QCOMPARE(line["job"_L1].toInteger(), 7);
    QCOMPARE(line["context"_L1].toString(), u"RemoteFile"_s);
    QCOMPARE(line["cause"_L1].toString(), u"Forbidden"_s);
    QCOMPARE(line["httpStatus"_L1].toInt(), 403);
    QCOMPARE(line["file"_L1].toInt(), 3);
    QCOMPARE(line["name"_L1].toString(), u"c.bin"_s);
    QCOMPARE(line["bytesDone"_L1].toInteger(), 450);
    QCOMPARE(line["filesDone"_L1].toInt(), 2);
    QVERIFY(!line["explanation"_L1].toString().isEmpty());
    QVERIFY(line["fixes"_L1].toArray().contains(u"NewLink"_s));
}

void RenderingTest::errorLineOfAnythingElseHasNoContext()
{
    core::JobError error = forbidden();
    error.cause = core::Cause::NotFound;
    error.httpStatus = 404;
    QCOMPARE(errorLine({7}, error, {})["context"_L1].toString(), u"None"_s);
}

void RenderingTest::errorLineHasWhatWasSeen()
{
    const QJsonObject line = errorLine({7}, suspicious(), {});
    QCOMPARE(line["certificate"_L1]["sha256"_L1].toString(), QString(64, u'a'));
    QCOMPARE(line["certificate"_L1]["subject"_L1].toString(), kHostile);
    QCOMPARE(line["pageTitle"_L1].toString(), kHostile);
    QCOMPARE(line["serverWords"_L1].toString(), kHostile);
    QCOMPARE(line["proxy"_L1].toString(), u"http://proxy.example:3128"_s);
    QCOMPARE(line["wantedHash"_L1].toString(), u"md5:"_s + QString(32, u'1'));
    QCOMPARE(line["foundHash"_L1].toString(), u"md5:"_s + QString(32, u'2'));
    QVERIFY(errorLine({7}, forbidden(), {})["certificate"_L1].isNull());
}

void RenderingTest::whatWasSeenIsToldLineByLine()
{
    QVERIFY(factsText(forbidden()).isEmpty());
    const QString facts = factsText(suspicious());
    for (const QString &part :
         {u"and 2 more"_s, u"Authority"_s, u"from 2 January 2025 until 2 January 2026"_s,
          QString(64, u'a'), u"http://proxy.example:3128"_s, u"md5:"_s + QString(32, u'2')}) {
        QVERIFY2(facts.contains(part), qPrintable(facts));
    }
    QVERIFY(!facts.contains(u"s3cret"_s));
    core::JobSnapshot stopped = job(7, u"a"_s, core::JobState::Error);
    stopped.error = suspicious();
    QVERIFY(jobDetails(stopped, {{AskedFile{*stopped.error, QString()}}},
                       QDateTime::currentDateTimeUtc())
                .contains(QString(64, u'a')));
}

void RenderingTest::filesAreNumberedFromOneInJson()
{
    const core::Manifest manifest = manifestOf(
        {{.id = {{7}, 0}, .state = core::FileState::Published, .name = u"a"_s, .path = u"/a"_s},
         {.id = {{7}, 1}, .state = core::FileState::Unwanted, .name = u"b"_s},
         {.id = {{7}, 2}, .state = core::FileState::Failed, .name = u"c"_s, .bytesDone = 1},
         {.id = {{7}, 3}, .state = core::FileState::Pending, .name = u"d"_s}});
    const QJsonObject line = completedLine({7}, manifest);
    QCOMPARE(line["kept"_L1][0]["file"_L1].toInt(), 1);
    QCOMPARE(line["kept"_L1][0]["path"_L1].toString(), u"/a"_s);
    QCOMPARE(line["partial"_L1][0]["file"_L1].toInt(), 3);
    QCOMPARE(line["missing"_L1][0]["file"_L1].toInt(), 4);
    QCOMPARE(fileLine({.id = {{7}, 0}})["file"_L1].toInt(), 1);
}

void RenderingTest::whatHappenedIsAListUnderAHeading()
{
    core::JobError lost{.cause = core::Cause::ConnectionLost,
                        .url = QUrl(u"https://example.org/a"_s),
                        .fileBytesDone = 24'000'000,
                        .fileBytesTotal = 40'000'000};
    const QDateTime noon(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
    const QString lines = timelineLines(
        {{.time = noon, .what = core::happening::Added{2}},
         {.time = noon.addSecs(5), .fileIndex = 1, .what = core::happening::Failed{lost, 4s}}},
        {2});
    QCOMPARE(lines,
             u"Timeline:\n"
             "  2026-01-15 12:00:00  2 files were added\n"
             "  2026-01-15 12:00:05  File 2: Connection lost at 24.0 of 40.0 MB; trying again "
             "in 4 s\n"_s);
    QCOMPARE(timelineLines({}, {2}), QString());
    lost.url.setHost(kHostile);
    lost.localPath = kHostile;
    for (const core::Cause cause : core::kCauses) {
        lost.cause = cause;
        QVERIFY(isHarmless(
            timelineLines({{.time = noon, .what = core::happening::Failed{lost}}}, {1})));
    }
}

void RenderingTest::whatHappenedIsAnObjectALineInJson()
{
    const QDateTime noon(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
    const QJsonObject line = timelineLine(
        {7}, {.time = noon, .fileIndex = 2, .what = core::happening::Failed{forbidden(), {}}}, {5});
    QCOMPARE(line["event"_L1].toString(), u"timeline"_s);
    QCOMPARE(line["job"_L1].toInteger(), 7);
    QCOMPARE(line["kind"_L1].toString(), u"Failed"_s);
    QCOMPARE(line["time"_L1].toString(), u"2026-01-15T12:00:00.000Z"_s);
    QCOMPARE(line["file"_L1].toInt(), 3);
    QCOMPARE(line["error"_L1]["cause"_L1].toString(), u"Forbidden"_s);
    QVERIFY(line["text"_L1].toString().startsWith(u"File 3: "_s));
}

void RenderingTest::everyRepairHasItsOptions()
{
    QCOMPARE(optionsFor(core::FixKind::SkipFile, forbidden()), u"--skip 3"_s);
    QCOMPARE(optionsFor(core::FixKind::Retry, forbidden()), QString());
    for (const core::FixKind fix : core::kFixKinds) {
        const QString options = optionsFor(fix, forbidden());
        QVERIFY2(options.isEmpty() || options.startsWith(u"--"_s), core::name(fix));
    }
    core::JobError elsewhere{.cause = core::Cause::UploadElsewhere, .type = core::JobType::Upload};
    elsewhere.url = QUrl(u"https://b.example/x?a=1&b"_s);
    QCOMPARE(optionsFor(core::FixKind::NewLink, elsewhere), u"--url 'https://b.example/x?a=1&b'"_s);
    elsewhere.cause = core::Cause::UploadNotTaken;
    elsewhere.evidence.headers = {{"Tus-Resumable", "1.0.0"}};
    QCOMPARE(optionsFor(core::FixKind::OtherProtocol, elsewhere), u"--protocol tus"_s);
    elsewhere.step = core::Step::Prepare;
    QCOMPARE(optionsFor(core::FixKind::OtherProtocol, elsewhere), u"--protocol put"_s);
}

void RenderingTest::commandsNameTheStateFolder()
{
    QCOMPARE(CommandStyle{}.command("resume"_L1, {7}, u"--restart"_s),
             u"bhop resume 7 --restart"_s);
    QCOMPARE(CommandStyle{u"/tmp/it's mine"_s}.command("cancel"_L1, {7}),
             u"bhop cancel 7 --state-dir '/tmp/it'\\''s mine'"_s);
}

void RenderingTest::screenRedrawsNothingWhereItIsNoTerminal()
{
    QTemporaryFile out;
    QTemporaryFile err;
    QVERIFY(out.open() && err.open());
    {
        Screen screen(out.handle(), err.handle(), nullptr);
        screen.setLive({u"45 %"_s});
        screen.print(u"done\n"_s);
        screen.setLive({u"46 %"_s});
    }
    QVERIFY(out.seek(0) && err.seek(0));
    QCOMPARE(out.readAll(), "done\n");
    QCOMPARE(err.readAll(), QByteArray());
}

BELLHOP_TEST(RenderingTest)
#include "tst_rendering.moc"
