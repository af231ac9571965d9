// SPDX-License-Identifier: Apache-2.0
#include "core/http/redirect.h"
#include "tests/core/transport/what_is_said.h"
#include "tests/support/http_message.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

Script part(const HeaderFields &fields)
{
    return {step::Send{response(206, fields, said::file())}};
}

Script toldToGo(const HeaderFields &fields)
{
    return {step::Send{response(302, fields)}};
}

} // namespace

/// Statuses that QNetworkAccessManager calls no error, and redirects as it follows them by itself:
/// Bellhop judges the one and follows the other on its own.
class RangesAndRedirectsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aStatusThatQtFindsFineIsJudged_data()
    {
        QTest::addColumn<Script>("answer");
        QTest::addColumn<QByteArray>("qtSays");
        QTest::addColumn<QByteArray>("bellhopSays");
        const QByteArray qt = "NoError 206, 1000 bytes";
        const QByteArray refused = "BadAnswer"; // it comes to a request without Range, too
        QTest::newRow("206 of another range")
            << part({{"Content-Range", "bytes 5-1004/2000"}}) << qt << refused;
        QTest::newRow("206 that does not say which range")
            << part({}) << qt << QByteArray("counted");
        QTest::newRow("206 with a range that ends before it begins")
            << part({{"Content-Range", "bytes 999-0/1000"}}) << qt << refused;
        QTest::newRow("206 in another unit")
            << part({{"Content-Range", "items 0-999/1000"}}) << qt << refused;
        QTest::newRow("206 whose range is longer than its body")
            << part({{"Content-Range", "bytes 0-1999/2000"}}) << qt << QByteArray("BadAnswer");
        QTest::newRow("304 though nothing was asked about")
            << Script{step::Send{responseHead(304)}} << QByteArray("NoError 304, 0 bytes")
            << QByteArray("BadAnswer");
        QTest::newRow("300 with a list of choices")
            << Script{step::Send{response(300, {}, "choose")}} << QByteArray("NoError 300, 6 bytes")
            << QByteArray("RequestRejected");
        QTest::newRow("407 though there is no proxy")
            << Script{step::Send{
                   response(407, {{"Proxy-Authenticate", "Basic realm=\"x\""}}, "no")}}
            << QByteArray("ProxyAuthenticationRequiredError 407, 2 bytes")
            << QByteArray("RequestRejected");
        QTest::newRow("204") << Script{step::Send{responseHead(204)}}
                             << QByteArray("NoError 204, 0 bytes") << QByteArray("EmptyAnswer");
    }
    void aStatusThatQtFindsFineIsJudged() { compareRow(); }

    void aPartThatWasNotAskedForIsRefused()
    {
        const Script answer = part({{"Content-Range", "bytes 0-899/1000"}});
        HttpServer server;
        server.script(said::kPath, answer);
        QCOMPARE(said::byQt(&server), "NoError 206, 1000 bytes");

        // A server that cannot bear a range is asked plainly, and then sends a part all the same.
        HttpServer stubborn;
        stubborn.nextStatus(said::kPath, 416);
        stubborn.script(said::kPath, answer);
        const said::Outcome outcome = said::byBellhop(&stubborn);
        QCOMPARE(outcome.word, "BadAnswer");
        QVERIFY(outcome.listing.isEmpty());
        QVERIFY(!stubborn.requests().at(1).header("Range"));

        // What is all of it by its own account is taken, whatever it is called.
        HttpServer odd;
        odd.nextStatus(said::kPath, 416);
        odd.script(said::kPath, part({{"Content-Range", "bytes 0-999/1000"}}));
        QCOMPARE(said::byBellhop(&odd).word, "whole");
        QCOMPARE(odd.requests().size(), 2);
    }

    void qtCarriesSecretsAcrossARedirectAndBellhopDoesNot()
    {
        HttpServer other;
        other.serve(said::kPath, {.body = said::file()});
        HttpServer own;
        own.redirect(said::kPath, other.url(QString::fromLatin1(said::kPath)).toEncoded());

        QNetworkRequest request(own.url(QString::fromLatin1(said::kPath)));
        request.setRawHeader("Authorization", "Basic bWU6c2VjcmV0");
        request.setRawHeader("Cookie", "session=secret");
        QCOMPARE(said::byQt(&own, request), "NoError 200, 1000 bytes");
        QCOMPARE(other.requests().size(), 1);
        QCOMPARE(other.requests().last().header("Authorization"), "Basic bWU6c2VjcmV0");
        QCOMPARE(other.requests().last().header("Cookie"), "session=secret");

        JobOptions options;
        options.login = Login{QStringLiteral("me"), QStringLiteral("secret")};
        options.headers = {{"Cookie", "session=secret"}, {"X-Key", "secret"}};
        own.nextStatus(said::kPath, 401, {{"WWW-Authenticate", "Basic realm=x"}});
        const said::Outcome outcome = said::byBellhop(&own, options);
        QCOMPARE(outcome.word, "whole");
        said::verifyFolder(outcome);
        const HttpRequest first = own.requests().last();
        QCOMPARE(first.header("Authorization"), "Basic bWU6c2VjcmV0");
        QCOMPARE(first.header("Cookie"), "session=secret");
        QCOMPARE(first.header("X-Key"), "secret");
        QCOMPARE(other.requests().size(), 2);
        const HttpRequest second = other.requests().last();
        QVERIFY(!second.header("Authorization"));
        QVERIFY(!second.header("Cookie"));
        QVERIFY(!second.header("X-Key"));
    }

    void aRedirectThatLeadsToNoFileIsNotFollowed_data()
    {
        QTest::addColumn<Script>("answer");
        QTest::addColumn<QByteArray>("qtSays");
        QTest::addColumn<QByteArray>("bellhopSays");
        const QByteArray qt = "ProtocolUnknownError 302, 0 bytes";
        const QByteArray bad = "BadRedirect";
        QTest::newRow("to a file of this computer")
            << toldToGo({{"Location", "file:///etc/hostname"}}) << qt << bad;
        QTest::newRow("to an address that is its own data")
            << toldToGo({{"Location", "data:,hello"}}) << qt << bad;
        QTest::newRow("to nowhere") << toldToGo({}) << qt << bad;
    }
    void aRedirectThatLeadsToNoFileIsNotFollowed() { compareRow(); }

    void aRedirectRoundInCirclesEnds()
    {
        HttpServer forQt;
        forQt.redirect(said::kPath, said::kPath);
        QCOMPARE(said::byQt(&forQt), "TooManyRedirectsError 302, 0 bytes");
        QCOMPARE(forQt.requests().size(), 51);

        HttpServer forBellhop;
        forBellhop.redirect(said::kPath, said::kPath);
        const said::Outcome outcome = said::byBellhop(&forBellhop);
        QCOMPARE(outcome.word, "RedirectLoop");
        QVERIFY(outcome.listing.isEmpty());
        QCOMPARE(forBellhop.requests().size(), kMaxRedirects + 1);
    }

private:
    void compareRow()
    {
        QFETCH(Script, answer);
        QFETCH(QByteArray, qtSays);
        QFETCH(QByteArray, bellhopSays);
        said::compare(answer, qtSays, bellhopSays, bellhopSays == "counted" ? said::kFileBytes : 0);
    }
};

BELLHOP_TEST(RangesAndRedirectsTest)
#include "tst_ranges_and_redirects.moc"
