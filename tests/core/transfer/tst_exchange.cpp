// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/exchange.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "tests/support/bytes_body.h"
#include "tests/support/http_server.h"
#include "tests/support/manual_clock.h"
#include "tests/support/pretty.h"
#include "tests/support/run_task.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr auto kThere = "/there";
constexpr auto kElsewhere = "/elsewhere";

} // namespace

/// Exchanges that are no download: the same request, watched and judged, without a file.
class ExchangeTest : public QObject {
    Q_OBJECT

    std::unique_ptr<HttpServer> m_server;
    ManualClock m_clock;
    NetworkManagerPool m_managers;
    std::stop_source m_stop;

    [[nodiscard]] ExchangeOrder order(const QByteArray &method, RequestBody *body = nullptr) const
    {
        return {.url = m_server->url(QString::fromLatin1(kThere)), .method = method, .body = body};
    }
    [[nodiscard]] std::unique_ptr<Exchange> begin(ExchangeOrder order)
    {
        return std::make_unique<Exchange>(&m_clock, &m_managers, std::move(order),
                                          m_stop.get_token());
    }
    /// The verdict of an exchange that comes to one.
    static ResponseVerdict verdictOf(Exchange &exchange)
    {
        const auto verdict = runFor(exchange.verdict(), 10s);
        return verdict && *verdict ? **verdict : Unusable{.cause = Cause::Internal};
    }
    static JobError errorOf(Exchange &exchange)
    {
        const auto verdict = runFor(exchange.verdict(), 10s);
        const auto *error =
            verdict && !*verdict ? std::get_if<JobError>(&verdict->error()) : nullptr;
        return error ? *error : JobError{};
    }
    static QByteArray bodyOf(Exchange &exchange)
    {
        QByteArray body;
        std::ignore = QTest::qWaitFor([&] {
            body += exchange.readBody(1'000'000);
            return exchange.isFinished();
        });
        return body + exchange.readBody(1'000'000);
    }
    /// Bodies of all requests that came, with method and path.
    [[nodiscard]] QList<QByteArray> asked() const
    {
        QList<QByteArray> lines;
        for (const HttpRequest &request : m_server->requests()) {
            lines.append(request.method + ' ' + request.path + ' ' + request.body);
        }
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_server = std::make_unique<HttpServer>();
        m_stop = std::stop_source();
    }

    void aHeadHasNoBodyAndNoRange()
    {
        m_server->script(kThere, {step::Send{responseHead(200, {{"Content-Length", "1000"}})}});
        const auto exchange = begin(order("HEAD"));
        QVERIFY(std::holds_alternative<Accepted>(verdictOf(*exchange)));
        QCOMPARE(exchange->head().status, 200);
        QCOMPARE(exchange->head().header("Content-Length"), "1000");
        QCOMPARE(bodyOf(*exchange), "");
        QVERIFY(!exchange->transportError());
        QCOMPARE(asked(), QList<QByteArray>{"HEAD /there "});
        QVERIFY(!m_server->requests().last().header("Range"));
    }

    void aGetWithoutAnAskIsAnsweredAsItIs()
    {
        m_server->script(kThere, {step::Send{response(202, {}, "hello")}});
        const auto exchange = begin(order("GET"));
        QVERIFY(std::holds_alternative<Accepted>(verdictOf(*exchange)));
        QCOMPARE(bodyOf(*exchange), "hello");
        exchange->putBack("again");
        QCOMPARE(exchange->readBody(3), "aga");
        QCOMPARE(exchange->readBody(3), "in");
    }

