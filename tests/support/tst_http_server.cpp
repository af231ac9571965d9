// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_server.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

/// What a client that understands nothing sees: bytes, and how it ended.
struct Exchange {
    QByteArray bytes;
    bool ended = false;
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
};

Exchange exchange(const HttpServer &server, const QByteArray &request, qsizetype untilBytes = -1)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
    socket.write(request);
    Exchange seen;
    std::ignore = QTest::qWaitFor([&] {
        seen.bytes += socket.readAll();
        seen.ended = socket.state() == QAbstractSocket::UnconnectedState;
        return seen.ended || (untilBytes >= 0 && seen.bytes.size() >= untilBytes);
    });
    seen.error = socket.error();
    return seen;
}

QByteArray get(const QByteArray &path, const QByteArray &fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + fields + "Connection: close\r\n\r\n";
}

Script closing(const QByteArray &bytes)
{
    return {step::Send{bytes}, step::Close{}};
}

} // namespace

class HttpServerTest : public QObject {
    Q_OBJECT

private:
    using Reply = std::unique_ptr<QNetworkReply>;

    static Reply fetch(QNetworkAccessManager &net, const QUrl &url, const QByteArray &range = {},
                       const QByteArray &ifRange = {})
    {
        QNetworkRequest request(url);
        request.setRawHeader("Accept-Encoding", "identity");
        if (!range.isEmpty()) {
            request.setRawHeader("Range", range);
        }
        if (!ifRange.isEmpty()) {
            request.setRawHeader("If-Range", ifRange);
        }
        Reply reply(net.get(request));
        std::ignore = QTest::qWaitFor([&reply] { return reply->isFinished(); });
        return reply;
    }

    static int statusOf(const Reply &reply)
    {
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void patternDoesNotDependOnHowItIsCut()
    {
        const QByteArray whole = patternBytes(7, 0, 1000);
        for (const qint64 offset : {0, 1, 7, 8, 9, 500, 999}) {
            QCOMPARE(patternBytes(7, offset, 1000 - offset), whole.sliced(offset));
        }
        QVERIFY(patternBytes(8, 0, 1000) != whole);
        QCOMPARE(Body::pattern(7, 1000).sha256(),
                 QCryptographicHash::hash(whole, QCryptographicHash::Sha256).toHex());
    }

    void answersToRanges_data()
    {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<QByteArray>("ifRange");
        QTest::addColumn<int>("ranges");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("contentRange");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *what, const char *range, const char *ifRange,
                            RangeAnswer ranges, int status, const char *contentRange,
                            const char *body) {
            QTest::newRow(what) << QByteArray(range) << QByteArray(ifRange) << int(ranges) << status
                                << QByteArray(contentRange) << QByteArray(body);
        };
        using R = RangeAnswer;
        // clang-format off
        row("plain",                     "",            "",         R::Exact,   200, "",             "0123456789");
        row("from the start",            "bytes=0-",    "",         R::Exact,   206, "bytes 0-9/10", "0123456789");
        row("from the middle",           "bytes=4-",    "",         R::Exact,   206, "bytes 4-9/10", "456789");
        row("a part",                    "bytes=4-5",   "",         R::Exact,   206, "bytes 4-5/10", "45");
        row("beyond the end is cut",     "bytes=8-99",  "",         R::Exact,   206, "bytes 8-9/10", "89");
        row("the last bytes",            "bytes=-3",    "",         R::Exact,   206, "bytes 7-9/10", "789");
        row("behind the end",            "bytes=10-",   "",         R::Exact,   416, "bytes */10",   "Status 416\n");
        row("several ranges",            "bytes=0-1,4-", "",        R::Exact,   200, "",             "0123456789");
        row("same version",              "bytes=4-",    "\"v1\"",   R::Exact,   206, "bytes 4-9/10", "456789");
        row("other version",             "bytes=4-",    "\"v0\"",   R::Exact,   200, "",             "0123456789");
        row("same date",                 "bytes=4-",    "Thu, 01 Jan 2026 00:00:00 GMT", R::Exact, 206, "bytes 4-9/10", "456789");
        row("other date",                "bytes=4-",    "Fri, 02 Jan 2026 00:00:00 GMT", R::Exact, 200, "", "0123456789");
        row("condition ignored",         "bytes=4-",    "\"v0\"",   R::IgnoresIfRange, 206, "bytes 4-9/10", "456789");
        row("no ranges here",            "bytes=4-",    "",         R::Ignored, 200, "",             "0123456789");
        row("refused",                   "bytes=4-",    "",         R::Refused, 416, "bytes */10",   "Status 416\n");
        row("one byte late",             "bytes=4-",    "",         R::Shifted, 206, "bytes 5-9/10", "56789");
        row("wrong total",               "bytes=4-",    "",         R::OtherTotal, 206, "bytes 4-9/11", "456789");
        row("does not say which",        "bytes=4-",    "",         R::NoContentRange, 206, "",      "456789");
        row("a part nobody asked for",   "",            "",         R::Unasked, 206, "bytes 0-4/10", "01234");
        // clang-format on
    }

