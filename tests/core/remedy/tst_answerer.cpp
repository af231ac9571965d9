// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/answerer.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

class AnswererTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whoAnsweredIsToldByTheWayAndTheMarks_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<int>("status");
        QTest::addColumn<HeaderFields>("headers");
        QTest::addColumn<int>("answerer");
        const auto row = [](const char *title, const char *url, const char *proxy, int status,
                            const HeaderFields &headers, Answerer answerer) {
            QTest::newRow(title) << QString::fromLatin1(url) << QString::fromLatin1(proxy) << status
                                 << headers << int(answerer);
        };
        const auto http = "http://a.example/f";
        const auto https = "https://a.example/f";
        const auto proxy = "http://proxy.example:3128";
        row("nobody", http, proxy, 0, {}, Answerer::Unknown);
        row("no proxy", http, "", 403, {{"X-Squid-Error", "ERR"}}, Answerer::Server);
        row("through a tunnel", https, proxy, 403, {{"X-Squid-Error", "ERR"}}, Answerer::Server);
        row("a socks proxy hands all on", http, "socks5://proxy.example:1080", 503, {},
            Answerer::Server);
        row("squid in its own name", http, proxy, 503,
            {{"X-Squid-Error", "ERR_CONNECT_FAIL 111"}, {"Via", "1.1 squid"}}, Answerer::Proxy);
        row("by RFC 9209", http, proxy, 502, {{"Proxy-Status", "edge; error=dns_error"}},
            Answerer::Proxy);
        row("RFC 9209, handed on", http, proxy, 502,
            {{"Proxy-Status", "edge; received-status=502"}, {"Via", "1.1 edge"}}, Answerer::Server);
        row("handed on", http, proxy, 404, {{"Via", "1.1 squid"}}, Answerer::Server);
        row("no mark at all", http, proxy, 404, {}, Answerer::Unknown);
    }
    void whoAnsweredIsToldByTheWayAndTheMarks()
    {
        QFETCH(QString, url);
        QFETCH(QString, proxy);
        QFETCH(int, status);
        QFETCH(HeaderFields, headers);
        JobError error{.url = QUrl(url), .httpStatus = status, .proxy = QUrl(proxy)};
        error.evidence.headers = headers;
        QTEST(int(answererOf(error)), "answerer");
    }

    void whatAProxySaysInItsOwnNameIsACauseOfTheProxy()
    {
        QCOMPARE(causeFromProxy(Cause::Forbidden, 403), Cause::ProxyRefused);
        QCOMPARE(causeFromProxy(Cause::ServerBusy, 503), Cause::ProxyFailed);
        QCOMPARE(causeFromProxy(Cause::ServerFailed, 504), Cause::ProxyFailed);
        QCOMPARE(causeFromProxy(Cause::NotFound, 404), Cause::NotFound);
        const JobError refused{.cause = Cause::ProxyRefused, .httpStatus = 403};
        QCOMPARE(contextOf(refused), ErrorContext::None);
    }
};

BELLHOP_TEST(AnswererTest)
#include "tst_answerer.moc"
