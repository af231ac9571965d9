// SPDX-License-Identifier: Apache-2.0
#include "core/job/question.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <utility>

using namespace core;
using namespace std::chrono_literals;

/// What passes by itself is waited for, and how long is told; the clock is turned by hand.
class RetriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void resumeLeadsOnFromATransientError();
    void resumeBeforeTheRetryDelayContactsTheServerNow();
    void theDelaysDoubleFromOneSecondAndAreShownAsADueTime();
    void chanceShortensADelayByHalfAtMost();
    void theJobSaysWhyItWaitsAndSinceWhen();
    void aServerThatNamesATimeIsNotAskedBefore();
    void theLeastRetryDelayOfTheJobHolds();
    void aRetryDelayLongerThanTheTimeoutIsAnErrorWithoutARetry();
    void anOutageLongerThanTheNoProgressTimeoutEndsInError();
    void theTimelineSaysThatNothingMovedForTooLong();
    void aFileThatRanOutOfTimeIsNotTheReasonWhenAnEarlierOneFailedForGood();
    void anyByteReceivedBeginsTheNoProgressTimeoutAnew();
    void whatWaitsForItsTurnIsNotWithoutProgress();
    void theNoProgressTimeoutOfTheJobOutlivesSuspendAndResumeAndARestart();
    void errorsAreCountedOnceEachAndNeverForgotten();
    void aSuspendedJobIsNotRetriedHoweverLateItGets();
    void setClocksFireNoTimer_data();
    void setClocksFireNoTimer();
    void aClockThatWasSetBackWhileTheProgramWasAwayCannotMakeAJobWaitLongerThanItsDelay();
    void aJobThatWasWaitingWaitsTheRestAfterARestart();
    void aServerThatSaysNothingIsGivenUpAfterAMinuteAndAskedAgain();
    void aServerThatFallsSilentInTheMiddleIsGivenUpAfterAMinuteAndTheFileGoesOn();
    void aProxyThatWorkedBeforeIsWaitedForLongerThanOneThatNeverDid();
    void whatIsNoWebServerIsNotTriedForADay_data();
    void whatIsNoWebServerIsNotTriedForADay();

private:
    static constexpr qint64 kSize = 1'000'000;

    /// From the moment of the call until the job is on its way again.
    static bool isAskedAgain(ManualRig *rig, const HttpServer &server, qsizetype requests)
    {
        return rig->comesTo([&] { return server.requests().size() == requests; });
    }
};

void RetriesTest::aProxyThatWorkedBeforeIsWaitedForLongerThanOneThatNeverDid()
{
    HttpServer proxy;
    proxy.serve("http://a.example/first", {.body = Body::pattern(1, kSize)});
    proxy.serve("http://a.example/second", {.body = Body::pattern(2, kSize)});
    proxy.holdAfter("http://a.example/first", kSize / 2, "gate");
    ManualRig rig;
    rig.limitTo(1);
    JobSpec spec = rig.spec({QUrl(QStringLiteral("http://a.example/first")),
                             QUrl(QStringLiteral("http://a.example/second"))});
    spec.options.proxy = proxy.url({});
    const JobId id = rig.download(spec);
    QVERIFY(rig.comesTo([&] { return proxy.isWaitingAt("gate"); }));
    proxy.stopListening();
    proxy.dropConnections(); // also the second, of which nothing has come yet, finds nobody
    while (rig.job(id).errorCount < 10) {
        QVERIFY(rig.comesTo([&] { return rig.job(id).state == JobState::TransientError; }));
        rig.clock.advance(rig.job(id).due->delay);
        rig.settle();
    }
    QCOMPARE(rig.file(id, 1).error->cause, Cause::ProxyUnreachable);
    proxy.listenAgain();
    QVERIFY(rig.reachesInTime(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("second")), patternBytes(2, 0, kSize));
}

void RetriesTest::whatIsNoWebServerIsNotTriedForADay_data()
{
    QTest::addColumn<Script>("says");
    QTest::addColumn<bool>("isNoWebServer");
    const auto row = [](const char *name, const QByteArray &bytes, bool isNoWebServer) {
        QTest::newRow(name) << Script{step::Send{bytes}, step::Close{}} << isNoWebServer;
    };
    row("another protocol", "SSH-2.0-OpenSSH_9.2p1\r\n", true);
    row("a page without a head", "<html><body>hello</body></html>", true);
    row("a status without a number", "HTTP/1.1 OK\r\n\r\n", true);
    row("less than a status line", "HTTP/1", false);
    row("nothing", "", false);
}

