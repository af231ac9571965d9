// SPDX-License-Identifier: Apache-2.0
#include "tests/core/transport/what_is_said.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <algorithm>

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr auto kOther = "/other.bin";

QByteArray other()
{
    return patternBytes(2, 0, said::kFileBytes);
}

QUrl otherUrl(const HttpServer &server)
{
    return server.url(QString::fromLatin1(kOther));
}

/// An interim answer, and long after it the real one.
Script late(const QByteArray &body)
{
    return {step::Send{responseHead(103)}, step::WaitFor{"late"},
            step::Send{response(200, {}, body)}};
}

} // namespace

/// What is left of one exchange when the next begins: QNetworkAccessManager keeps connections and
/// repeats requests without being asked.
class KeptConnectionsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aRequestWithoutAnAnswerIsSentAgainByQtUnasked();
    void bytesBeyondAnAnswerAreNotTheNextOne_data();
    void bytesBeyondAnAnswerAreNotTheNextOne();
    void whatComesAfterAnInterimAnswerIsTheNextOneForQt();
    void afterAnInterimAnswerBellhopTakesAnotherConnection();
    void whatIsUnderWayWhenConnectionsAreGivenUpGoesOn();
};

/// A download may be asked for twice; of what is sent once only, this must not be believed.
void KeptConnectionsTest::aRequestWithoutAnAnswerIsSentAgainByQtUnasked()
{
    HttpServer forQt;
    forQt.script(said::kPath, {step::Close{}});
    QCOMPARE(said::byQt(&forQt), "RemoteHostClosedError 0, 0 bytes");
    QCOMPARE(forQt.requests().size(), 2);

    HttpServer server;
    server.script(said::kPath, {step::Close{}});
    const said::Outcome outcome = said::byBellhop(&server);
    QCOMPARE(outcome.word, "ConnectionLost");
    QVERIFY(outcome.listing.isEmpty());
    QCOMPARE(server.requests().size(), 2); // in one attempt
    for (const HttpRequest &request : server.requests()) {
        QCOMPARE(request.method, "GET");
        QCOMPARE(request.header("Range"), "bytes=0-");
    }
}

void KeptConnectionsTest::bytesBeyondAnAnswerAreNotTheNextOne_data()
{
    QTest::addColumn<QByteArray>("surplus");
    QTest::newRow("some bytes") << QByteArray("and more");
    QTest::newRow("more of the file") << said::file();
    QTest::newRow("a whole answer") << response(200, {}, QByteArray(said::kFileBytes, 'x'));
}

void KeptConnectionsTest::bytesBeyondAnAnswerAreNotTheNextOne()
{
    QFETCH(QByteArray, surplus);
    HttpServer server;
    server.script(said::kPath, {step::Send{response(200, {}, said::file()) + surplus}});
    server.serve(kOther, {.body = other()});
    QNetworkAccessManager manager;
    QCOMPARE(said::byQt(&manager, QNetworkRequest(said::url(server))).body, said::file());
    QCOMPARE(said::byQt(&manager, QNetworkRequest(otherUrl(server))).body, other());
    QCOMPARE(server.connectionsEver(), 2); // it drops the one with bytes that nobody asked for

    EngineRig rig;
    rig.limitTo(1);
    const JobId id = rig.download({said::url(server), otherUrl(server)});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("film.bin")), said::file());
    QCOMPARE(rig.content(QStringLiteral("other.bin")), other());
    QCOMPARE(server.connectionsEver(), 4);
}

void KeptConnectionsTest::whatComesAfterAnInterimAnswerIsTheNextOneForQt()
{
    if (said::since68(true, false)) {
        QSKIP("an interim answer is not taken for the answer any more: see tst_framing");
    }
    HttpServer server;
    server.script(said::kPath, late(said::file()));
    server.serve(kOther, {.body = other()});
    QNetworkAccessManager manager;
    QCOMPARE(said::byQt(&manager, QNetworkRequest(said::url(server))).line, "NoError 103, 0 bytes");
    const std::unique_ptr<QNetworkReply> next(manager.get(QNetworkRequest(otherUrl(server))));
    connect(next.get(), &QNetworkReply::requestSent, this, [&server] { server.release("late"); });
    const said::Answered answered = said::byQt(next.get());
    QCOMPARE(answered.line, "NoError 200, 1000 bytes");
    QCOMPARE(answered.body, said::file()); // and not the other, which was asked for
}

void KeptConnectionsTest::afterAnInterimAnswerBellhopTakesAnotherConnection()
{
    if (said::since68(true, false)) {
        QSKIP("an interim answer is not taken for the answer any more: see tst_framing");
    }
    HttpServer server;
    server.serve(said::kPath, {.body = said::file()});
    server.next(said::kPath, late(other()));
    ManualRig rig;
    const JobId id = rig.download({said::url(server)});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("film.bin")), said::file());
    QCOMPARE(server.requests().size(), 2); // with Range, and at once without
    QVERIFY(server.requests().last().connection != server.requests().first().connection);
}

void KeptConnectionsTest::whatIsUnderWayWhenConnectionsAreGivenUpGoesOn()
{
    if (said::since68(true, false)) {
        QSKIP("an interim answer is not taken for the answer any more: see tst_framing");
    }
    HttpServer server;
    server.serve(kOther, {.body = other()});
    server.holdAfter(kOther, 400, "half");
    server.serve(said::kPath, {.body = said::file()});
    server.next(said::kPath, late(other()));
    ManualRig rig;
    const JobId running = rig.download({otherUrl(server)});
    QVERIFY(rig.comesTo([&] { return rig.job(running).progress.bytesDone == 400; }));
    const JobId told = rig.download({said::url(server)});
    QVERIFY(rig.reaches(told, JobState::Acknowledged));
    server.release("half");
    QVERIFY(rig.reaches(running, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("other.bin")), other());
    QCOMPARE(server.requests(kOther).size(), 1);
}

BELLHOP_TEST(KeptConnectionsTest)
#include "tst_kept_connections.moc"
