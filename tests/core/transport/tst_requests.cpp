// SPDX-License-Identifier: Apache-2.0
#include "core/http/link.h"
#include "core/store/sqlite_file.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/exchange/request.h"
#include "core/words/explain_service.h"
#include "tests/core/transport/what_is_said.h"
#include "tests/support/certificates.h"
#include "tests/support/nginx.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

/// Changes what is stored while no engine has it.
void tamper(const EngineRig &rig, const QString &sql)
{
    auto connection = SqliteConnection::open(rig.state.filePath(QStringLiteral("jobs.sqlite")),
                                             SqliteConnection::Access::ReadWrite);
    QVERIFY(connection.has_value());
    QVERIFY((*connection)->run(sql, StoreFault::CannotSave).has_value());
}

/// A stored job that somebody changed is left out, and said to be.
void verifyIsLeftOut(EngineRig *rig, JobId id, const QString &sql)
{
    rig->service.reset();
    tamper(*rig, sql);
    rig->start();
    QTRY_COMPARE(rig->notices.size(), 1);
    const QString said = explain(rig->notices.first());
    QVERIFY2(said.contains(QStringLiteral("was left out")), qPrintable(said));
    const SetOutcome outcome = rig->resume(id);
    QCOMPARE(outcome.refused.size(), 1);
    QCOMPARE(outcome.refused.first().kind, RefusalKind::UnknownJob);
    QVERIFY(rig->listing().isEmpty());
}

RefusalKind refusalOf(const core::Answer<JobId> &answer)
{
    return answer ? RefusalKind::EngineGone : answer.error().kind;
}

} // namespace

/// What QNetworkAccessManager does with a request beyond what it was asked for, and that nothing of
/// it happens to a job.
class RequestsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatIsNotOfTheWebIsServedByQtAndRefusedByBellhop_data();
    void whatIsNotOfTheWebIsServedByQtAndRefusedByBellhop();
    void aLineBreakInAFieldIsAFurtherFieldForQtAndRefusedByBellhop_data();
    void aLineBreakInAFieldIsAFurtherFieldForQtAndRefusedByBellhop();
    void aLoginInALinkIsSentByQtToWhoeverAsksNextAndByBellhopForItsJobAlone();
    void anErrorOfTlsThatWasIgnoredOnceIsIgnoredByQtForAll();

private:
    [[nodiscard]] QString privateFile() const
    {
        return m_folder.filePath(QStringLiteral("secret.txt"));
    }

    QTemporaryDir m_folder;
};

void RequestsTest::initTestCase()
{
    QFile file(privateFile());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write("secret"), 6);
}

void RequestsTest::whatIsNotOfTheWebIsServedByQtAndRefusedByBellhop_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QByteArray>("qtSays");
    QVERIFY(QFile::exists(privateFile()));
    QTest::newRow("a file of this computer")
        << QStringLiteral("file://") + privateFile() << QByteArray("NoError 200, 6 bytes");
    QTest::newRow("the same, shouted")
        << QStringLiteral("FILE://") + privateFile() << QByteArray("NoError 200, 6 bytes");
    QTest::newRow("an address that is its own data")
        << QStringLiteral("data:,hello") << QByteArray("NoError 0, 5 bytes");
    QTest::newRow("the same in Base64")
        << QStringLiteral("data:;base64,aGVsbG8=") << QByteArray("NoError 0, 5 bytes");
}

void RequestsTest::whatIsNotOfTheWebIsServedByQtAndRefusedByBellhop()
{
    QFETCH(QString, link);
    QFETCH(QByteArray, qtSays);
    const QUrl url(link);
    QNetworkAccessManager manager;
    QCOMPARE(said::byQt(&manager, QNetworkRequest(url)).line, qtSays);

    // Typed, given to the engine, and given to it as a repair.
    QCOMPARE(parseLink(link).error(), LinkRefusal::NotHttp);
    HttpServer server;
    EngineRig rig;
    QCOMPARE(refusalOf(rig.ask<message::Add>({rig.spec({url})})), RefusalKind::BadLink);
    const JobId id = rig.download({said::url(server)});
    QVERIFY(rig.reaches(id, JobState::Error));
    const SetOutcome outcome = rig.resume(id, {fix::NewLink{url}});
    QCOMPARE(outcome.refused.size(), 1);
    QCOMPARE(outcome.refused.first().kind, RefusalKind::BadLink);

    // Written into the stored job, and put past all of that. A redirect to it is not followed
    // either: see tst_ranges_and_redirects.
    verifyIsLeftOut(&rig, id, QStringLiteral("UPDATE files SET url = '%1'").arg(link));
    NetworkManagerPool managers;
    QVERIFY(managers.send(ExchangeOrder{.url = url}, QNetworkRequest(url)) == nullptr);
}

void RequestsTest::aLineBreakInAFieldIsAFurtherFieldForQtAndRefusedByBellhop_data()
{
    QTest::addColumn<QByteArray>("lineBreak");
    QTest::newRow("CR LF") << QByteArray("\r\n");
    QTest::newRow("LF alone") << QByteArray("\n");
}