    void aPutSendsItsBody()
    {
        m_server->script(kThere, {step::Send{response(201, {{"Location", "/made"}})}});
        BytesBody body(QByteArray(300'000, 'x'));
        const auto exchange = begin(order("PUT", &body));
        QVERIFY(std::holds_alternative<Accepted>(verdictOf(*exchange)));
        QCOMPARE(exchange->head().status, 201);
        QCOMPARE(asked(), QList<QByteArray>{"PUT /there " + body.bytes()});
        QCOMPARE(m_server->requests().last().header("Content-Length"), "300000");
    }

    void aPutThatIsRefusedHasItsCause()
    {
        m_server->refuse(kThere, 403);
        BytesBody body("new");
        const auto exchange = begin(order("PUT", &body));
        const ResponseVerdict verdict = verdictOf(*exchange);
        QVERIFY(std::holds_alternative<Unusable>(verdict));
        QCOMPARE(std::get<Unusable>(verdict).cause, Cause::Forbidden);
        JobError error;
        exchange->describe(&error);
        QCOMPARE(error.httpStatus, 403);
        QCOMPARE(error.url, m_server->url(QString::fromLatin1(kThere)));
    }

    void whatIsSentIsSentAgainWhereItIsToGo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("307") << 307 << QByteArray("PUT /elsewhere new");
        QTest::newRow("308") << 308 << QByteArray("PUT /elsewhere new");
        QTest::newRow("the answer is a page of its own") << 303 << QByteArray("GET /elsewhere ");
    }
    void whatIsSentIsSentAgainWhereItIsToGo()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, second);
        m_server->redirect(kThere, kElsewhere, status);
        m_server->script(kElsewhere, {step::Send{response(200, {}, "kept")}});
        BytesBody body("new");
        const auto exchange = begin(order("PUT", &body));
        QVERIFY(std::holds_alternative<Accepted>(verdictOf(*exchange)));
        QCOMPARE(asked(), (QList<QByteArray>{"PUT /there new", second}));
        QCOMPARE(exchange->redirects(),
                 QList<QUrl>{m_server->url(QString::fromLatin1(kElsewhere))});
    }

    void aRangeIsAskedForToItsEndAndNoFurther()
    {
        m_server->serve(kThere, {.body = QByteArray("0123456789")});
        RangeSet held = RangeSet::prefix(2);
        held.insert({5, 8});
        ExchangeOrder asking = order("GET");
        asking.content = askFor({held, 10, {.etag = "\"v1\""}}, 2, 5);
        const auto exchange = begin(asking);
        const ResponseVerdict verdict = verdictOf(*exchange);
        QVERIFY(std::holds_alternative<BodyPlan>(verdict));
        QCOMPARE(std::get<BodyPlan>(verdict).endByte, std::optional<qint64>(5));
        QCOMPARE(bodyOf(*exchange), "234");
        QCOMPARE(m_server->requests().last().header("Range"), "bytes=2-4");
        QCOMPARE(m_server->requests().last().header("If-Range"), "\"v1\"");
    }

    void roundAndRoundIsAnError()
    {
        m_server->redirect(kThere, kThere);
        const auto exchange = begin(order("GET"));
        QCOMPARE(errorOf(*exchange).cause, Cause::RedirectLoop);
    }

    void whatIsNotOfTheWebIsNotAsked()
    {
        ExchangeOrder asking = order("GET");
        asking.url = QUrl(QStringLiteral("file:///etc/passwd"));
        const auto exchange = begin(asking);
        QCOMPARE(errorOf(*exchange).cause, Cause::BadRedirect);
    }

    void aServerThatIsSilentIsGivenUp()
    {
        m_server->script(kThere, {step::Stall{}});
        const auto exchange = begin(order("GET"));
        connect(m_server.get(), &HttpServer::requested, this, [this] {
            QTimer::singleShot(0, this, [this] { m_clock.advance(ExchangeLimits{}.firstByte); });
        });
        QCOMPARE(errorOf(*exchange).cause, Cause::ServerSilent);
    }

    void itEndsSoonAfterItIsStopped()
    {
        m_server->script(kThere, {step::Stall{}});
        const auto exchange = begin(order("GET"));
        connect(m_server.get(), &HttpServer::requested, this,
                [this] { QTimer::singleShot(0, this, [this] { m_stop.request_stop(); }); });
        const auto verdict = runFor(exchange->verdict(), 10s);
        QVERIFY(verdict && !*verdict);
        QVERIFY(std::holds_alternative<Stopped>(verdict->error()));
        QVERIFY(exchange->isStopped());
    }
};

BELLHOP_TEST(ExchangeTest)
#include "tst_exchange.moc"