void RetriesTest::whatIsNoWebServerIsNotTriedForADay()
{
    QFETCH(const Script, says);
    QFETCH(const bool, isNoWebServer);
    HttpServer server;
    server.script("/file", says);
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    // What says nothing is asked whether it speaks TLS, and given some seconds to answer.
    QVERIFY(rig.comesTo([&] {
        rig.clock.advance(100ms);
        return rig.job(id).errorCount == 2;
    }));
    QVERIFY(rig.reaches(id, isNoWebServer ? JobState::Error : JobState::TransientError));
    QCOMPARE(rig.job(id).error->cause, isNoWebServer ? Cause::NotHttp : Cause::ConnectionLost);
}

void RetriesTest::resumeLeadsOnFromATransientError()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.nextStatus("/file", 500);
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    const SetOutcome outcome = rig.resume(id);
    QCOMPARE(outcome.done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void RetriesTest::resumeBeforeTheRetryDelayContactsTheServerNow()
{
    HttpServer server;
    server.refuse("/file", 503, {{"Retry-After", "3600"}});
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QCOMPARE(server.requests().size(), 1);
    rig.resume(id);
    QVERIFY(isAskedAgain(&rig, server, 2));
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.clock.advance(1h); // the delay that was skipped is not served later
    QVERIFY(isAskedAgain(&rig, server, 3));
}

void RetriesTest::theDelaysDoubleFromOneSecondAndAreShownAsADueTime()
{
    HttpServer server;
    server.stopListening();
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    const std::array delays{1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 300s, 300s};
    int errors = 0;
    for (const auto delay : delays) {
        ++errors;
        QTRY_COMPARE(rig.job(id).errorCount, errors);
        QCOMPARE(rig.job(id).state, JobState::TransientError);
        QVERIFY(rig.job(id).due);
        QVERIFY(rig.job(id).due->delay == delay);
        QCOMPARE(rig.clock.utcNow().msecsTo(rig.job(id).due->at), (delay / 1ms));
        rig.clock.advance(delay - 1ms);
        rig.settle();
        QCOMPARE(rig.job(id).errorCount, errors);
        QCOMPARE(rig.job(id).state, JobState::TransientError);
        rig.clock.advance(1ms);
    }
    // Qt warns of a request that is refused in the moment in which it is given up.
    QTRY_COMPARE(rig.job(id).errorCount, errors + 1);
}

void RetriesTest::chanceShortensADelayByHalfAtMost()
{
    HttpServer server;
    server.refuse("/file", 500);
    ManualRig rig;
    rig.jitter = 0.0;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QVERIFY(rig.job(id).due->delay == 500ms);
}

void RetriesTest::theJobSaysWhyItWaitsAndSinceWhen()
{
    HttpServer server;
    server.refuse("/file", 503);
    ManualRig rig;
    const QDateTime begun = rig.clock.utcNow();
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.clock.advance(1s);
    QTRY_COMPARE(rig.job(id).errorCount, 2);
    const JobSnapshot job = rig.job(id);
    QCOMPARE(job.error->cause, Cause::ServerBusy);
    QCOMPARE(job.error->httpStatus, 503);
    QCOMPARE(*job.troubleSince, begun);
    QVERIFY(!needsAttention(job, begun.addSecs(15 * 60)));
    QVERIFY(needsAttention(job, begun.addSecs(15 * 60 + 1)));
}

void RetriesTest::aServerThatNamesATimeIsNotAskedBefore()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.nextStatus("/file", 429, {{"Retry-After", "120"}});
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QVERIFY(rig.job(id).error->retryAfter == 120s);
    rig.clock.advance(119s);
    rig.settle();
    QCOMPARE(server.requests().size(), 1);
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void RetriesTest::theLeastRetryDelayOfTheJobHolds()
{
    HttpServer server;
    server.refuse("/file", 500);
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.minRetryDelay = 10min;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QVERIFY(rig.job(id).due->delay == 10min);
}

void RetriesTest::aRetryDelayLongerThanTheTimeoutIsAnErrorWithoutARetry()
{
    HttpServer server;
    server.refuse("/file", 500);
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.minRetryDelay = 10min;
    spec.options.noProgressTimeout = 9min;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(!rig.states.contains(JobState::TransientError));
}

void RetriesTest::anOutageLongerThanTheNoProgressTimeoutEndsInError()
{
    HttpServer server;
    server.stopListening();
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.noProgressTimeout = 10s;
    const JobId id = rig.download(spec);
    for (const auto delay : {1s, 2s, 4s}) {
        QVERIFY(rig.reaches(id, JobState::TransientError));
        rig.clock.advance(delay);
    }
    QVERIFY(rig.reaches(id, JobState::Error)); // the next one would come after 15 seconds
    QCOMPARE(rig.job(id).error->cause, Cause::ConnectionRefused);
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
}

void RetriesTest::theTimelineSaysThatNothingMovedForTooLong()
{
    HttpServer server;
    server.stopListening();
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.noProgressTimeout = 2s;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.steps(id),
             (QList{JobEvent::Resume, JobEvent::Start, JobEvent::FailForNow, JobEvent::RetryDue,
                    JobEvent::Start, JobEvent::FailForNow, JobEvent::NoProgressExpired}));
    rig.settle();
    QCOMPARE(rig.attentions.size(), 1);
    QVERIFY(!rig.job(id).due);

    rig.resume(id); // what went wrong before does not count any more
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.cancel(id);

    spec.options.noProgressTimeout = 0ms; // nothing is waited for, so nothing takes too long
    const JobId impatient = rig.download(spec);
    QVERIFY(rig.reaches(impatient, JobState::Error));
    QCOMPARE(rig.steps(impatient),
             (QList{JobEvent::Resume, JobEvent::Start, JobEvent::FailForGood}));
}

