// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_fields.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/link_expiry.h"
#include "core/remedy/reason.h"
#include "core/words/explain.h"
#include "tests/core/contract/half_fetched.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kWantedBytes = 300'000;

QByteArray wantedBytes()
{
    return patternBytes(5, 0, kWantedBytes);
}

QByteArray pageOfTheNetwork(const char *host)
{
    return "<!DOCTYPE html><title>Hotel</title><p>Welcome, you wanted " + QByteArray(host) +
           "<input type=password>";
}

} // namespace

/// Why a server refuses is told by what came before, or found out by asking once more.
class ReasonsTest final : public QObject {
    Q_OBJECT

    HttpServer *m_server = nullptr;
    ManualRig *m_rig = nullptr;

    [[nodiscard]] JobError errorOf(JobId id) const
    {
        return m_rig->job(id).error.value_or(JobError{});
    }
    [[nodiscard]] QUrl wanted() const { return m_server->url(u"/wanted.bin"_s); }
    void serveWanted() { m_server->serve("/wanted.bin", {.body = Body::pattern(5, kWantedBytes)}); }
    /// From now on the file is for those whose request has such a field.
    void wantField(const QByteArray &name, const QByteArray &begin)
    {
        connect(m_server, &HttpServer::requested, this, [this, name, begin](int index) {
            const auto value = m_server->requests().at(index).header(name);
            if (value && value->startsWith(begin)) {
                serveWanted();
            } else {
                m_server->refuse("/wanted.bin", 403);
            }
        });
    }
    [[nodiscard]] JobId brokenBy(const std::function<void()> &happening)
    {
        half_fetched::serve(m_server);
        m_server->holdAfter("/file", half_fetched::kHalf, "half");
        const JobId id = m_rig->download(half_fetched::specOf(*m_rig, *m_server));
        require(half_fetched::hasHalf(m_rig, id), u"no half"_s);
        happening();
        m_server->refuse("/file", 403);
        m_server->dropConnections();
        require(m_rig->reachesInTime(id, JobState::Error), u"no error"_s);
        return id;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_server = new HttpServer(this);
        m_rig = new ManualRig;
    }
    void cleanup()
    {
        delete std::exchange(m_rig, nullptr);
        delete std::exchange(m_server, nullptr);
    }

