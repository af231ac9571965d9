// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/reporter.h"

#include "tests/app/cli/printed_files.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

#include <functional>

using namespace cli;
using namespace Qt::StringLiterals;

namespace {

using Report = std::function<void(Reporter *)>;

const QString kHarmfulName = u"evil\x1b[2J\x07\u202e.iso"_s;

core::JobSnapshot reportedJob(core::JobState state = core::JobState::Suspended)
{
    core::JobSnapshot job{.id = {7}, .state = state, .name = kHarmfulName};
    job.progress = {.bytesDone = 450, .bytesTotal = 1000, .filesTotal = 1};
    return job;
}

core::JobError reportedProblem()
{
    return {.cause = core::Cause::Forbidden, .httpStatus = 403, .jobFilesTotal = 1};
}

core::Manifest oneKept()
{
    return {.kept = {{.name = kHarmfulName, .path = u"/home/me/a"_s, .bytes = 10}}};
}

struct Call {
    const char *name;
    Report report;
    /// Where it is told in plain, quiet, JSON and quiet JSON form: to (o)ut, to (e)rr or not (-).
    const char *places;
};

/// Everything a Reporter can be told.
QList<Call> calls()
{
    const core::JobSnapshot job = reportedJob();
    const core::JobError problem = reportedProblem();
    const core::FileSnapshot file{.id = {{7}, 0}, .name = kHarmfulName};
    const core::TimelineEntry entry{.time = QDateTime::fromSecsSinceEpoch(0, QTimeZone::utc()),
                                    .fileIndex = std::nullopt,
                                    .what = core::happening::Added{1}};
    const auto answers = Reporter::Answers::Listed;
    return {
        {"state", [job](Reporter *r) { r->state(job); }, "--oo"},
        {"progress", [job](Reporter *r) { r->progress(job); }, "--o-"},
        {"transferred", [job](Reporter *r) { r->transferred(job); }, "--oo"},
        {"ready", [job](Reporter *r) { r->ready(job); }, "e-oo"},
        {"completed", [job](Reporter *r) { r->completed(job, oneKept()); }, "o-oo"},
        {"completed without a file", [job](Reporter *r) { r->completed(job, {}); }, "--oo"},
        {"cancelled", [job](Reporter *r) { r->cancelled(job); }, "o-oo"},
        {"suspended", [job](Reporter *r) { r->suspended(job, 0); }, "eeoo"},
        {"incomplete", [job](Reporter *r) { r->incomplete(job); }, "eeoo"},
        {"paused", [job](Reporter *r) { r->paused(job, 0); }, "o-oo"},
        {"changed", [job](Reporter *r) { r->changed(job, {}); }, "o-oo"},
        {"removed", [](Reporter *r) { r->removed({7}); }, "o-oo"},
        {"problem",
         [=](Reporter *r) {
             r->problem(job, {{AskedFile{problem, kHarmfulName}}}, answers);
         },
         "eeoo"},
        {"problem listed",
         [=](Reporter *r) {
             r->listProblem(job, {{AskedFile{problem, kHarmfulName}}});
         },
         "oooo"},
        {"notice", [](Reporter *r) { r->notice({}, u"By the way."_s); }, "e-oo"},
        {"refused", [](Reporter *r) { r->refused({.job = {7}, .subject = kHarmfulName}); }, "eeee"},
        {"done", [](Reporter *r) { r->done(u"It is done."_s); }, "o---"},
        {"failed", [](Reporter *r) { r->failed(u"It is "_s + kHarmfulName); }, "eeee"},
        {"list",
         [job](Reporter *r) {
             r->list({job, job});
         },
         "oooo"},
        {"list of nothing", [](Reporter *r) { r->list({}); }, "----"},
        {"details", [job](Reporter *r) { r->details(job, {}); }, "oooo"},
        {"files",
         [file](Reporter *r) {
             r->files({file, file}, core::JobState::Queued);
         },
         "oooo"},
        {"no files", [](Reporter *r) { r->files({}, core::JobState::Queued); }, "----"},
        {"timeline", [entry](Reporter *r) { r->timeline({7}, {entry}, {}); }, "oooo"},
        {"no timeline", [](Reporter *r) { r->timeline({7}, {}, {}); }, "----"},
    };
}

QString placesOf(const PrintedFiles &files)
{
    return (files.out().isEmpty() ? u""_s : u"o"_s) + (files.err().isEmpty() ? u""_s : u"e"_s);
}

void addCalls()
{
    QTest::addColumn<int>("call");
    for (int i = 0; i < calls().size(); ++i) {
        QTest::newRow(calls().at(i).name) << i;
    }
}

} // namespace

class ReporterTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everythingIsToldInItsPlaceAndNowhereElse_data() { addCalls(); }
    void everythingIsToldInItsPlaceAndNowhereElse();
    void everyLineForProgramsIsAnObjectOfItsJob_data() { addCalls(); }
    void everyLineForProgramsIsAnObjectOfItsJob();
    void namesFromOutsideMoveNoCursor_data() { addCalls(); }
    void namesFromOutsideMoveNoCursor();
    void aListHasALineForEachJob();
    void theAnswersAreListedUnlessTheyAreAskedFor();
    void whatStopsAJobIsAnErrorAndWhatIsInItsWayANotice();
    void suspendOfAJobThatHasStoppedSaysWhatItIs();
    void whatWasSentInVainIsSaidOfAnUploadThatIsPaused();
    void suggestedCommandsFindTheSameJobs();
    void nothingIsPromisedForAfterTheEndOfTheProgram();
    void aJobThatOnlyLacksItsNamesIsNotCalledPaused();
    void ofAnUploadItIsToldWhatIsOnTheServer();
};

void ReporterTest::everythingIsToldInItsPlaceAndNowhereElse()
{
    QFETCH(int, call);
    const Call told = calls().at(call);
    int at = 0;
    for (const OutputFormat format :
         {OutputFormat{}, OutputFormat{.quiet = true}, OutputFormat{.json = true},
          OutputFormat{.json = true, .quiet = true}}) {
        PrintedFiles files;
        Reporter reporter(files.screen(), format, {});
        told.report(&reporter);
        const QString wanted = QString(QLatin1Char(told.places[at])).remove(u'-');
        QVERIFY2(placesOf(files) == wanted,
                 qPrintable(u"form %1: %2"_s.arg(QString::number(at), placesOf(files))));
        ++at;
    }
}

void ReporterTest::everyLineForProgramsIsAnObjectOfItsJob()
{
    QFETCH(int, call);
    PrintedFiles files;
    Reporter reporter(files.screen(), {.json = true}, {});
    calls().at(call).report(&reporter);
    for (const QJsonObject &object : files.objects()) {
        QVERIFY2(!object.value(u"event"_s).toString().isEmpty(), qPrintable(files.out()));
        const QJsonValue job = object.value(u"job"_s);
        QVERIFY2(job == 7 || (job.isNull() && object.value(u"text"_s) == u"By the way."_s),
                 qPrintable(files.out()));
    }
}

void ReporterTest::namesFromOutsideMoveNoCursor()
{
    QFETCH(int, call);
    PrintedFiles files;
    Reporter reporter(files.screen(), {}, {});
    calls().at(call).report(&reporter);
    const QString all = files.out() + files.err();
    QVERIFY2(!all.contains(u'\x1b') && !all.contains(u'\x07') && !all.contains(QChar(0x202e)),
             qPrintable(all));
}

void ReporterTest::aListHasALineForEachJob()
{
    PrintedFiles files;
    Reporter reporter(files.screen(), {.json = true}, {});
    reporter.list({reportedJob(), reportedJob()});
    QCOMPARE(files.objects().size(), 2);
    QCOMPARE(files.out().count(u'\n'), 2);
}

void ReporterTest::theAnswersAreListedUnlessTheyAreAskedFor()
{
    for (const auto answers : {Reporter::Answers::Listed, Reporter::Answers::AskedFor}) {
        PrintedFiles files;
        Reporter reporter(files.screen(), {}, {});
        reporter.problem(reportedJob(), {{AskedFile{reportedProblem(), u"a"_s}}}, answers);
        QVERIFY2(files.err().startsWith(u"Job 7 "_s), qPrintable(files.err()));
        QCOMPARE(files.err().contains(u"bhop cancel 7"_s), answers == Reporter::Answers::Listed);
    }
}

void ReporterTest::whatStopsAJobIsAnErrorAndWhatIsInItsWayANotice()
{
    const auto eventOf = [](core::JobState state) {
        PrintedFiles files;
        Reporter reporter(files.screen(), {.json = true}, {});
        reporter.problem(reportedJob(state), {{AskedFile{reportedProblem(), u"a"_s}}},
                         Reporter::Answers::Listed);
        return files.objects().value(0).value(u"event"_s).toString();
    };
    QCOMPARE(eventOf(core::JobState::Error), u"error"_s);
    QCOMPARE(eventOf(core::JobState::Transferred), u"notice"_s);
    QCOMPARE(eventOf(core::JobState::TransientError), u"notice"_s);
}

void ReporterTest::suspendOfAJobThatHasStoppedSaysWhatItIs()
{
    PrintedFiles files;
    Reporter reporter(files.screen(), {}, {});
    reporter.paused(reportedJob(core::JobState::Suspended), 0);
    QVERIFY2(files.out().contains(u"bhop resume 7"_s), qPrintable(files.out()));
    reporter.paused(reportedJob(core::JobState::Acknowledged), 0);
    const QString last = files.out().section(u'\n', -2, -2);
    QVERIFY2(last.contains(u"was not running"_s) && !last.contains(u"resume"_s), qPrintable(last));
}

