// SPDX-License-Identifier: Apache-2.0
// What a proxy does to people: a real squid before a real nginx.
#include "tests/integration/asked.h"
#include "tests/support/certificates.h"
#include "tests/support/engine_rig.h"
#include "tests/support/manual_rig.h"
#include "tests/support/nginx.h"
#include "tests/support/pretty.h"
#include "tests/support/squid.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kProxiedBytes = 3'000'000;
constexpr auto kProxiedFilm = "/film.mp4";

/// Which way a job is sent.
enum class Way { Open, Guarded, WrongLogin, Login, Down, NoSuchName, Direct };

} // namespace

class ProxyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void filesComeThroughAProxy_data();
    void filesComeThroughAProxy();
    void aProxyThatStandsInTheWayIsAsked_data();
    void aProxyThatStandsInTheWayIsAsked();
    void aProxyThatDoesNotGetThroughIsTriedAgainAndCanBeChanged();
    void aServerThatIsDownBehindAProxyIsToldFromAProxyThatIsDown();
    void aRefusalOfTheServerBehindAProxyIsOneOfTheServer();
    void aProxyThatTakesRangesOutIsComparedAndGoneOnWith();
    void theLoginForTheProxyStaysWithTheProxy();

private:
    [[nodiscard]] QUrl proxy(Way way) const;
    [[nodiscard]] JobSpec spec(const JobRig &rig, const QUrl &url, Way way) const;
    [[nodiscard]] QUrl link(const QString &server) const
    {
        return server == u"plain" ? m_nginx.url(QLatin1StringView(kProxiedFilm))
                                  : m_nginx.tlsUrl(server, QLatin1StringView(kProxiedFilm));
    }

    Certificates m_certificates;
    Nginx m_nginx;
    Squid m_squid;
    const quint16 m_closedPort = HttpServer::closedPort();
};

void ProxyTest::initTestCase()
{
    QVERIFY2(m_certificates.make(), qPrintable(m_certificates.error()));
    QVERIFY(m_nginx.addFile(u"film.mp4"_s, Body::pattern(3, kProxiedBytes)));
    m_nginx.useTls(u"tls"_s, m_certificates.of(CertificateKind::Good));
    m_nginx.useTls(u"refused"_s, m_certificates.of(CertificateKind::Good));
    QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
    m_squid.refuseConnectTo(link(u"refused"_s).port());
    QVERIFY2(m_squid.start(), qPrintable(m_squid.error()));
}

QUrl ProxyTest::proxy(Way way) const
{
    switch (way) {
    case Way::Open:
        return m_squid.open();
    case Way::Guarded:
        return m_squid.guarded();
    case Way::WrongLogin:
        return m_squid.guarded(QLatin1StringView(Squid::kUser), u"wrong"_s);
    case Way::Login:
        return m_squid.guarded(QLatin1StringView(Squid::kUser),
                               QLatin1StringView(Squid::kPassword));
    case Way::Down:
        return QUrl(u"http://127.0.0.1:%1"_s.arg(m_closedPort));
    case Way::NoSuchName:
        return QUrl(u"http://proxy.invalid:3128"_s);
    case Way::Direct:
        return noProxy();
    }
    Q_UNREACHABLE();
}

JobSpec ProxyTest::spec(const JobRig &rig, const QUrl &url, Way way) const
{
    JobSpec made = rig.spec({url});
    made.options.proxy = proxy(way);
    made.options.caFile = m_certificates.authority();
    return made;
}

void ProxyTest::filesComeThroughAProxy_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<Way>("way");
    QTest::addColumn<QByteArray>("logged");
    QTest::newRow("http") << u"plain"_s << Way::Open << QByteArray("GET http://127.0.0.1:");
    QTest::newRow("https") << u"tls"_s << Way::Open << QByteArray("CONNECT 127.0.0.1:");
    QTest::newRow("http, with a login") << u"plain"_s << Way::Login << QByteArray("petra");
    QTest::newRow("https, with a login") << u"tls"_s << Way::Login << QByteArray("petra");
}

void ProxyTest::filesComeThroughAProxy()
{
    QFETCH(QString, server);
    QFETCH(Way, way);
    QFETCH(QByteArray, logged);
    const qsizetype before = m_squid.accessLog().size();
    EngineRig rig;
    const JobId id = rig.add(spec(rig, link(server), way));
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kProxiedBytes));
    rig.service.reset(); // what goes through a tunnel is logged when that is closed
    QTRY_VERIFY(m_squid.accessLog().sliced(before).contains(logged));
}

void ProxyTest::aProxyThatStandsInTheWayIsAsked_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<Way>("way");
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<Way>("repair");
    const QByteArray login = "ProxyLoginRequired None 3 Proxy";
    const QByteArray down = "ProxyUnreachable None 3 Proxy";
    const QByteArray refused = "ProxyRefused None 3 Proxy";
    QTest::newRow("http, a login is wanted") << u"plain"_s << Way::Guarded << login << Way::Login;
    QTest::newRow("https, a login is wanted") << u"tls"_s << Way::Guarded << login << Way::Login;
    QTest::newRow("http, wrong login") << u"plain"_s << Way::WrongLogin << login << Way::Login;
    QTest::newRow("https, wrong login") << u"tls"_s << Way::WrongLogin << login << Way::Login;
    QTest::newRow("http, another way") << u"plain"_s << Way::Guarded << login << Way::Direct;
    QTest::newRow("http, down") << u"plain"_s << Way::Down << down << Way::Direct;
    QTest::newRow("https, down") << u"tls"_s << Way::Down << down << Way::Open;
    QTest::newRow("http, no such name") << u"plain"_s << Way::NoSuchName << down << Way::Direct;
    QTest::newRow("https, no such name") << u"tls"_s << Way::NoSuchName << down << Way::Direct;
    QTest::newRow("CONNECT refused") << u"refused"_s << Way::Open << refused << Way::Direct;
}

