// SPDX-License-Identifier: Apache-2.0
#include "tests/core/transport/what_is_said.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QNetworkProxy>

using namespace core;
using namespace std::chrono_literals;

namespace {

/// Where the proxy is asked to connect to; nobody ever does.
constexpr auto kTarget = "127.0.0.1:9";
constexpr auto kPlain = "http://files.example/film.bin";

QUrl secure()
{
    return QUrl(QStringLiteral("https://127.0.0.1:9/film.bin"));
}

QUrl plain()
{
    return QUrl(QString::fromLatin1(kPlain));
}

/// Every error is final.
JobSpec behind(const HttpServer &proxy, const JobRig &rig, const QUrl &url)
{
    JobSpec spec = rig.spec({url});
    spec.options.proxy = proxy.url({});
    spec.options.noProgressTimeout = 0ms;
    return spec;
}

/// A request as Bellhop sends it: without HTTP/2.
QNetworkRequest requestTo(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

void useProxy(QNetworkAccessManager *manager, const HttpServer &proxy)
{
    manager->setProxy(
        QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port()));
}

Script status(int code)
{
    return {step::Send{response(code, {}, "sorry")}, step::Close{}};
}

} // namespace

/// A proxy that is asked to CONNECT and does something else: what is left of its answer when
/// QNetworkAccessManager has told of it. Its handlers for logins are never answered: with a wrong
/// login it would ask for ever.
class TunnelsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theAnswerToConnectIsKnownByItsTextAlone_data();
    void theAnswerToConnectIsKnownByItsTextAlone();
    void aProxyThatHangsUpIsNoticedByTheWatchdogAlone_data();
    void aProxyThatHangsUpIsNoticedByTheWatchdogAlone();
    void aProxyThatHangsUpOnAPlainRequestIsNoticedAtOnce();
};

void TunnelsTest::theAnswerToConnectIsKnownByItsTextAlone_data()
{
    QTest::addColumn<Script>("answer");
    QTest::addColumn<QByteArray>("qtSays");
    QTest::addColumn<QString>("qtText");
    QTest::addColumn<Cause>("cause");
    const auto row = [](const char *name, const Script &answer, const char *says, const char *text,
                        Cause cause) {
        QTest::newRow(name) << answer << QByteArray(says) + " 0, 0 bytes"
                            << QString::fromLatin1(text) << cause;
    };
    const auto unknown = "UnknownNetworkError";
    for (const int code : {301, 400, 429, 500, 501, 502, 504, 511}) {
        row(QByteArray::number(code).constData(), status(code), unknown,
            "Error communicating with HTTP proxy", Cause::ProxyFailed);
    }
    row("403", status(403), unknown, "Proxy denied connection", Cause::ProxyRefused);
    row("405", status(405), unknown, "Proxy denied connection", Cause::ProxyRefused);
    row("404, in the name of nobody", status(404), "HostNotFoundError", "Host  not found",
        Cause::ProxyFailed);
    row("407 that does not say how", status(407), unknown,
        "Error parsing authentication request from proxy", Cause::ProxyLoginRequired);
    row("503, as if it had come from the server", status(503), "ConnectionRefusedError",
        "Connection refused", Cause::ConnectionRefused);
    row("no HTTP", {step::Send{"SSH-2.0-OpenSSH_9.2\r\n"}}, unknown,
        "Did not receive HTTP response from proxy", Cause::ProxyRefused);
    row("200, and then it hangs up", {step::Send{"HTTP/1.1 200 OK\r\n\r\n"}, step::Close{}},
        "RemoteHostClosedError", "Connection closed", Cause::ConnectionLost);
}

void TunnelsTest::theAnswerToConnectIsKnownByItsTextAlone()
{
    QFETCH(Script, answer);
    QFETCH(QByteArray, qtSays);
    QFETCH(QString, qtText);
    HttpServer proxy;
    proxy.script(kTarget, answer);
    QNetworkAccessManager manager;
    useProxy(&manager, proxy);
    const std::unique_ptr<QNetworkReply> reply(manager.get(requestTo(secure())));
    QCOMPARE(said::byQt(reply.get()).line, qtSays);
    QCOMPARE(reply->errorString(), qtText);

    EngineRig rig;
    const JobId id = rig.download(behind(proxy, rig, secure()));
    QVERIFY(rig.reaches(id, JobState::Error));
    const JobError error = *rig.job(id).error;
    QTEST(error.cause, "cause");
    QCOMPARE(error.step, core::Step::Connect);
    QCOMPARE(error.httpStatus, 0); // what the proxy says is no answer of the server
    QVERIFY(rig.listing().isEmpty());
}

void TunnelsTest::aProxyThatHangsUpIsNoticedByTheWatchdogAlone_data()
{
    QTest::addColumn<Script>("answer");
    QTest::newRow("closes without a word") << Script{step::Close{}};
    QTest::newRow("resets without a word") << Script{step::Reset{}};
    QTest::newRow("closes within its answer")
        << Script{step::Send{"HTTP/1.1 502 Bad"}, step::Close{}};
}

void TunnelsTest::aProxyThatHangsUpIsNoticedByTheWatchdogAlone()
{
    QFETCH(Script, answer);
    HttpServer forQt;
    forQt.script(kTarget, answer);
    QNetworkAccessManager manager;
    useProxy(&manager, forQt);
    // With HTTP/2 allowed it tries four times and then tells of it; without, it waits for ever.
    QCOMPARE(said::byQt(&manager, QNetworkRequest(secure())).line,
             "ProxyConnectionClosedError 0, 0 bytes");
    QCOMPARE(forQt.requests().size(), 4);
    const std::unique_ptr<QNetworkReply> reply(manager.get(requestTo(secure())));
    QTRY_VERIFY(forQt.requests().size() == 5 && forQt.connectionsOpen() == 0);
    QVERIFY(!QTest::qWaitFor([&] { return reply->isFinished(); }, 300));
    reply->abort();

    HttpServer proxy;
    proxy.script(kTarget, answer);
    ManualRig rig;
    const JobId id = rig.download(behind(proxy, rig, secure()));
    QTRY_VERIFY(proxy.requests().size() == 1 && proxy.connectionsOpen() == 0);
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Connecting);
    rig.clock.advance(ExchangeLimits{}.connect);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::ProxyFailed);
    QCOMPARE(proxy.requests().size(), 1);
}

void TunnelsTest::aProxyThatHangsUpOnAPlainRequestIsNoticedAtOnce()
{
    HttpServer proxy;
    proxy.script(kPlain, {step::Close{}});
    QNetworkAccessManager manager;
    useProxy(&manager, proxy);
    QCOMPARE(said::byQt(&manager, requestTo(plain())).line, "RemoteHostClosedError 0, 0 bytes");

    ManualRig rig; // on which no time passes
    const JobId id = rig.download(behind(proxy, rig, plain()));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::ProxyFailed);
}

BELLHOP_TEST(TunnelsTest)
#include "tst_tunnels.moc"