void ReporterTest::whatWasSentInVainIsSaidOfAnUploadThatIsPaused()
{
    core::JobSnapshot upload = reportedJob(core::JobState::Suspended);
    upload.type = core::JobType::Upload;
    upload.progress.bytesDone = 0;
    PrintedFiles files;
    Reporter reporter(files.screen(), {}, {});
    reporter.paused(upload, 5'000'000);
    QVERIFY2(files.out().contains(u"5.0 MB that were sent do not count"_s),
             qPrintable(files.out()));
    reporter.suspended(upload, 5'000'000);
    QVERIFY2(files.err().contains(u"5.0 MB that were sent do not count"_s),
             qPrintable(files.err()));
    QVERIFY2(!files.err().contains(u"It goes on from"_s), qPrintable(files.err()));
}

void ReporterTest::suggestedCommandsFindTheSameJobs()
{
    PrintedFiles files;
    Reporter reporter(files.screen(), {}, {u"/tmp/jobs"_s});
    reporter.ready(reportedJob());
    reporter.suspended(reportedJob(), 0);
    reporter.problem(reportedJob(), {{AskedFile{reportedProblem(), u"a"_s}}},
                     Reporter::Answers::Listed);
    for (const QString &line : files.err().split(u'\n')) {
        QVERIFY2(!line.contains(u"bhop "_s) || line.contains(u" --state-dir /tmp/jobs"_s),
                 qPrintable(line));
    }
    QVERIFY(files.err().count(u"--state-dir /tmp/jobs"_s) > 3);
}

void ReporterTest::nothingIsPromisedForAfterTheEndOfTheProgram()
{
    PrintedFiles files;
    Reporter reporter(files.screen(), {}, {});
    core::JobError full{.cause = core::Cause::DiskFull, .jobFilesTotal = 1};
    for (const auto &missing : {std::optional<qint64>(), std::optional<qint64>(1000)}) {
        full.bytesMissing = missing;
        reporter.problem(reportedJob(), {{AskedFile{full, u"a"_s}}}, Reporter::Answers::Listed);
        QVERIFY(!repairText(core::FixKind::FreeSpace, {full}).contains(u"by itself"_s));
    }
    QVERIFY2(!files.err().contains(u"by itself"_s), qPrintable(files.err()));
    QVERIFY2(files.err().contains(QRegularExpression(u"bhop resume 7 +Make room first"_s)),
             qPrintable(files.err()));
}

void ReporterTest::aJobThatOnlyLacksItsNamesIsNotCalledPaused()
{
    PrintedFiles files;
    Reporter reporter(files.screen(), {}, {});
    reporter.suspended(reportedJob(core::JobState::Transferred), 0);
    QVERIFY2(files.err().contains(u"not all of its files are in place"_s) &&
                 files.err().contains(u"bhop resume 7"_s) && !files.err().contains(u"paused"_s),
             qPrintable(files.err()));
}

void ReporterTest::ofAnUploadItIsToldWhatIsOnTheServer()
{
    core::JobSnapshot job = reportedJob();
    job.type = core::JobType::Upload;
    job.firstUrl = QUrl(u"https://example.org/up/a?key=secret"_s);
    const auto told = [&job](const std::function<void(Reporter *)> &tell) {
        PrintedFiles files;
        Reporter reporter(files.screen(), {}, {});
        tell(&reporter);
        return files.out() + files.err();
    };
    QVERIFY(
        told([&](Reporter *r) { r->suspended(job, 0); })
            .contains(
                u"is paused, the server has confirmed 450 bytes of 1.0 kB. To go on: bhop resume 7"_s));
    QVERIFY(told([&](Reporter *r) {
                r->ready(job);
            }).contains(u"is on the server; \"bhop complete 7\" closes the job."_s));
    QVERIFY(told([&](Reporter *r) {
                r->cancelled(job);
            }).contains(u"the file on this computer is not touched"_s));
    const core::Manifest manifest{.kept = {{.name = u"a"_s, .bytes = 1000, .sizeBytes = 1000}}};
    QCOMPARE(told([&](Reporter *r) { r->completed(job, manifest); }),
             u"Sent     a to https://example.org/up/a (1.0 kB)\n"_s);
    job.progress.bytesDone = 0;
    QVERIFY(told([&](Reporter *r) { r->suspended(job, 0); }).contains(u"or from its start"_s));
}

BELLHOP_TEST(ReporterTest)
#include "tst_reporter.moc"