void ProxyTest::aProxyThatStandsInTheWayIsAsked()
{
    QFETCH(QString, server);
    QFETCH(Way, way);
    QFETCH(QByteArray, question);
    QFETCH(Way, repair);
    const qsizetype before = m_nginx.requests(kProxiedFilm).size();
    EngineRig rig;
    const JobId id = rig.add(spec(rig, link(server), way));
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error, 20'000));
    const JobError error = *rig.job(id).error;
    QCOMPARE(asked(error), question);
    QCOMPARE(error.proxy, proxy(way).adjusted(QUrl::RemoveUserInfo));
    QVERIFY(rig.listing().isEmpty());
    QCOMPARE(m_nginx.requests(kProxiedFilm).size(), before);

    rig.resume(id, {fix::Proxy{proxy(repair)}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kProxiedBytes));
}

void ProxyTest::aProxyThatDoesNotGetThroughIsTriedAgainAndCanBeChanged()
{
    HttpServer proxy;
    const QByteArray target = link(u"tls"_s).authority().toLatin1();
    proxy.refuse(target, 502);
    ManualRig rig;
    JobSpec job = spec(rig, link(u"tls"_s), Way::Direct);
    job.options.proxy = proxy.url({});
    const JobId id = rig.download(job);
    QVERIFY(rig.reaches(id, JobState::TransientError));
    QCOMPARE(asked(rig.job(id).error), "ProxyFailed None 3 Retry");
    QCOMPARE(rig.job(id).error->proxy, proxy.url({}));
    rig.clock.advance(std::chrono::seconds(1));
    QVERIFY(rig.comesTo([&] { return proxy.requests(target).size() == 2; }));
    QVERIFY(rig.reaches(id, JobState::TransientError));

    rig.resume(id, {fix::Proxy{m_squid.open()}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kProxiedBytes));
    QCOMPARE(proxy.requests().size(), 2);
}

void ProxyTest::aServerThatIsDownBehindAProxyIsToldFromAProxyThatIsDown()
{
    EngineRig rig;
    const QString place = u"127.0.0.1:%1/film.mp4"_s.arg(HttpServer::closedPort());
    for (const auto &[scheme, question] :
         {std::pair(u"https://"_s, QByteArray("ConnectionRefused None 3 Retry")),
          std::pair(u"http://"_s, QByteArray("ProxyFailed None 3 Retry"))}) {
        JobSpec job = spec(rig, QUrl(scheme + place), Way::Open);
        job.options.noProgressTimeout = std::chrono::milliseconds(0); // every error is final
        const JobId id = rig.add(job);
        rig.resume(id);
        QVERIFY(rig.reaches(id, JobState::Error));
        QCOMPARE(asked(rig.job(id).error), question);
    }
}

void ProxyTest::aRefusalOfTheServerBehindAProxyIsOneOfTheServer()
{
    EngineRig rig;
    const JobId id =
        rig.add(spec(rig, m_nginx.tlsUrl(u"tls"_s, u"/forbidden/film.mp4"_s), Way::Open));
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "Forbidden RemoteFile 4 NewLink");
}

void ProxyTest::aProxyThatTakesRangesOutIsComparedAndGoneOnWith()
{
    EngineRig rig;
    JobSpec job = rig.spec({m_nginx.url(u"/slow/film.mp4"_s)});
    job.options.proxy = m_squid.withoutRanges();
    const JobId id = rig.add(job);
    rig.resume(id);
    QTRY_VERIFY(rig.job(id).progress.bytesDone > 500'000);
    std::ignore = rig.ask<message::Suspend>({{id}});
    QTRY_VERIFY(rig.file(id).bytesDone > 500'000 && rig.job(id).state == JobState::Suspended);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kProxiedBytes));
    QTRY_COMPARE(m_nginx.requests("/slow/film.mp4").size(), 2);
    for (const NginxRequest &request : m_nginx.requests("/slow/film.mp4")) {
        QCOMPARE(request.status, 200);
        QCOMPARE(request.range, QByteArray());
    }
}

void ProxyTest::theLoginForTheProxyStaysWithTheProxy()
{
    HttpServer server;
    server.serve("/film.mp4", {.body = Body::pattern(3, kProxiedBytes)});
    EngineRig rig;
    const JobId id = rig.add(spec(rig, server.url(u"/film.mp4"_s), Way::Login));
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(!server.requests().isEmpty());
    for (const HttpRequest &request : server.requests()) {
        QVERIFY(!request.header("Proxy-Authorization").has_value());
        QVERIFY(!request.header("Authorization").has_value());
    }
}

BELLHOP_TEST(ProxyTest)
#include "tst_proxy.moc"