    void answersToRanges()
    {
        QFETCH(QByteArray, range);
        QFETCH(QByteArray, ifRange);
        QFETCH(int, ranges);
        HttpServer server;
        server.serve("/file", {.body = QByteArray("0123456789"), .ranges = RangeAnswer(ranges)});

        QNetworkAccessManager net;
        const Reply reply = fetch(net, server.url(u"/file"_s), range, ifRange);
        QTEST(statusOf(reply), "status");
        QTEST(reply->rawHeader("Content-Range"), "contentRange");
        QTEST(reply->readAll(), "body");
    }

    void aWeakTagNeverAllowsToGoOn()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("0123456789"), .etag = "W/\"v1\""});
        QNetworkAccessManager net;
        QCOMPARE(statusOf(fetch(net, server.url(u"/file"_s), "bytes=4-", "W/\"v1\"")), 200);
    }

    void everyRequestIsLoggedToTheByte()
    {
        HttpServer server;
        server.serve("/a", {.body = QByteArray("a")});
        const QByteArray raw = get("/a?q=1", "x-odd:  1 \r\nX-Odd: 2\r\n");
        exchange(server, raw, 1);
        QCOMPARE(server.requests().size(), 1);
        const HttpRequest &request = server.requests().constFirst();
        QCOMPARE(request.raw, raw);
        QCOMPARE(request.method, "GET");
        QCOMPARE(request.path, "/a?q=1");
        QCOMPARE(request.header("X-ODD"), std::optional<QByteArray>("1"));
        QCOMPARE(request.count("x-odd"), 2);
        QCOMPARE(request.connection, 1);
        QVERIFY(request.peerPort != 0);
        QCOMPARE(server.requests("/a").size(), 1);
        QCOMPARE(server.requests("/b").size(), 0);
    }

    void theBodyOfARequestIsReadBeforeItIsAnswered()
    {
        HttpServer server;
        server.script("/up", closing(response(201)));
        const QByteArray body = patternBytes(1, 0, 300'000);
        const Exchange seen = exchange(
            server, "PUT /up HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + body);
        QVERIFY(seen.bytes.startsWith("HTTP/1.1 201 "));
        QCOMPARE(server.requests().constFirst().bodyBytes, 300'000);
        QCOMPARE(server.requests().constFirst().body, body);
    }

    void aConnectionIsUsedAgainAndKnownByItsNumber()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("x")});
        QNetworkAccessManager net;
        fetch(net, server.url(u"/file"_s));
        fetch(net, server.url(u"/file"_s));
        QCOMPARE(server.requests().size(), 2);
        QCOMPARE(server.requests()[1].connection, server.requests()[0].connection);
        QCOMPARE(server.connectionsEver(), 1);
    }

    void queuedAnswersComeBeforeTheFile()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("x")});
        server.nextStatus("/file", 500, {}, 2);
        server.nextStatus("/file", 503, {{"Retry-After", "5"}});
        QNetworkAccessManager net;
        QList<int> statuses;
        for (int i = 0; i < 5; ++i) {
            const Reply reply = fetch(net, server.url(u"/file"_s));
            statuses += statusOf(reply);
            QCOMPARE(reply->rawHeader("Retry-After"), i == 2 ? "5" : "");
        }
        QCOMPARE(statuses, QList<int>({500, 500, 503, 200, 200}));
    }

    void aScriptSendsItsBytesExactly_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("banner") << QByteArray("SSH-2.0-nonsense\r\n");
        QTest::newRow("two lengths")
            << responseHead(200, {{"Content-Length", "5"}, {"Content-Length", "3"}}) + "12345";
        QTest::newRow("103") << responseHead(103) + response(200, {}, "late");
        QTest::newRow("bad chunk")
            << responseHead(200, {{"Transfer-Encoding", "chunked"}}) + chunk("ok") + "zz\r\n";
        QTest::newRow("nul and high bytes") << QByteArray("\x00\xff\r\n\r\n", 6);
        QTest::newRow("nothing") << QByteArray();
    }

    void aScriptSendsItsBytesExactly()
    {
        QFETCH(QByteArray, bytes);
        HttpServer server;
        server.script("/file", closing(bytes));
        const Exchange seen = exchange(server, get("/file"));
        QCOMPARE(seen.bytes, bytes);
        QVERIFY(seen.ended);
        QCOMPARE(seen.error, QAbstractSocket::RemoteHostClosedError);
    }

    void framings_data()
    {
        QTest::addColumn<int>("framing");
        QTest::addColumn<bool>("hasLength");
        QTest::newRow("length") << int(Framing::Length) << true;
        QTest::newRow("chunked") << int(Framing::Chunked) << false;
        QTest::newRow("until close") << int(Framing::UntilClose) << false;
    }

    void framings()
    {
        QFETCH(int, framing);
        HttpServer server;
        const Body body = Body::pattern(3, 1'000'000);
        server.serve("/file", {.body = body, .framing = Framing(framing)});
        QNetworkAccessManager net;
        for (int round = 0; round < 2; ++round) {
            const Reply reply = fetch(net, server.url(u"/file"_s));
            QCOMPARE(reply->error(), QNetworkReply::NoError);
            QTEST(reply->header(QNetworkRequest::ContentLengthHeader).isValid(), "hasLength");
            QVERIFY(reply->readAll() == body.slice(0, body.sizeBytes()));
        }
    }

    void headGivesTheLengthAndNoBody()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(1, 5'000'000'000)});
        QNetworkAccessManager net;
        const Reply reply(net.head(QNetworkRequest(server.url(u"/file"_s))));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->header(QNetworkRequest::ContentLengthHeader).toLongLong(), 5'000'000'000);
        QCOMPARE(server.bodyBytesSent("/file"), 0);
    }

    void theLoginIsChecked()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("x"), .login = BasicLogin{"anna", "s:1"}});
        const QByteArray good = "Authorization: Basic " + QByteArray("anna:s:1").toBase64();
        const QByteArray bad = "Authorization: Basic " + QByteArray("anna:no").toBase64();
        QVERIFY(exchange(server, get("/file"), 20).bytes.startsWith("HTTP/1.1 401 "));
        QVERIFY(exchange(server, get("/file", bad + "\r\n"), 20).bytes.startsWith("HTTP/1.1 401 "));
        QVERIFY(
            exchange(server, get("/file", good + "\r\n"), 20).bytes.startsWith("HTTP/1.1 200 "));
    }

    void aLinkRunsOutHalfWay()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(1, 1'000'000)});
        server.failAfter("/file", 400'000, 403);
        QNetworkAccessManager net;
        const Reply first = fetch(net, server.url(u"/file"_s));
        QCOMPARE(first->error(), QNetworkReply::RemoteHostClosedError);
        QVERIFY(first->readAll() == patternBytes(1, 0, 400'000));
        QCOMPARE(statusOf(fetch(net, server.url(u"/file"_s), "bytes=400000-")), 403);
        server.serve("/file", {.body = Body::pattern(1, 1'000'000)});
        QCOMPARE(statusOf(fetch(net, server.url(u"/file"_s), "bytes=400000-")), 206);
    }

    void aCutHappensOnceAndCountsOverAllAnswers()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("0123456789")});
        server.cutAfter("/file", 15);
        QNetworkAccessManager net;
        QList<QByteArray> bodies;
        for (int i = 0; i < 3; ++i) {
            bodies += fetch(net, server.url(u"/file"_s))->readAll();
        }
        QCOMPARE(bodies, QList<QByteArray>({"0123456789", "01234", "0123456789"}));
        QCOMPARE(server.bodyBytesSent("/file"), 25);
    }

    void aHeldAnswerGoesOnWhenReleased()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("0123456789")});
        server.holdAfter("/file", 4, "gate");
        QNetworkAccessManager net;
        const Reply reply(net.get(QNetworkRequest(server.url(u"/file"_s))));
        QTRY_VERIFY(server.isWaitingAt("gate"));
        QTRY_COMPARE(reply->bytesAvailable(), 4);
        QVERIFY(!reply->isFinished());
        server.release("gate");
        QTRY_VERIFY(reply->isFinished());
        QVERIFY(!server.isWaitingAt("gate"));
        QCOMPARE(reply->readAll(), "0123456789");
    }

    void theFileCanChangeWhileItIsSent()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("aaaaaaaaaa")});
        const Resource newer{.body = QByteArray("bbbbbbbbbb"), .etag = "\"v2\""};
        server.after("/file", 5, {step::Do{[&] { server.serve("/file", newer); }}});
        QNetworkAccessManager net;
        QCOMPARE(fetch(net, server.url(u"/file"_s))->readAll(), "aaaaaaaaaa");
        const Reply second = fetch(net, server.url(u"/file"_s), "bytes=5-", "\"v1\"");
        QCOMPARE(statusOf(second), 200);
        QCOMPARE(second->readAll(), "bbbbbbbbbb");
    }

    void aResetLooksLikeOne()
    {
        HttpServer server;
        server.script("/file", {step::Send{responseHead(200, {{"Content-Length", "9"}}) + "123"},
                                step::WaitFor{"read"}, step::Reset{}});
        QTcpSocket socket;
        QByteArray seen;
        connect(&socket, &QTcpSocket::readyRead, this, [&] { seen += socket.readAll(); });
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
        socket.write(get("/file"));
        QTRY_VERIFY(seen.endsWith("123"));
        server.release("read");
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
        QCOMPARE(server.connectionsOpen(), 0);
    }

    void aStalledAnswerStaysSilentAndOpen()
    {
        HttpServer server;
        server.script("/file", {step::Send{responseHead(200)}, step::Stall{}, step::Close{}});
        QNetworkAccessManager net;
        const Reply reply(net.get(QNetworkRequest(server.url(u"/file"_s))));
        QTRY_COMPARE(statusOf(reply), 200);
        QCOMPARE(server.connectionsOpen(), 1);
        server.dropConnections();
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(server.connectionsOpen(), 0);
    }

    void redirectsGoWhereTheyAreTold()
    {
        HttpServer server;
        server.redirect("/old", "/new?x=1", 307);
        server.serve("/new", {.body = QByteArray("here")});
        QNetworkAccessManager net;
        const Reply reply = fetch(net, server.url(u"/old"_s));
        QCOMPARE(reply->readAll(), "here");
        QCOMPARE(server.requests().size(), 2);
        QCOMPARE(server.requests()[1].path, "/new?x=1");
    }

    void anOutageRefusesConnectionsAndEnds()
    {
        HttpServer server;
        server.serve("/file", {.body = QByteArray("x")});
        const quint16 port = server.port();
        server.stopListening();
        QNetworkAccessManager net;
        QCOMPARE(fetch(net, server.url(u"/file"_s))->error(),
                 QNetworkReply::ConnectionRefusedError);
        server.listenAgain();
        QCOMPARE(server.port(), port);
        QCOMPARE(fetch(net, server.url(u"/file"_s))->readAll(), "x");
        QVERIFY(HttpServer::closedPort() != port);
    }

    void aHundredMebibytesNeedNoMemory()
    {
        HttpServer server;
        const Body body = Body::pattern(9, 100 << 20);
        server.serve("/big", {.body = body});
        QNetworkAccessManager net;
        const Reply reply(net.get(QNetworkRequest(server.url(u"/big"_s))));
        reply->setReadBufferSize(1 << 20);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        connect(reply.get(), &QNetworkReply::readyRead, this,
                [&] { hash.addData(reply->readAll()); });
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 60'000);
        QCOMPARE(hash.result().toHex(), body.sha256());
    }

    void whatIsNoRequestIsAnsweredWith400()
    {
        HttpServer server;
        QVERIFY(exchange(server, "hello\r\n\r\n").bytes.startsWith("HTTP/1.1 400 "));
        QVERIFY(server.requests().isEmpty());
        QVERIFY(exchange(server, get("/none"), 20).bytes.startsWith("HTTP/1.1 404 "));
    }
};

BELLHOP_TEST(HttpServerTest)
#include "tst_http_server.moc"
