// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/request.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

ExchangeOrder order()
{
    ExchangeOrder made{.url = QUrl(QStringLiteral("https://a.example/file")),
                       .content = askFor({}, 0)};
    made.options.login = Login{QStringLiteral("me"), QStringLiteral("pä:ss")};
    made.options.headers = {{"X-Token", "secret"}, {"Cookie", "a=b"}};
    return made;
}

} // namespace

class RequestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theOriginOfTheJobGetsItsHeadersAndOnceItHasAskedItsLogin()
    {
        const ExchangeOrder asking = order();
        const QUrl hop(QStringLiteral("https://a.example/other"));
        QVERIFY(!requestFor(asking, hop).hasRawHeader("Authorization"));
        const ResponseHead head{
            .status = 401, .headers = {{"WWW-Authenticate", "Basic realm=x"}}, .url = hop};
        QVERIFY(!asking.session->logins.take(head, asking.options.login));
        const auto request = requestFor(asking, hop);
        QCOMPARE(request.rawHeader("Authorization"),
                 "Basic " + QByteArray("me:p\xc3\xa4:ss").toBase64());
        QCOMPARE(request.rawHeader("X-Token"), "secret");
        QCOMPARE(request.rawHeader("Cookie"), "a=b");
    }

    void anotherOriginGetsNothingOfTheJob_data()
    {
        QTest::addColumn<QString>("hop");
        QTest::newRow("another host") << QStringLiteral("https://b.example/file");
        QTest::newRow("another port") << QStringLiteral("https://a.example:8443/file");
        QTest::newRow("another scheme") << QStringLiteral("http://a.example/file");
    }
    void anotherOriginGetsNothingOfTheJob()
    {
        QFETCH(QString, hop);
        const auto request = requestFor(order(), QUrl(hop));
        for (const char *field : {"Authorization", "X-Token", "Cookie"}) {
            QVERIFY2(!request.hasRawHeader(field), field);
        }
        QCOMPARE(request.rawHeader("Accept-Encoding"), "identity");
    }

    void everyRequestCarriesTheGuards()
    {
        using R = QNetworkRequest;
        ExchangeOrder resumed = order();
        resumed.content = askFor({RangeSet::prefix(7), {}, {.etag = "\"v1\""}}, 7);
        const auto request = requestFor(resumed, resumed.url);
        QCOMPARE(request.rawHeader("Range"), "bytes=7-");
        QCOMPARE(request.rawHeader("If-Range"), "\"v1\"");
        QCOMPARE(request.rawHeader("Accept-Encoding"), "identity");
        QCOMPARE(request.attribute(R::RedirectPolicyAttribute).toInt(),
                 int(R::ManualRedirectPolicy));
        QCOMPARE(request.attribute(R::Http2AllowedAttribute).toBool(), false);
        QCOMPARE(request.attribute(R::AuthenticationReuseAttribute).toInt(), int(R::Manual));
        QCOMPARE(request.attribute(R::CookieLoadControlAttribute).toInt(), int(R::Manual));
        QCOMPARE(request.attribute(R::CookieSaveControlAttribute).toInt(), int(R::Manual));
    }

    void aStoredHeaderThatWasTamperedWithIsNotSent()
    {
        ExchangeOrder tampered = order();
        tampered.options.headers = {{"X-A", "1\r\nEvil: 2"}, {"Range", "bytes=5-"}, {"B d", "x"}};
        const auto request = requestFor(tampered, tampered.url);
        QVERIFY(!request.hasRawHeader("X-A"));
        QVERIFY(!request.hasRawHeader("B d"));
        QCOMPARE(request.rawHeader("Range"), "bytes=0-");
    }

    void theLoginForAProxyIsSentToTheProxyAlone_data()
    {
        QTest::addColumn<QString>("hop");
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<QByteArray>("field");
        const QString login = QStringLiteral("http://me:a%20b@proxy.example:3128");
        QTest::newRow("plain") << QStringLiteral("http://b.example/") << login
                               << QByteArray("Basic " + QByteArray("me:a b").toBase64());
        QTest::newRow("through a tunnel")
            << QStringLiteral("https://b.example/") << login << QByteArray();
        QTest::newRow("no login") << QStringLiteral("http://b.example/")
                                  << QStringLiteral("http://proxy.example:3128") << QByteArray();
        QTest::newRow("by SOCKS") << QStringLiteral("http://b.example/")
                                  << QStringLiteral("socks5://me:x@proxy.example") << QByteArray();
        QTest::newRow("no proxy") << QStringLiteral("http://b.example/")
                                  << QStringLiteral("direct:") << QByteArray();
    }
    void theLoginForAProxyIsSentToTheProxyAlone()
    {
        QFETCH(QString, hop);
        QFETCH(QString, proxy);
        QFETCH(QByteArray, field);
        ExchangeOrder made = order();
        made.options.proxy = QUrl(proxy);
        const auto request = requestFor(made, QUrl(hop));
        QCOMPARE(request.rawHeader("Proxy-Authorization"), field);
        QVERIFY(!request.hasRawHeader("Authorization"));
    }

    void userinfoNeverLeavesInTheAddress()
    {
        const auto request =
            requestFor(order(), QUrl(QStringLiteral("https://x:y@a.example/file")));
        QVERIFY(request.url().userInfo().isEmpty());
    }
};

BELLHOP_TEST(RequestTest)
#include "tst_request.moc"
