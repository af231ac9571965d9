// SPDX-License-Identifier: Apache-2.0
#include "tests/core/transport/what_is_said.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>

#include <array>

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr auto kTimeout = 1000ms;

QByteArray gate(int number)
{
    return "gate " + QByteArray::number(number);
}

/// A port that is open, but where nobody gets in any more: those who wait to be let in fill the
/// queue, and the system leaves further calls unanswered.
class FullHouse {
public:
    FullHouse()
    {
        m_door.setListenBacklogSize(int(m_waiting.size()) - 1); // as Linux counts
        m_isFull = m_door.listen(QHostAddress::LocalHost);
        m_door.pauseAccepting();
        for (QTcpSocket &guest : m_waiting) {
            guest.connectToHost(QHostAddress::LocalHost, m_door.serverPort());
            m_isFull = m_isFull && guest.waitForConnected(1000);
        }
    }

    [[nodiscard]] bool isFull() const { return m_isFull; }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/film.bin").arg(m_door.serverPort()));
    }

private:
    QTcpServer m_door;
    std::array<QTcpSocket, 2> m_waiting;
    bool m_isFull = false;
};

/// One byte of a long body after the other, as the gates are opened.
Script drip(int bytes)
{
    Script steps{step::Send{responseHead(200, {{"Content-Length", "1000000"}})}};
    for (int i = 0; i < bytes; ++i) {
        steps << step::WaitFor{gate(i)} << step::Send{"x"};
    }
    return steps;
}

} // namespace

/// Servers that say nothing, or next to nothing: the timeout of QNetworkAccessManager, and the
/// watchdogs that Bellhop has instead of it. (A silent server before and amid the body: see
/// tst_retries.)
class SilenceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theTimeoutOfQtLooksLikeAPersonWhoCancels();
    void theTimeoutOfQtNeverStrikesWhereBytesDrip();
    void whoeverDoesNotAnswerWhileConnectingIsGivenUp_data();
    void whoeverDoesNotAnswerWhileConnectingIsGivenUp();
    void aConnectionThatOnlyDripsIsGivenUpOnceForAnother();
    void aSlowConnectionIsKept_data();
    void aSlowConnectionIsKept();
    void aSpeedLimitIsNoSlowConnection();

private:
    static constexpr int kDrips = 20;      // one each 50 s
    static constexpr qint64 kDrip = 5'000; // far below 1 KiB/s

    /// The file as a pattern of this seed, after each drip of which a gate is shut.
    static void serveInDrips(HttpServer *server, qint64 drip, Resource resource = {});
    /// Opens the gates from the one to the other, each 50 s after the last.
    static void letDrip(ManualRig *rig, HttpServer *server, JobId id, int from, int to,
                        qint64 drip = kDrip);
};

void SilenceTest::theTimeoutOfQtLooksLikeAPersonWhoCancels()
{
    HttpServer server;
    server.script(said::kPath, {step::Stall{}});
    QNetworkRequest request(said::url(server));
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> cancelled(manager.get(request));
    cancelled->abort();
    request.setTransferTimeout(50);
    const std::unique_ptr<QNetworkReply> timedOut(manager.get(request));
    QCOMPARE(said::byQt(timedOut.get()).line, "OperationCanceledError 0, 0 bytes");
    QCOMPARE(cancelled->error(), timedOut->error());
    QCOMPARE(cancelled->errorString(), timedOut->errorString());
}