void RequestsTest::aLineBreakInAFieldIsAFurtherFieldForQtAndRefusedByBellhop()
{
    QFETCH(QByteArray, lineBreak);
    HttpServer server;
    server.refuse(said::kPath, 404);
    const HeaderField field("X-Note", "harmless" + lineBreak + "Evil: 1");
    QNetworkRequest request(said::url(server));
    if (said::since68(true, false)) { // it refuses the field, and says so
        QTest::ignoreMessage(QtWarningMsg, "HTTP header value contained illegal character(s)");
    }
    request.setRawHeader(field.first, field.second);
    QCOMPARE(said::byQt(&server, request), "ContentNotFoundError 404, 11 bytes");
    QCOMPARE(server.requests().last().header("Evil"),
             said::since68(std::optional<QByteArray>(), std::optional<QByteArray>("1")));

    // Given to the engine, and given to it as a repair.
    EngineRig rig;
    JobSpec spec = rig.spec({said::url(server)});
    spec.options.headers = {field};
    QCOMPARE(refusalOf(rig.ask<message::Add>({spec})), RefusalKind::BadHeader);
    spec.options.headers = {{"X-Note", "harmless"}};
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(server.requests().last().header("X-Note"), "harmless");
    const SetOutcome outcome = rig.resume(id, {fix::Headers{{field}}});
    QCOMPARE(outcome.refused.size(), 1);
    QCOMPARE(outcome.refused.first().kind, RefusalKind::BadHeader);

    // Written into the stored job, and put past all of that.
    verifyIsLeftOut(&rig, id,
                    QStringLiteral("UPDATE jobs SET options = "
                                   "replace(options, 'harmless', 'harmless\\r\\nEvil: 1')"));
    ExchangeOrder order{.url = said::url(server), .content = askFor({}, 0)};
    order.options.headers = {field};
    NetworkManagerPool managers;
    const std::unique_ptr<QNetworkReply> reply(managers.send(order, requestFor(order, order.url)));
    said::byQt(reply.get());
    QVERIFY(!server.requests().last().header("X-Note"));
    for (const HttpRequest &sent : server.requests().sliced(1)) {
        QVERIFY(!sent.header("Evil"));
    }
}

void RequestsTest::aLoginInALinkIsSentByQtToWhoeverAsksNextAndByBellhopForItsJobAlone()
{
    const QByteArray basic = "Basic bWU6c2VjcmV0";
    HttpServer server;
    server.serve(said::kPath,
                 {.body = said::file(), .login = BasicLogin{.user = "me", .password = "secret"}});
    server.serve("/open.bin", {.body = said::file()});
    const QUrl open = server.url(QStringLiteral("/open.bin"));
    QUrl withLogin = said::url(server);
    withLogin.setUserInfo(QStringLiteral("me:secret"));

    QNetworkAccessManager manager;
    QCOMPARE(said::byQt(&manager, QNetworkRequest(withLogin)).line, "NoError 200, 1000 bytes");
    QCOMPARE(said::byQt(&manager, QNetworkRequest(open)).line, "NoError 200, 1000 bytes");
    QCOMPARE(server.requests("/open.bin").last().header("Authorization"), basic);
    QCOMPARE(said::byQt(&manager, QNetworkRequest(said::url(server))).line,
             "NoError 200, 1000 bytes");

    EngineRig rig;
    const JobId knows = rig.download({withLogin});
    QVERIFY(rig.reaches(knows, JobState::Acknowledged));
    QCOMPARE(server.requests(said::kPath).last().header("Authorization"), basic);
    const JobId asksElsewhere = rig.download({open});
    QVERIFY(rig.reaches(asksElsewhere, JobState::Acknowledged));
    QVERIFY(!server.requests("/open.bin").last().header("Authorization"));
    const JobId doesNotKnow = rig.download({said::url(server)});
    QVERIFY(rig.reaches(doesNotKnow, JobState::Error));
    QCOMPARE(rig.job(doesNotKnow).error->cause, Cause::LoginRequired);
    QVERIFY(!server.requests(said::kPath).last().header("Authorization"));
}

/// That the trust of a job stays with it: see tst_tls, whatOneJobTrustsAnotherDoesNot.
void RequestsTest::anErrorOfTlsThatWasIgnoredOnceIsIgnoredByQtForAll()
{
    Certificates certificates;
    QVERIFY2(certificates.make(), qPrintable(certificates.error()));
    Nginx nginx;
    QVERIFY(nginx.addFile(QStringLiteral("film.bin"), said::file()));
    nginx.useTls(QStringLiteral("self"), certificates.of(CertificateKind::SelfSigned));
    QVERIFY2(nginx.start(), qPrintable(nginx.error()));
    const QNetworkRequest request(
        nginx.tlsUrl(QStringLiteral("self"), QStringLiteral("/film.bin")));

    QNetworkAccessManager manager;
    int complaints = 0;
    connect(&manager, &QNetworkAccessManager::sslErrors, this, [&] { ++complaints; });
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    reply->ignoreSslErrors();
    QCOMPARE(said::byQt(reply.get()).line, "NoError 200, 1000 bytes");
    QCOMPARE(complaints, 1);
    QCOMPARE(said::byQt(&manager, request).line, "NoError 200, 1000 bytes");
    QCOMPARE(complaints, 1); // the second request was not asked about

    QNetworkAccessManager other;
    QCOMPARE(said::byQt(&other, request).line, "SslHandshakeFailedError 0, 0 bytes");
}

BELLHOP_TEST(RequestsTest)
#include "tst_requests.moc"