    void theHeaderThatIsMissingIsFound_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<Reason>("reason");
        QTest::newRow("Referer") << QByteArray("Referer") << QByteArray("http://127.0.0.1")
                                 << Reason::WantsReferer;
        QTest::newRow("User-Agent")
            << QByteArray("User-Agent") << QByteArray("Mozilla/5.0") << Reason::WantsBrowser;
    }
    void theHeaderThatIsMissingIsFound()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, begin);
        QFETCH(Reason, reason);
        wantField(field, begin);
        const JobId id = m_rig->download({wanted()});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        const JobError error = errorOf(id);
        QCOMPARE(error.cause, Cause::Forbidden);
        QCOMPARE(error.reason, reason);
        QCOMPARE(error.httpStatus, 403); // of the request as it is
        QCOMPARE(fixesFor(error).first(), FixKind::Headers);
        QVERIFY(m_rig->listing().isEmpty()); // what was answered only tells
        m_rig->resume(id, {fix::Headers{missingFields(error)}});
        QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"wanted.bin"_s), wantedBytes());
    }

    void aServerThatRefusesWhateverIsSentIsAskedFourTimes()
    {
        m_server->refuse("/wanted.bin", 403);
        const JobId id = m_rig->download({wanted()});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QVERIFY(!errorOf(id).reason);
        QCOMPARE(m_server->requests().size(), 4); // as it is, without Range, and with two fields
        m_rig->resume(id);
        QVERIFY(m_rig->comesTo([&] { return m_server->requests().size() == 5; }));
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(m_server->requests().size(), 5);
    }

    void aPageToSignInIsNoAnswer()
    {
        connect(m_server, &HttpServer::requested, this, [this](int index) {
            if (m_server->requests().at(index).header("Referer")) {
                m_server->serve("/wanted.bin",
                                {.body = pageOfTheNetwork("us"), .contentType = "text/html"});
            } else {
                m_server->refuse("/wanted.bin", 403);
            }
        });
        const JobId id = m_rig->download({wanted()});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(errorOf(id).cause, Cause::Forbidden);
        QVERIFY(!errorOf(id).reason);
    }

    void aLinkThatRanOutIsNotAskedWhy()
    {
        m_server->refuse("/wanted.bin", 403);
        const qint64 past = m_rig->clock.utcNow().addSecs(-60).toSecsSinceEpoch();
        const JobId id = m_rig->download({m_server->url(u"/wanted.bin?Expires=%1"_s.arg(past))});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QVERIFY(isAboutRunOutLink(errorOf(id)));
        QCOMPARE(m_server->requests().size(), 2);
    }

    void whetherALinkRanOutIsDecidedByTheClockOfTheServer_data()
    {
        QTest::addColumn<int>("daysAhead"); // our clock
        QTest::addColumn<bool>("hasRunOut");
        QTest::newRow("ours is right") << 0 << false;
        QTest::newRow("ours is ahead") << 2 << false;
        QTest::newRow("ours is behind") << -2 << false;
    }
    void whetherALinkRanOutIsDecidedByTheClockOfTheServer()
    {
        QFETCH(int, daysAhead);
        QFETCH(bool, hasRunOut);
        const qint64 tomorrow = m_rig->clock.utcNow().addDays(1).toSecsSinceEpoch();
        m_rig->clock.setUtc(m_rig->clock.utcNow().addDays(daysAhead));
        m_server->refuse("/wanted.bin", 403, {{"Date", "Thu, 15 Jan 2026 12:00:00 GMT"}});
        const JobId id =
            m_rig->download({m_server->url(u"/wanted.bin?Expires=%1"_s.arg(tomorrow))});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(isAboutRunOutLink(errorOf(id)), hasRunOut);
        QCOMPARE(errorOf(id).serverTime.isValid(), daysAhead != 0);
    }

    void aClockThatIsWrongIsSaid()
    {
        const qint64 past = m_rig->clock.utcNow().addSecs(-3600).toSecsSinceEpoch();
        m_rig->clock.setUtc(m_rig->clock.utcNow().addDays(-2));
        m_server->refuse("/wanted.bin", 403, {{"Date", "Thu, 15 Jan 2026 12:00:00 GMT"}});
        const JobId id = m_rig->download({m_server->url(u"/wanted.bin?Expires=%1"_s.arg(past))});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QVERIFY(isAboutRunOutLink(errorOf(id)));
        const QString words = explain(errorOf(id)).whatToDo;
        QVERIFY2(words.contains(u"by the clock of this computer"), qPrintable(words));
    }

    void aServerThatBearsNoMoreIsWaitedFor()
    {
        half_fetched::serve(m_server);
        const JobId waiting = half_fetched::jobIn(JobState::Suspended, m_rig, m_server,
                                                  half_fetched::specOf(*m_rig, *m_server));
        serveWanted();
        m_server->holdAfter("/wanted.bin", 1, "other");
        const JobId other = m_rig->download({wanted()});
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(other).progress.bytesDone > 0; }));
        m_server->refuse("/file", 403);
        m_rig->resume(waiting);
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(waiting).error.has_value(); }));
        QCOMPARE(m_rig->job(waiting).state, JobState::TransientError);
        QCOMPARE(errorOf(waiting).reason, Reason::TooManyConnections);
        QVERIFY(m_rig->attentions.isEmpty());
        m_server->release("other");
        half_fetched::serve(m_server);
        QVERIFY(m_rig->reachesInTime(waiting, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"file"_s), half_fetched::bytes());
    }

    void anotherAddressIsTold()
    {
        const JobId id = brokenBy([this] { m_rig->addresses = {u"198.51.100.7"_s}; });
        QCOMPARE(errorOf(id).reason, Reason::AddressChanged);
        QCOMPARE(fixesFor(errorOf(id)).first(), FixKind::NewLink);
    }
    void anotherAddressIsToldAfterARestartToo()
    {
        const JobId id = brokenBy([this] {
            m_server->refuse("/file", 403);
            m_rig->addresses = {u"198.51.100.7"_s};
            m_rig->restart();
        });
        QCOMPARE(errorOf(id).reason, Reason::AddressChanged);
    }
    void theSameAddressIsNoReason_data()
    {
        QTest::addColumn<bool>("isRestarted");
        QTest::newRow("at once") << false;
        QTest::newRow("after a restart") << true;
    }
    void theSameAddressIsNoReason()
    {
        QFETCH(const bool, isRestarted);
        const JobId id = brokenBy([&] {
            if (isRestarted) {
                m_server->refuse("/file", 403);
                m_rig->restart();
            }
        });
        QVERIFY(!errorOf(id).reason);
    }

    void theSamePageOfSeveralServersIsOfTheNetwork()
    {
        m_server->serve("/a.mp4",
                        {.body = pageOfTheNetwork("127.0.0.1"), .contentType = "text/html"});
        m_server->serve("/b.mp4",
                        {.body = pageOfTheNetwork("localhost"), .contentType = "text/html"});
        const JobId first = m_rig->download({m_server->url(u"/a.mp4"_s)});
        QVERIFY(m_rig->reachesInTime(first, JobState::Error));
        QCOMPARE(errorOf(first).cause, Cause::WebPageInstead);
        QUrl other = m_server->url(u"/b.mp4"_s);
        other.setHost(u"localhost"_s);
        const JobId second = m_rig->download({other});
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(second).error.has_value(); }));
        QCOMPARE(errorOf(second).cause, Cause::NetworkSignIn);
        QCOMPARE(m_rig->job(second).state, JobState::TransientError);
        // The one that was taken for a page of its server waits for the network as well.
        QVERIFY(m_rig->comesTo([&] { return errorOf(first).cause == Cause::NetworkSignIn; }));
        QCOMPARE(m_rig->job(first).state, JobState::TransientError);
        for (const char *path : {"/a.mp4", "/b.mp4"}) {
            m_server->serve(path, {.body = Body::pattern(5, kWantedBytes)});
        }
        QVERIFY(m_rig->reachesInTime(first, JobState::Acknowledged));
        QVERIFY(m_rig->reachesInTime(second, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"a.mp4"_s), wantedBytes());
    }

    void otherPagesAreOfTheirServers()
    {
        m_server->serve("/a.mp4", {.body = QByteArray("<!DOCTYPE html><title>A</title>"),
                                   .contentType = "text/html"});
        m_server->serve("/b.mp4", {.body = QByteArray("<!DOCTYPE html><title>B</title>"),
                                   .contentType = "text/html"});
        QUrl other = m_server->url(u"/b.mp4"_s);
        other.setHost(u"localhost"_s);
        for (const QUrl &url : {m_server->url(u"/a.mp4"_s), other}) {
            const JobId id = m_rig->download({url});
            QVERIFY(m_rig->reachesInTime(id, JobState::Error));
            QCOMPARE(errorOf(id).cause, Cause::WebPageInstead);
        }
    }

    void aNewLinkToAnotherFileIsNotBlamedOnTheServer()
    {
        const JobId id = brokenBy([] {});
        m_server->serve("/other", {.body = Body::pattern(9, half_fetched::kFileBytes + 7)});
        m_rig->resume(id, {fix::NewLink{m_server->url(u"/other"_s), {}}});
        QVERIFY(m_rig->comesTo([&] { return errorOf(id).cause == Cause::RemoteChanged; }));
        QCOMPARE(errorOf(id).reason, Reason::OtherFile);
        QVERIFY(
            explain(errorOf(id)).whatHappened.startsWith(u"The new link leads to another file"));
        QVERIFY(explain(errorOf(id)).whatIsSafe.contains(u"will not be fetched again"));
        QCOMPARE(fixesFor(errorOf(id)).first(), FixKind::NewLink);
        const auto told = half_fetched::happened<happening::Failed>(m_rig, id);
        QCOMPARE(told.last().error.reason, Reason::OtherFile);
        QCOMPARE(errorOf(id).triedInVain, QStringList()); // it is not the same again
    }
    void norIsOneThatIsGivenToAJobThatWasPaused()
    {
        half_fetched::serve(m_server);
        const JobId id = half_fetched::jobIn(JobState::Suspended, m_rig, m_server,
                                             half_fetched::specOf(*m_rig, *m_server));
        m_server->serve("/other", {.body = Body::pattern(9, half_fetched::kFileBytes + 7)});
        m_rig->resume(id, {fix::NewLink{m_server->url(u"/other"_s), {}}});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(errorOf(id).cause, Cause::RemoteChanged);
        QCOMPARE(errorOf(id).reason, Reason::OtherFile);
    }
    /// From the start it came on: that it is another version now is not the same again.
    void aRestartThatBroughtBytesWasNotInVain()
    {
        half_fetched::serve(m_server);
        const JobId id = half_fetched::jobIn(JobState::Error, m_rig, m_server,
                                             half_fetched::specOf(*m_rig, *m_server));
        const auto serve = [this](int version) {
            m_server->serve("/file", {.body = Body::pattern(quint32(version), 900'000),
                                      .etag = "\"v" + QByteArray::number(version) + '"'});
        };
        serve(9);
        m_rig->resume(id);
        QVERIFY(m_rig->comesTo([&] { return errorOf(id).cause == Cause::RemoteChanged; }));
        m_server->holdAfter("/file", 500'000, "rest");
        m_rig->resume(id, {fix::Restart{}});
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).progress.bytesDone == 500'000; }));
        serve(8);
        m_server->dropConnections();
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(errorOf(id).cause, Cause::RemoteChanged);
        QCOMPARE(errorOf(id).triedInVain, QStringList());
    }
    void aFileThatChangedIs()
    {
        half_fetched::serve(m_server);
        const JobId id = half_fetched::jobIn(JobState::Error, m_rig, m_server,
                                             half_fetched::specOf(*m_rig, *m_server));
        m_server->serve("/file",
                        {.body = Body::pattern(9, half_fetched::kFileBytes + 7), .etag = "\"v2\""});
        m_rig->resume(id);
        QVERIFY(m_rig->comesTo([&] { return errorOf(id).cause == Cause::RemoteChanged; }));
        QVERIFY(!errorOf(id).reason);
    }

    void aMisspeltServerIsKnownByItsNeighbour()
    {
        serveWanted();
        QUrl right = wanted();
        right.setHost(u"localhost"_s);
        const JobId good = m_rig->download({right});
        QVERIFY(m_rig->reachesInTime(good, JobState::Acknowledged));
        QUrl wrong = m_server->url(u"/more.bin"_s);
        wrong.setHost(u"locallhost"_s);
        const JobId id = m_rig->download({wrong});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        const JobError error = errorOf(id);
        QCOMPARE(error.cause, Cause::NameNotFound);
        QCOMPARE(error.similarHost, u"localhost"_s);
        QCOMPARE(fixesFor(error).first(), FixKind::NewLink);
        m_server->serve("/more.bin", {.body = Body::pattern(5, kWantedBytes)});
        m_rig->resume(id, {fix::NewLink{likelyLink(error).value_or(QUrl()), {}}});
        QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged));
    }

    void theTimelineKeepsWhatADiagnosisNeeds()
    {
        m_server->refuse(
            "/wanted.bin", 403,
            {{"Server", "edge/7"}, {"Via", "1.1 cache.example"}, {"Set-Cookie", "sid=topsecret"}});
        const JobId id = m_rig->download({m_server->url(u"/wanted.bin?sig=topsecret"_s)});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        const auto failed = half_fetched::happened<happening::Failed>(m_rig, id);
        QCOMPARE(failed.size(), 1);
        const HeaderFields &fields = failed.first().error.evidence.headers;
        QVERIFY(fields.contains(HeaderField("Server", "edge/7")));
        QVERIFY(fields.contains(HeaderField("Via", "1.1 cache.example")));
        QVERIFY(!QString::fromUtf8(QJsonDocument(toJson(failed.first().error)).toJson())
                     .contains(u"topsecret"));
    }
};

BELLHOP_TEST(ReasonsTest)
#include "tst_reasons.moc"
