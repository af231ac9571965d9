// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QLocale>
#include <QTest>
#include <QTimeZone>

using namespace core;
using namespace std::chrono_literals;

namespace {

const QDateTime kNow(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());

JobSnapshot jobIn(JobState state)
{
    JobSnapshot job;
    job.id = JobId{7};
    job.state = state;
    job.firstUrl = QUrl(QStringLiteral("https://files.example.org/movie.mkv"));
    job.progress.filesTotal = 1;
    return job;
}

JobError errorOfFile(Cause cause)
{
    JobError error;
    error.cause = cause;
    error.url = QUrl(QStringLiteral("https://files.example.org/movie.mkv"));
    error.jobFilesTotal = 1;
    error.time = kNow;
    return error;
}

JobSnapshot waiting(Cause cause, std::chrono::milliseconds delay)
{
    JobSnapshot job = jobIn(JobState::TransientError);
    job.error = errorOfFile(cause);
    job.due = Due{kNow.addMSecs(delay.count()), delay};
    job.troubleSince = kNow;
    return job;
}

} // namespace

class DescribeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        QLocale::setDefault(QLocale::c());
    }

    void statesAreToldInWords_data()
    {
        QTest::addColumn<JobSnapshot>("job");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *what, const JobSnapshot &job, const char *words) {
            QTest::newRow(what) << job << QString::fromUtf8(words);
        };
        row("paused", jobIn(JobState::Suspended), "Paused");
        row("queued", jobIn(JobState::Queued), "Waiting for its turn");
        JobSnapshot waiting = jobIn(JobState::Queued);
        waiting.queuePlace = 1;
        row("next in the queue", waiting, "Waiting for its turn, the next one");
        waiting.queuePlace = 12;
        row("further behind", waiting, "Waiting for its turn, number 12");
        row("connecting", jobIn(JobState::Connecting), "Connecting to files.example.org");
        row("cancelled", jobIn(JobState::Cancelled), "Cancelled");
        JobSnapshot job = jobIn(JobState::Transferring);
        row("downloading", job, "Downloading");
        job.type = JobType::Upload;
        row("uploading", job, "Uploading");
        job.state = JobState::Connecting;
        row("about to upload", job, "Preparing to send to files.example.org");
        job.percentCompared = 42;
        row("comparing", job, "Reading the file to compare its checksum, 42 %");
        job.percentCompared.reset();
        job.state = JobState::Transferring;
        job.progress = {.bytesDone = 9, .bytesUnconfirmed = 9, .bytesTotal = 10};
        row("uploading still", job, "Uploading");
        job.progress.bytesTotal = 9;
        row("all is sent, and no answer yet", job,
            "All is on its way, waiting for files.example.org");
        job.state = JobState::Acknowledged;
        row("sent", job, "Sent; it is on files.example.org");
        job.state = JobState::Transferred;
        row("all is sent", job, "Everything was sent");
        job.complete = CompleteMode::OnRequest;
        row("to be closed", job, "Everything is on the server, ready to be completed");
        job = jobIn(JobState::Transferring);
        job.progress = {.filesDone = 3, .filesTotal = 500, .filesFailed = 1};
        row("one in trouble", job, "Downloading · 1 of 500 files will need you");
        job.progress.filesFailed = 2;
        row("two in trouble", job, "Downloading · 2 of 500 files will need you");

        job = jobIn(JobState::Acknowledged);
        job.progress = {.filesDone = 12, .filesTotal = 12};
        row("finished", job, "Finished");
        job.progress.filesDone = 7;
        row("finished in part", job, "Finished with 7 of 12 files");
        job.progress.filesDone = 1;
        row("finished with one", job, "Finished with 1 of 12 files");
        job.progress.filesDone = 0;
        row("ended with none", job, "Ended without a file; none was whole");
        job.progress.filesTotal = 0;
        row("all left out", job, "Ended without a file; every one was left out");

        job = jobIn(JobState::Transferred);
        row("being put in place", job, "Putting the files in place");
        job.complete = CompleteMode::OnRequest;
        row("ready", job, "Everything is here, ready to be completed");
        job.obstacle = errorOfFile(Cause::NameExists);
        job.obstacle->localPath = QStringLiteral("/d/movie.mkv");
        row("obstacle", job, "There is already a file named “movie.mkv” in “/d”.");

        job = jobIn(JobState::Error);
        job.error = errorOfFile(Cause::Forbidden);
        row("error", job, "files.example.org refuses access to this file.");
        job.progress = {.filesTotal = 500, .filesFailed = 3};
        row("errors", job,
            "3 of 500 files need you. The first: files.example.org refuses access to this file.");
    }
    void aPriorityIsToldWhereItIsNotTheUsualOne()
    {
        JobSnapshot job = jobIn(JobState::Queued);
        QCOMPARE(describePriority(job), QString());
        job.priority = Priority::High;
        QCOMPARE(describePriority(job), QStringLiteral("high priority"));
        job.priority = Priority::Foreground;
        QCOMPARE(describePriority(job), QStringLiteral("foreground priority"));
        job.priority = Priority::Low;
        QCOMPARE(describePriority(job), QStringLiteral("low priority"));
        job.state = JobState::Cancelled; // it means nothing any more
        QCOMPARE(describePriority(job), QString());
    }

    void statesAreToldInWords()
    {
        QFETCH(JobSnapshot, job);
        QTEST(describeState(job, kNow), "words");
    }

    void connectionsAreToldWhereThereIsSomethingToTell_data()
    {
        QTest::addColumn<int>("connections");
        QTest::addColumn<std::optional<int>>("borne");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *what, int connections, std::optional<int> borne,
                            const char *words) {
            QTest::newRow(what) << connections << borne << QString::fromUtf8(words);
        };
        row("none", 0, std::nullopt, "");
        row("one", 1, std::nullopt, "");
        row("several", 4, std::nullopt, "4 connections");
        row("as many as may be", 2, 2, "2 connections, this server allows no more");
        row("one, as others may not be", 1, 1, "1 connection, this server allows no more");
        row("fewer than may be", 2, 3, "2 connections");
        row("none of those that may be", 0, 3, "");
    }
    void connectionsAreToldWhereThereIsSomethingToTell()
    {
        QFETCH(int, connections);
        QFETCH(std::optional<int>, borne);
        JobSnapshot job = jobIn(JobState::Transferring);
        job.connections = connections;
        job.connectionsBorne = borne;
        QTEST(describeConnections(job), "words");
    }

    void waitingHasAReasonAndATime_data()
    {
        QTest::addColumn<JobSnapshot>("job");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *what, const JobSnapshot &job, const char *words) {
            QTest::newRow(what) << job << QString::fromUtf8(words);
        };
        row("seconds", waiting(Cause::ConnectionLost, 8s), "Connection lost, trying again in 8 s");
        row("part of a second", waiting(Cause::ConnectionLost, 200ms),
            "Connection lost, trying again in 1 s");
        row("minutes", waiting(Cause::ServerSilent, 125s),
            "files.example.org has stopped sending, trying again in 2 min 5 s");
        row("long", waiting(Cause::ServerFailed, 125min),
            "files.example.org has a problem, trying again at 14:05");
        row("due", waiting(Cause::NameNotFound, 0s),
            "files.example.org cannot be found, trying again now");
        row("sign-in", waiting(Cause::NetworkSignIn, 8s),
            "This network wants you to sign in, trying again in 8 s");
        row("handshake", waiting(Cause::HandshakeFailed, 8s),
            "No secure connection to files.example.org, trying again in 8 s");
        row("another cause", waiting(Cause::BadAnswer, 8s),
            "Unusable answer from files.example.org, trying again in 8 s");
        JobSnapshot job = waiting(Cause::ServerBusy, 125min);
        job.error->retryAfter = 125min;
        row("asked to wait", job, "Server asked to wait until 14:05");
        JobSnapshot longer = waiting(Cause::ServerBusy, 24h + 125min);
        longer.error->retryAfter = 24h + 125min;
        const QString day =
            QLocale().toString(kNow.toLocalTime().date().addDays(1), QLocale::ShortFormat);
        row("asked to wait till another day", longer,
            qPrintable(QStringLiteral("Server asked to wait until %1 14:05").arg(day)));
        job.error->retryAfter.reset();
        row("busy, no time given", job, "files.example.org is busy, trying again at 14:05");
        job = waiting(Cause::ConnectionRefused, 300s);
        job.error->url.setPort(8443);
        job.troubleSince = kNow.addSecs(-16 * 60);
        row("for long", job,
            "files.example.org:8443 takes no connections, still trying, next at 12:05");
        job = waiting(Cause::ConnectionLost, 8s);
        job.due->at = kNow.addYears(10);
        row("clock set back", job, "Connection lost, trying again in 8 s");
        job.due.reset();
        row("no due time", job, "Connection lost, trying again soon");
        job.error.reset();
        row("no reason", job, "Interrupted, trying again soon");
    }
    void waitingHasAReasonAndATime()
    {
        QFETCH(JobSnapshot, job);
        QTEST(describeState(job, kNow), "words");
    }

    void completeSaysWhatIsKept_data()
    {
        QTest::addColumn<CompleteEffect>("effect");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *what, const CompleteEffect &effect, const char *words) {
            QTest::newRow(what) << effect << QString::fromUtf8(words);
        };
        row("nothing begun", {.filesMissing = 1}, "Nothing is whole yet: nothing would be kept.");
        row("one begun", {.filesPartial = 1, .bytesPartial = 4'100'000'000},
            "Nothing is whole yet: nothing would be kept. The 4.1 GB fetched so far would be "
            "removed.");
        row("seven whole", {.filesKept = 7, .bytesKept = 3'200'000'000, .filesMissing = 5},
            "Keeps 7 of 12 files, 3.2 GB. 5 will be missing.");
        row("seven whole, one begun",
            {.filesKept = 7,
             .bytesKept = 3'200'000'000,
             .filesPartial = 1,
             .bytesPartial = 800'000'000,
             .bytesAside = 100'000'000, // of a file left out, or an older part
             .filesMissing = 4},
            "Keeps 7 of 12 files, 3.2 GB. 5 will be missing. 900 MB of unfinished files will be "
            "removed.");
        row("one of two", {.filesKept = 1, .bytesKept = 1'000, .filesMissing = 1},
            "Keeps 1 of 2 files, 1.0 kB. 1 will be missing.");
        row("all of many", {.filesKept = 12, .bytesKept = 9'800'000'000},
            "Keeps all 12 files, 9.8 GB.");
        row("the one", {.filesKept = 1, .bytesKept = 9'800'000'000}, "Keeps the file, 9.8 GB.");
    }
    void completeSaysWhatIsKept()
    {
        QFETCH(CompleteEffect, effect);
        JobSnapshot job = jobIn(JobState::Error);
        job.completeEffect = effect;
        QTEST(describeComplete(job), "words");
    }

    void anUploadSaysWhyItIsNotCompletedInPart()
    {
        JobSnapshot job = jobIn(JobState::Error);
        job.type = JobType::Upload;
        QCOMPARE(describeComplete(job),
                 QStringLiteral("Not possible for an upload: half a file is of no use to the "
                                "server."));
        job.state = JobState::Transferred;
        QCOMPARE(describeComplete(job),
                 QStringLiteral("Everything is on the server. This closes the job."));
    }

    void cancelSaysWhatIsRemoved()
    {
        JobSnapshot job = jobIn(JobState::Error);
        QCOMPARE(describeCancel(job), QStringLiteral("Nothing has been fetched yet. Files you "
                                                     "already had are not touched."));
        job.progress.bytesDone = 4'000'000'000;
        QCOMPARE(describeCancel(job), QStringLiteral("All that was fetched is in place and stays. "
                                                     "Files you already had are not touched."));
        job.bytesOnCancel = 4'100'000'000; // of files left out, and of older parts, too
        QCOMPARE(describeCancel(job), QStringLiteral("Removes the 4.1 GB fetched so far. Files you "
                                                     "already had are not touched."));
        job.type = JobType::Upload;
        QCOMPARE(describeCancel(job),
                 QStringLiteral("Stops sending, and has the server forget an unfinished upload if "
                                "it keeps such. The "
                                "file on this computer is not touched."));
        job.progress.bytesDone = 0;
        QCOMPARE(describeCancel(job), QStringLiteral("Stops sending. The file on this computer is "
                                                     "not touched."));
    }

    void cancelOfSeveralUploadsSpeaksOfAll()
    {
        JobSnapshot job = jobIn(JobState::Error);
        job.type = JobType::Upload;
        job.progress.filesTotal = 2;
        QCOMPARE(describeCancel(job),
                 QStringLiteral("Stops sending. The files on this computer are not touched."));
    }

    void leavingOutTheLastSaysWhatEndsAndWhatGoes()
    {
        QCOMPARE(describeLastLeftOut(1, 4'100'000'000),
                 QStringLiteral("Nothing else of this job is left to do, so it ends with that. "
                                "Keeps the file that is whole. Removes the 4.1 GB that are here of "
                                "what is left out."));
        QVERIFY(describeLastLeftOut(3, 1000).contains(
            QStringLiteral("Keeps the 3 files that are whole.")));
    }

    void resumeSaysWhereItGoesOn()
    {
        JobSnapshot job = jobIn(JobState::Error);
        job.error = errorOfFile(Cause::Forbidden);
        QCOMPARE(describeResume(job), QStringLiteral("Starts from the beginning; nothing has been "
                                                     "fetched yet."));
        job.progress.bytesDone = 4'100'000'000;
        QCOMPARE(describeResume(job), QStringLiteral("Goes on after the 4.1 GB already here."));
        job.progress.bytesTotal = 9'800'000'000;
        QCOMPARE(describeResume(job),
                 QStringLiteral("Goes on at 4.1 GB of 9.8 GB. Nothing is fetched twice."));
        job.error = errorOfFile(Cause::RemoteChanged);
        QCOMPARE(describeResume(job), QStringLiteral("Fetches the file again from its start."));
        job.progress.filesTotal = 12;
        QCOMPARE(
            describeResume(job),
            QStringLiteral("Fetches what failed again from its start. Files that are whole are "
                           "not fetched again."));
        job.state = JobState::Transferred;
        job.obstacle = errorOfFile(Cause::NameExists);
        QCOMPARE(describeResume(job), QStringLiteral("Puts the finished files in place. Nothing is "
                                                     "fetched again."));
    }

    void resumeOfAnUploadSaysWhatIsSent()
    {
        JobSnapshot job = jobIn(JobState::Suspended);
        job.type = JobType::Upload;
        QCOMPARE(
            describeResume(job),
            QStringLiteral("Sends the file. What the server has kept of it is not sent twice."));
        job.progress = {.bytesDone = 4'100'000'000, .bytesTotal = 9'800'000'000};
        QCOMPARE(describeResume(job),
                 QStringLiteral("Goes on at 4.1 GB of 9.8 GB. Nothing is sent twice."));
        job.state = JobState::Error;
        job.error = errorOfFile(Cause::SourceChanged);
        QCOMPARE(describeResume(job), QStringLiteral("Sends the file again from its start."));
        job.state = JobState::Transferred;
        QCOMPARE(describeResume(job), QStringLiteral("Nothing is left to send."));
    }

    void verbsOnFinishedJobsSaySo()
    {
        for (const auto &describeVerb : {describeCancel, describeComplete, describeResume}) {
            QCOMPARE(describeVerb(jobIn(JobState::Acknowledged)),
                     QStringLiteral("This job is finished already."));
            QCOMPARE(describeVerb(jobIn(JobState::Cancelled)),
                     QStringLiteral("This job was cancelled already."));
        }
    }

    void everyRepairHasALabelAndASentence()
    {
        for (const Cause cause : kCauses) {
            for (const FixKind kind : kFixKinds) {
                const QString named = label(kind, errorOfFile(cause));
                QVERIFY2(!named.isEmpty() && !named.endsWith(u'.'), name(kind));
                const QString text = describe(kind, errorOfFile(cause));
                QVERIFY2(text.endsWith(u'.') && !text.contains(u'{'), qPrintable(text));
                QVERIFY2(!text.contains(QStringLiteral("0 bytes")), qPrintable(text));
            }
        }
    }

    void repairsSayWhatTheyDoWithTheBytes()
    {
        JobError error = errorOfFile(Cause::Forbidden);
        QCOMPARE(describe(FixKind::NewLink, error),
                 QStringLiteral("Fetches the file from an address that you give."));
        error.fileBytesDone = 4'100'000'000;
        QCOMPARE(describe(FixKind::NewLink, error),
                 QStringLiteral("Continues after the 4.1 GB already saved, if the new link has the "
                                "same file."));
        QCOMPARE(describe(FixKind::Restart, error),
                 QStringLiteral("Fetches the file from its first byte. The 4.1 GB already here are "
                                "kept until it is whole."));
        QCOMPARE(describe(FixKind::Retry, error),
                 QStringLiteral("Continues this file after the 4.1 GB already saved."));
        error.cause = Cause::HashMismatch;
        QCOMPARE(describe(FixKind::NewLink, error),
                 QStringLiteral("Fetches the file from an address that you give."));
        error.cause = Cause::PartMissing;
        QCOMPARE(describe(FixKind::Retry, error),
                 QStringLiteral("Looks for the unfinished file once more."));
        QCOMPARE(describe(FixKind::Restart, error),
                 QStringLiteral("Fetches the file from its first byte."));
        error.cause = Cause::DiskFull;
        error.bytesMissing = 5'700'000'000;
        QCOMPARE(describe(FixKind::FreeSpace, error),
                 QStringLiteral("Goes on by itself as soon as 5.7 GB more are free."));
    }

    void everyRefusalIsOneClearSentence()
    {
        for (int kind = int(RefusalKind::EngineGone); kind <= int(RefusalKind::StoreFailed);
             ++kind) {
            for (const JobState state : kJobStates) {
                for (const JobEvent event : kJobEvents) {
                    const QString text =
                        explain(Refusal{RefusalKind(kind), JobId{7}, state, event, QString()});
                    QVERIFY2(text.endsWith(u'.') && !text.contains(u'{'), qPrintable(text));
                }
            }
        }
    }

    void refusalsNameWhatWasRefused()
    {
        QCOMPARE(explain(Refusal{.kind = RefusalKind::UnknownJob, .job = JobId{7}}),
                 QStringLiteral("Job 7 is not on the list. Look at the list for its number."));
        QCOMPARE(explain(Refusal{.kind = RefusalKind::InvalidState,
                                 .job = JobId{7},
                                 .state = JobState::Cancelled}),
                 QStringLiteral("Job 7 was cancelled. Make a new job to fetch or send it again."));
        QCOMPARE(explain(Refusal{.kind = RefusalKind::UploadInPart}),
                 QStringLiteral("This job is an upload, which cannot be completed in part. Resume "
                                "it to send the rest, or cancel it."));
        QCOMPARE(explain(Refusal{.kind = RefusalKind::BadLink,
                                 .subject = QStringLiteral("ftp://<b>{job}\n")}),
                 QStringLiteral("“ftp://<b>{job}\uFFFD” cannot be used. A link must begin with "
                                "http:// or https:// and name a server."));
    }

    void aFingerprintIsToldWhole()
    {
        const QString fingerprint = formatFingerprint(QByteArray(64, 'a'));
        const QString text =
            explain(Refusal{.kind = RefusalKind::OtherCertificate, .subject = fingerprint});
        QVERIFY2(text.contains(u'“' + fingerprint + u'”'), qPrintable(text));
    }
};

BELLHOP_TEST(DescribeTest)
#include "tst_describe.moc"
