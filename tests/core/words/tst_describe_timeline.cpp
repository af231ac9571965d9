// SPDX-License-Identifier: Apache-2.0
#include "core/words/describe_timeline.h"
#include "core/words/explain.h"
#include "tests/support/test_program.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace core;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(core::Happening)

namespace {

JobError failureOf(Cause cause, qint64 done = 0, std::optional<qint64> total = std::nullopt)
{
    return {.cause = cause,
            .url = QUrl(QStringLiteral("https://files.example.org/movie.mkv?sig=KEY")),
            .fileBytesDone = done,
            .fileBytesTotal = total,
            .jobFilesTotal = 1};
}

happening::AttemptStarted attempt(int number, qint64 offset)
{
    return {.attempt = number,
            .offsetBytes = offset,
            .url = QUrl(QStringLiteral("https://files.example.org/movie.mkv"))};
}

QString told(const Happening &what, std::optional<int> file = std::nullopt, int files = 1)
{
    return describe({.time = {}, .fileIndex = file, .what = what}, {files});
}

constexpr qint64 kMB = 1'000'000;

} // namespace

class DescribeTimelineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        QLocale::setDefault(QLocale::c());
    }

    void ofAnUploadItIsToldWhatWasSent_data()
    {
        QTest::addColumn<Happening>("what");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const Happening &what, const char *sentence) {
            QTest::newRow(sentence) << what << QString::fromUtf8(sentence);
        };
        using namespace happening;
        row(AttemptStarted(attempt(1, 0)), "Sending to files.example.org");
        row(AttemptStarted(attempt(2, 24 * kMB)), "Sending to files.example.org, try 2");
        row(AttemptEnded{AttemptEnd::Whole, 40 * kMB}, "Sent in full, 40.0 MB");
        row(AttemptEnded{AttemptEnd::Stopped, 24 * kMB},
            "Interrupted; the server has confirmed 24.0 MB");
        row(AttemptEnded{AttemptEnd::Stopped, 0},
            "Interrupted before the server had confirmed anything");
        row(StateChanged{JobState::Transferring, JobState::Transferred, JobEvent::AllWhole},
            "Everything was sent");
        row(StateChanged{JobState::Queued, JobState::Connecting, JobEvent::Start},
            "Now connecting");
        row(Decided{JobEvent::Complete, Decider::Person}, "You closed the job");
        row(Decided{JobEvent::Cancel, Decider::Person}, "Cancelled by you");
        row(Completed{.kept = 1}, "The file is on the server");
    }
    void ofAnUploadItIsToldWhatWasSent()
    {
        QFETCH(Happening, what);
        const ToldJob job{.type = JobType::Upload};
        QTEST(describe({.time = {}, .fileIndex = 0, .what = what}, job), "sentence");
    }

    void eachThingIsOnePlainSentence_data()
    {
        QTest::addColumn<Happening>("what");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const Happening &what, const char *sentence) {
            QTest::newRow(sentence) << what << QString::fromUtf8(sentence);
        };
        using namespace happening;
        row(Added{.files = 1}, "1 file was added");
        row(Added{.files = 3}, "3 files were added");
        row(AttemptStarted(attempt(1, 0)), "Asking files.example.org");
        row(AttemptStarted(attempt(3, 0)), "Asking files.example.org, try 3");
        row(AttemptStarted(attempt(1, 24 * kMB)),
            "Asking files.example.org for the rest after 24.0 MB");
        row(AttemptStarted(attempt(2, 24 * kMB)),
            "Asking files.example.org for the rest after 24.0 MB, try 2");
        row(AttemptEnded{AttemptEnd::Whole, 40 * kMB}, "Received in full, 40.0 MB");
        row(AttemptEnded{AttemptEnd::Counted, 40 * kMB},
            "Received, 40.0 MB; the server did not say how long the file is");
        row(AttemptEnded{AttemptEnd::Stopped, 24 * kMB}, "Interrupted at 24.0 MB");
        row(AttemptEnded{AttemptEnd::Stopped, 0}, "Interrupted before anything came");
        row(AttemptEnded{AttemptEnd::NotWanted, 0, QStringLiteral("a.bin")},
            "Not fetched, there is a file named “a.bin” already");
        row(AttemptEnded{AttemptEnd::NotWanted, 0},
            "Not fetched, there is a file of its name already");
        row(Rechecked{2 * kMB}, "Up to 2.0 MB of what was here had been damaged on this computer; "
                                "fetching that again");
        row(Rechecked{2 * kMB, 2 * kMB}, "2.0 MB of what was here were gone; fetching them again");
        row(Rechecked{3 * kMB, 2 * kMB}, "2.0 MB of what was here were gone; fetching them again, "
                                         "and 1.0 MB that could not be checked without them");
        row(Failed{failureOf(Cause::ConnectionLost, 24 * kMB, 40 * kMB), 4s},
            "Connection lost at 24.0 of 40.0 MB; trying again in 4 s");
        row(Failed{failureOf(Cause::ConnectionLost, 980'000, 40 * kMB), 3200ms},
            "Connection lost at 980 kB of 40.0 MB; trying again in 4 s");
        row(Failed{failureOf(Cause::ConnectionLost, 24 * kMB), 4s},
            "Connection lost at 24.0 MB; trying again in 4 s");
        row(Failed{failureOf(Cause::ServerFailed), 1min},
            "files.example.org has a problem; trying again in 1 min");
        row(Failed{failureOf(Cause::ServerBusy), 0ms},
            "files.example.org is busy; trying again at once");
        row(FixApplied{QStringLiteral("NewLink")}, "A new link was given");
        row(FixApplied{QStringLiteral("Tomorrow")}, "A repair of a newer version was made");
        row(Decided{JobEvent::Resume, Decider::Person}, "Started by you");
        row(Decided{JobEvent::Resume, Decider::Engine}, "Started again by itself");
        row(Decided{JobEvent::Suspend, Decider::Person}, "Paused by you");
        row(Decided{JobEvent::Complete, Decider::Person}, "You accepted what is here");
        row(Decided{JobEvent::Complete, Decider::Engine}, "Putting the files in place");
        row(Decided{JobEvent::Cancel, Decider::Person}, "Cancelled by you");
        row(Fetched{.files = 1, .bytes = 40 * kMB}, "1 file was received in full, 40.0 MB");
        row(Fetched{.files = 1998, .bytes = 40 * kMB}, "1998 files were received, 40.0 MB");
        row(FilesChosen{.leftOut = 1, .takenIn = 0}, "You left 1 file out");
        row(FilesChosen{.leftOut = 0, .takenIn = 3}, "You want 3 files after all");
        row(Completed{.kept = 1}, "1 file is in place");
        row(Completed{.kept = 12}, "12 files are in place");
        row(Completed{.kept = 4, .missing = 1}, "4 files are in place, 1 is missing");
        row(Completed{.kept = 1, .partial = 2, .missing = 3}, "1 file is in place, 5 are missing");
        row(Completed{.kept = 0, .missing = 3}, "No file was whole, so none was kept");
        const auto moved = [&row](JobState to, JobEvent event, const char *sentence) {
            row(StateChanged{.from = JobState::Queued, .to = to, .event = event}, sentence);
        };
        moved(JobState::Queued, JobEvent::Resume, "Now waiting for its turn");
        moved(JobState::Queued, JobEvent::RetryDue, "Time for the next try");
        moved(JobState::Queued, JobEvent::NetworkBack, "The network is back");
        moved(JobState::Connecting, JobEvent::Start, "Now connecting");
        moved(JobState::Transferring, JobEvent::FirstByte, "Now in transfer");
        moved(JobState::TransientError, JobEvent::FailForNow, "Now waiting for the next try");
        moved(JobState::Error, JobEvent::FailForGood, "Stopped; it needs you");
        moved(JobState::Transferred, JobEvent::AllWhole, "Everything was transferred");
        moved(JobState::Transferred, JobEvent::Obstructed, "Waiting for your answer");
        moved(JobState::Acknowledged, JobEvent::Complete, "Finished");
        moved(JobState::Suspended, JobEvent::Suspend, "Now paused");
        moved(JobState::Cancelled, JobEvent::Cancel, "Cancelled");
    }
    void eachThingIsOnePlainSentence()
    {
        QFETCH(Happening, what);
        QTEST(told(what), "sentence");
    }

    void whatNeedsAPersonIsToldAsInTheDialog()
    {
        for (const Cause cause : kCauses) {
            const JobError error = failureOf(cause, kMB, 2 * kMB);
            QString expected = explain(error).whatHappened;
            QVERIFY(expected.endsWith(u'.'));
            expected.chop(1);
            QCOMPARE(told(happening::Failed{.error = error, .nextTry = {}}), expected);
            QCOMPARE(told(happening::Completed{.obstacle = error}), expected);
        }
    }

    void everyMoveRepairAndDecisionHasItsSentence()
    {
        for (const Transition &row : kTransitions) {
            QVERIFY(!told(happening::StateChanged{row.from, row.to, row.event}).isEmpty());
        }
        std::set<QString> sentences;
        for (const FixKind kind : kFixKinds) {
            sentences.insert(told(happening::FixApplied{QString::fromLatin1(name(kind))}));
        }
        QCOMPARE(sentences.size(), kFixKinds.size());
        for (const JobEvent command :
             {JobEvent::Resume, JobEvent::Suspend, JobEvent::Complete, JobEvent::Cancel}) {
            for (const Decider by : allOf<Decider>()) {
                QVERIFY(told(happening::Decided{command, by}) !=
                        told(happening::Decided{JobEvent::Start, by}));
            }
        }
    }

    void ofSeveralFilesItIsSaidWhich()
    {
        const Happening what = happening::AttemptEnded{AttemptEnd::Whole, kMB};
        QCOMPARE(told(what, 2, 12), QStringLiteral("File 3: Received in full, 1.0 MB"));
        QCOMPARE(told(what, 0, 1), QStringLiteral("Received in full, 1.0 MB"));
        QCOMPARE(told(what, std::nullopt, 12), QStringLiteral("Received in full, 1.0 MB"));
    }

    void whatAServerSaysIsShownAndNotObeyed()
    {
        JobError error = failureOf(Cause::ServerFailed);
        error.url.setHost(QStringLiteral("h.example"));
        error.pageTitle = QStringLiteral("<b>\n{done}");
        for (const Cause cause : kCauses) {
            error.cause = cause;
            const QString sentence = told(happening::Failed{.error = error, .nextTry = {}});
            QVERIFY(!sentence.contains(u'\n'));
            QVERIFY(!sentence.contains(QStringLiteral("KEY")));
        }
    }
};

BELLHOP_TEST(DescribeTimelineTest)
#include "tst_describe_timeline.moc"