void RetriesTest::aFileThatRanOutOfTimeIsNotTheReasonWhenAnEarlierOneFailedForGood()
{
    HttpServer server;
    server.refuse("/none", 404);
    server.refuse("/busy", 503);
    ManualRig rig;
    JobSpec spec =
        rig.spec({server.url(QStringLiteral("/none")), server.url(QStringLiteral("/busy"))});
    spec.options.noProgressTimeout = 2s;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::NotFound);
    QCOMPARE(rig.steps(id).last(), JobEvent::FailForGood);
}

void RetriesTest::anyByteReceivedBeginsTheNoProgressTimeoutAnew()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    for (int i = 1; i < 10; ++i) {
        server.cutAfter("/file", i * 100'000);
    }
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.minRetryDelay = 9s;
    spec.options.noProgressTimeout = 10s;
    const JobId id = rig.download(spec);
    // Under load the library sends a request again by itself when nothing was read of its answer,
    // so that a cut may go uncounted.
    int waits = 0;
    const auto rests = [&] {
        const JobState state = rig.job(id).state;
        return state == JobState::TransientError || state == JobState::Acknowledged;
    };
    qint64 had = 0;
    while (rig.comesTo(rests) && rig.job(id).state == JobState::TransientError) {
        QVERIFY(std::exchange(had, rig.job(id).progress.bytesDone) <
                rig.job(id).progress.bytesDone);
        rig.clock.advance(9s);
        ++waits;
    }
    QVERIFY(waits >= 2); // longer than the timeout together
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void RetriesTest::whatWaitsForItsTurnIsNotWithoutProgress()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.serve("/other", {.body = Body::pattern(2, kSize)});
    server.refuse("/file", 503);
    server.holdAfter("/other", 300'000, "gate");
    ManualRig rig;
    rig.limitTo(4, 1);
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.noProgressTimeout = 10s;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    const JobId other = rig.download(rig.spec({server.url(QStringLiteral("/other"))}));
    QVERIFY(rig.comesTo([&] { return rig.job(other).progress.bytesDone == 300'000; }));
    rig.clock.advance(5s);
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    rig.clock.advance(40s); // the other one is there, and so is the time for a try
    QCOMPARE(server.requests("/file").size(), 1);
    server.release("gate");
    QVERIFY(rig.reaches(other, JobState::Acknowledged));
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void RetriesTest::theNoProgressTimeoutOfTheJobOutlivesSuspendAndResumeAndARestart()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.holdAfter("/file", 300'000, "gate");
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
    spec.options.noProgressTimeout = 0ms; // every error is final
    const JobId id = rig.download(spec);
    QTRY_VERIFY(server.isWaitingAt("gate"));
    rig.suspend(id);
    rig.restart();
    server.cutAfter("/file", 100'000);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QVERIFY(!rig.states.contains(JobState::TransientError));
}

void RetriesTest::errorsAreCountedOnceEachAndNeverForgotten()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.nextStatus("/file", 500, {}, 2);
    server.nextStatus("/file", 403, {}, 2); // it is asked for plainly, too
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QTRY_COMPARE(rig.job(id).errorCount, 1);
    rig.suspend(id); // not an error
    rig.resume(id);
    QTRY_COMPARE(rig.job(id).errorCount, 2);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).errorCount, 3);
    rig.restart();
    QCOMPARE(rig.job(id).errorCount, 3);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.job(id).errorCount, 3);
}

void RetriesTest::aSuspendedJobIsNotRetriedHoweverLateItGets()
{
    HttpServer server;
    server.refuse("/file", 500);
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.suspend(id);
    rig.restart();
    rig.clock.advance(48h);
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Suspended);
    QCOMPARE(server.requests().size(), 1);
}

void RetriesTest::setClocksFireNoTimer_data()
{
    QTest::addColumn<int>("days");
    QTest::newRow("forward by a year") << 365;
    QTest::newRow("back by a year") << -365;
}

void RetriesTest::setClocksFireNoTimer()
{
    QFETCH(const int, days);
    HttpServer server;
    server.refuse("/file", 503, {{"Retry-After", "60"}});
    ManualRig rig;
    rig.acceptsAttention = false;
    const JobId failed = rig.download({server.url(QStringLiteral("/none"))});
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QVERIFY(rig.reaches(failed, JobState::Error));
    const qsizetype told = rig.attentions.size();
    rig.clock.setUtc(rig.clock.utcNow().addDays(days));
    rig.settle();
    QCOMPARE(server.requests("/file").size(), 1);
    QCOMPARE(rig.attentions.size(), told);
    rig.clock.advance(59s);
    rig.settle();
    QCOMPARE(server.requests("/file").size(), 1);
    rig.clock.advance(1s);
    QVERIFY(rig.comesTo([&] { return server.requests("/file").size() == 2; }));
}

void RetriesTest::aClockThatWasSetBackWhileTheProgramWasAwayCannotMakeAJobWaitLongerThanItsDelay()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.nextStatus("/file", 503, {{"Retry-After", "60"}});
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.stop();
    rig.clock.setUtc(rig.clock.utcNow().addYears(-5));
    rig.start();
    rig.clock.advance(60s);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void RetriesTest::aJobThatWasWaitingWaitsTheRestAfterARestart()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.nextStatus("/file", 503, {{"Retry-After", "60"}});
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QVERIFY(rig.reaches(id, JobState::TransientError));
    rig.stop();
    rig.clock.advance(20s);
    rig.start();
    QCOMPARE(rig.job(id).state, JobState::TransientError);
    rig.clock.advance(39s);
    rig.settle();
    QCOMPARE(server.requests().size(), 1);
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void RetriesTest::aServerThatSaysNothingIsGivenUpAfterAMinuteAndAskedAgain()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.next("/file", {step::Stall{}});
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QTRY_COMPARE(server.requests().size(), 1);
    rig.settle();
    rig.clock.advance(59s);
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Connecting);
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QCOMPARE(rig.job(id).error->cause, Cause::ServerSilent);
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void RetriesTest::aServerThatFallsSilentInTheMiddleIsGivenUpAfterAMinuteAndTheFileGoesOn()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    server.after("/file", 400'000, {step::Stall{}});
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/file"))});
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 400'000);
    rig.clock.advance(60s);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QCOMPARE(rig.job(id).error->cause, Cause::ServerSilent);
    QCOMPARE(rig.job(id).error->fileBytesDone, 400'000);
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests().at(1).header("Range"), "bytes=400000-");
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

BELLHOP_TEST(RetriesTest)
#include "tst_retries.moc"