void SilenceTest::theTimeoutOfQtNeverStrikesWhereBytesDrip()
{
    HttpServer server;
    server.script(said::kPath, drip(1000));
    QNetworkRequest request(said::url(server));
    request.setTransferTimeout(int(kTimeout.count()));
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    QElapsedTimer watch;
    watch.start();
    int opened = 0;
    const bool isEnough = QTest::qWaitFor(
        [&] {
            server.release(gate(opened++));
            return watch.elapsed() > 2 * kTimeout.count();
        },
        10'000);
    QVERIFY(isEnough);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QVERIFY(!reply->isFinished());
    QVERIFY(reply->bytesAvailable() > 1);
}

void SilenceTest::whoeverDoesNotAnswerWhileConnectingIsGivenUp_data()
{
    QTest::addColumn<bool>("isSecure");
    QTest::newRow("no connection") << false;
    QTest::newRow("a connection, but no handshake of TLS") << true;
}

void SilenceTest::whoeverDoesNotAnswerWhileConnectingIsGivenUp()
{
    QFETCH(bool, isSecure);
    const FullHouse house;
    QVERIFY(house.isFull());
    HttpServer mute; // does not take the first words of TLS for a request
    QUrl secure = said::url(mute);
    secure.setScheme(QStringLiteral("https"));

    // What counts from the request on shall not be what strikes here.
    ManualRig rig(RunPolicy::Everything, {.exchange = {.firstByte = 10h, .silence = 10h}});
    const JobId id = rig.download({isSecure ? secure : house.url()});
    const BootTime begun = rig.clock.now();
    QVERIFY(rig.comesTo([&] {
        rig.clock.advance(1s);
        return rig.job(id).state == JobState::TransientError;
    }));
    QCOMPARE(rig.job(id).error->cause, Cause::ServerSilent);
    QCOMPARE(rig.job(id).error->step, core::Step::Connect);
    QVERIFY(rig.clock.now() - begun >= ExchangeLimits{}.connect);
    QCOMPARE(mute.connectionsEver(), isSecure ? 1 : 0);
}

void SilenceTest::serveInDrips(HttpServer *server, qint64 drip, Resource resource)
{
    resource.body = Body::pattern(1, kDrips * drip);
    server->serve(said::kPath, resource);
    for (int i = 1; i < kDrips; ++i) {
        server->holdAfter(said::kPath, i * drip, gate(i));
    }
}

void SilenceTest::letDrip(ManualRig *rig, HttpServer *server, JobId id, int from, int to,
                          qint64 drip)
{
    for (int i = from; i <= to; ++i) {
        QVERIFY(rig->comesTo([&] { return rig->job(id).progress.bytesDone >= i * drip; }));
        rig->clock.advance(50s);
        server->release(gate(i));
    }
}

void SilenceTest::aConnectionThatOnlyDripsIsGivenUpOnceForAnother()
{
    HttpServer server;
    serveInDrips(&server, kDrip);
    ManualRig rig;
    const JobId id = rig.download({said::url(server)});
    letDrip(&rig, &server, id, 1, 2);
    QVERIFY(rig.comesTo([&] { return rig.job(id).progress.bytesDone >= 3 * kDrip; }));
    QCOMPARE(server.requests().size(), 1); // after 100 s

    letDrip(&rig, &server, id, 3, 3); // after 150 s
    QTRY_COMPARE(server.requests().size(), 2);
    const HttpRequest second = server.requests().last();
    QCOMPARE(second.header("Range"), "bytes=20000-");
    QVERIFY(second.connection != server.requests().first().connection);

    // The other is no faster. It begins behind the gate at which the first one was left.
    letDrip(&rig, &server, id, 5, kDrips - 1);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.bodyBytesSent(said::kPath), kDrips * kDrip); // no byte came twice
    QCOMPARE(rig.content(QStringLiteral("film.bin")), patternBytes(1, 0, kDrips * kDrip));
    QCOMPARE(rig.job(id).errorCount, 0);
}

void SilenceTest::aSlowConnectionIsKept_data()
{
    QTest::addColumn<Resource>("resource");
    QTest::addColumn<qint64>("drip");
    QTest::newRow("just above the floor") << Resource{} << qint64(50) * 1025;
    QTest::newRow("no ranges: all would come twice")
        << Resource{.ranges = RangeAnswer::Ignored} << kDrip;
    QTest::newRow("no validator: some bytes would come twice")
        << Resource{.etag = {}, .lastModified = {}} << kDrip;
}

void SilenceTest::aSlowConnectionIsKept()
{
    QFETCH(Resource, resource);
    QFETCH(qint64, drip);
    HttpServer server;
    serveInDrips(&server, drip, resource);
    ManualRig rig;
    const JobId id = rig.download({said::url(server)});
    letDrip(&rig, &server, id, 1, kDrips - 1, drip);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(rig.content(QStringLiteral("film.bin")), patternBytes(1, 0, kDrips * drip));
}

void SilenceTest::aSpeedLimitIsNoSlowConnection()
{
    HttpServer server;
    server.serve(said::kPath, {.body = Body::pattern(1, 30'000)});
    ManualRig rig;
    JobSpec spec = rig.spec({said::url(server)});
    spec.options.limitBytesPerSecond = 500;
    const JobId id = rig.download(spec);
    const BootTime begun = rig.clock.now();
    QVERIFY(rig.comesTo([&] {
        rig.clock.advance(1s);
        return rig.job(id).state == JobState::Acknowledged;
    }));
    QVERIFY(rig.clock.now() - begun > ExchangeLimits{}.floorWindow);
    QCOMPARE(server.requests().size(), 1);
}

BELLHOP_TEST(SilenceTest)
#include "tst_silence.moc"
