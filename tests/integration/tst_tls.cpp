// SPDX-License-Identifier: Apache-2.0
// What can be wrong with a server that speaks TLS, on a real one, and what a person can do about
// it.
#include "tests/integration/asked.h"
#include "tests/support/certificates.h"
#include "tests/support/engine_rig.h"
#include "tests/support/nginx.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kFilmBytes = 3'000'000;
constexpr auto kFilmPath = "/film.mp4";

struct ServerRow {
    const char *name;
    CertificateKind kind;
};

constexpr std::array kServers{
    ServerRow{"chain", CertificateKind::WithChain},
    ServerRow{"good", CertificateKind::Good},
    ServerRow{"self", CertificateKind::SelfSigned},
    ServerRow{"expired", CertificateKind::Expired},
    ServerRow{"early", CertificateKind::NotYetValid},
    ServerRow{"other", CertificateKind::OtherHost},
    ServerRow{"withdrawn", CertificateKind::Withdrawn},
    ServerRow{"outdated", CertificateKind::Good},
};

} // namespace

class TlsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aHandshakeThatIsRefusedIsAsked_data();
    void aHandshakeThatIsRefusedIsAsked();
    void aServerThatOnlySpeaksOutdatedTlsIsNotSpokenTo();
    void aServerThatWantsACertificateOfOursIsLeft();
    void aCertificateThatIsKnownToBeWithdrawnIsRefusedWhoeverTrustsIt();
    void tlsThatEndsWithoutSayingSoIsALostConnection();
    void authoritiesOfAJobAreTrustedByItAlone();
    void whatOneJobTrustsAnotherDoesNot();
    void anotherFingerprintThanTheOneInQuestionIsRefused();
    void trustDoesNotTravelAlongARedirect();
    void whatComesUnderARefusedCertificateNeverTouchesThePart();
    void aTrustedCertificateThatChangesIsAskedAgain();
    void theWayFromHttpsToHttpIsBlockedUntilAPersonAllowsIt();

private:
    [[nodiscard]] JobId begin(EngineRig *rig, const QUrl &url, const QString &caFile = {});
    /// Ends the server while the slow file is under way, and brings it back with this certificate.
    void exchange(EngineRig *rig, JobId id, CertificateKind kind);
    [[nodiscard]] QUrl film(const QString &server) const
    {
        return m_nginx->tlsUrl(server, QLatin1StringView(kFilmPath));
    }

    Certificates m_certificates;
    std::unique_ptr<Nginx> m_nginx; ///< anew for each test, so that its log is of that one
};

void TlsTest::initTestCase()
{
    QVERIFY2(m_certificates.make(), qPrintable(m_certificates.error()));
}

void TlsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_nginx = std::make_unique<Nginx>();
    QVERIFY(m_nginx->addFile(u"film.mp4"_s, Body::pattern(3, kFilmBytes)));
    for (const ServerRow &server : kServers) {
        m_nginx->useTls(QLatin1StringView(server.name), m_certificates.of(server.kind));
    }
    m_nginx->useTls(u"outdated"_s, m_certificates.of(CertificateKind::Good), "TLSv1.1");
    QVERIFY2(m_nginx->start(), qPrintable(m_nginx->error()));
}

JobId TlsTest::begin(EngineRig *rig, const QUrl &url, const QString &caFile)
{
    JobSpec spec = rig->spec({url});
    spec.options.caFile = caFile;
    const JobId id = rig->add(spec);
    rig->resume(id);
    return id;
}

void TlsTest::exchange(EngineRig *rig, JobId id, CertificateKind kind)
{
    QTRY_VERIFY(rig->job(id).progress.bytesDone > 500'000);
    m_nginx->stop();
    m_nginx->useTls(u"self"_s, m_certificates.of(kind));
    QVERIFY2(m_nginx->start(), qPrintable(m_nginx->error()));
}

void TlsTest::aHandshakeThatIsRefusedIsAsked_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<CertificateKind>("kind");
    QTest::addColumn<bool>("knowsAuthority");
    QTest::addColumn<QByteArray>("question");
    const auto row = [](const char *name, const char *server, CertificateKind kind,
                        bool knowsAuthority, const char *question) {
        QTest::newRow(name) << QString::fromLatin1(server) << kind << knowsAuthority
                            << QByteArray(question);
    };
    const auto untrusted = "Untrusted None 6 NewLink";
    row("nobody known vouches for it", "good", CertificateKind::Good, false, untrusted);
    row("the unknown authority vouches for itself", "chain", CertificateKind::WithChain, false,
        untrusted);
    row("self-signed", "self", CertificateKind::SelfSigned, false, untrusted);
    row("self-signed, other authorities are known", "self", CertificateKind::SelfSigned, true,
        untrusted);
    row("expired", "expired", CertificateKind::Expired, true, "CertificateExpired None 6 Retry");
    row("expired and not vouched for", "expired", CertificateKind::Expired, false, untrusted);
    row("not yet valid", "early", CertificateKind::NotYetValid, true,
        "CertificateNotYetValid None 6 Retry");
    row("of another host", "other", CertificateKind::OtherHost, true,
        "CertificateOfOtherHost None 6 NewLink");
    row("of another host and not vouched for", "other", CertificateKind::OtherHost, false,
        untrusted);
}

void TlsTest::aHandshakeThatIsRefusedIsAsked()
{
    QFETCH(QString, server);
    QFETCH(CertificateKind, kind);
    QFETCH(bool, knowsAuthority);
    QFETCH(QByteArray, question);
    EngineRig rig;
    const JobId id =
        begin(&rig, film(server), knowsAuthority ? m_certificates.authority() : QString());
    QVERIFY(rig.reaches(id, JobState::Error));
    const JobError error = *rig.job(id).error;
    QCOMPARE(asked(error), question);
    QCOMPARE(error.step, core::Step::Connect);
    QVERIFY(error.certificate.has_value());
    QCOMPARE(error.certificate->sha256Hex, m_certificates.of(kind).sha256Hex());
    QVERIFY(rig.listing().isEmpty());
    QVERIFY(m_nginx->requests().isEmpty()); // nothing was asked of a server that is not trusted

    rig.resume(id, {fix::TrustCertificate{error.certificate->sha256Hex}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.listing(), QStringList{u"film.mp4"_s});
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
    QTRY_COMPARE(m_nginx->requests(kFilmPath).size(), 1);
    QCOMPARE(m_nginx->requests(kFilmPath).first().range, "bytes=0-");
}

void TlsTest::aServerThatOnlySpeaksOutdatedTlsIsNotSpokenTo()
{
    EngineRig rig;
    const JobId id = begin(&rig, film(u"outdated"_s), m_certificates.authority());
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "HandshakeFailed None 6 NewLink");
    QVERIFY(!rig.job(id).error->certificate.has_value());
    QVERIFY(rig.states.contains(JobState::TransientError)); // it was tried twice
    rig.resume(id, {fix::NewLink{film(u"good"_s)}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
}

void TlsTest::aServerThatWantsACertificateOfOursIsLeft()
{
    ServerProcess strict(u"openssl"_s);
    const ServerCertificate own = m_certificates.of(CertificateKind::Good);
    const quint16 port = HttpServer::closedPort();
    QVERIFY2(
        strict.start({u"s_server"_s, u"-accept"_s, u"127.0.0.1:%1"_s.arg(port), u"-cert"_s,
                      own.certificate, u"-key"_s, own.key, u"-CAfile"_s, m_certificates.authority(),
                      u"-Verify"_s, u"1"_s, u"-verify_return_error"_s, u"-WWW"_s},
                     {port}),
        qPrintable(strict.error()));
    EngineRig rig;
    const JobId id =
        begin(&rig, QUrl(u"https://127.0.0.1:%1/film.mp4"_s.arg(port)), m_certificates.authority());
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "HandshakeFailed None 6 NewLink");
    rig.resume(id, {fix::NewLink{film(u"good"_s)}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
}

void TlsTest::aCertificateThatIsKnownToBeWithdrawnIsRefusedWhoeverTrustsIt()
{
    EngineRig rig;
    const JobId id = begin(&rig, film(u"withdrawn"_s), m_certificates.authority());
    QVERIFY(rig.reaches(id, JobState::Error));
    const JobError error = *rig.job(id).error;
    QCOMPARE(asked(error), "CertificateRevoked None 6 NewLink");
    QVERIFY(!fixesFor(error).contains(FixKind::TrustCertificate));
    rig.resume(id, {fix::TrustCertificate{error.certificate->sha256Hex}});
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "CertificateRevoked None 6 NewLink");
    QVERIFY(m_nginx->requests().isEmpty());
    rig.resume(id, {fix::NewLink{film(u"good"_s)}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
}

void TlsTest::tlsThatEndsWithoutSayingSoIsALostConnection()
{
    EngineRig rig;
    JobSpec spec = rig.spec({m_nginx->tlsUrl(u"good"_s, u"/slow/film.mp4"_s)});
    spec.options.caFile = m_certificates.authority();
    spec.options.minRetryDelay = std::chrono::hours(1);
    const JobId id = rig.download(spec);
    QTRY_VERIFY(rig.job(id).progress.bytesDone > 500'000);
    m_nginx->stop(); // what is killed ends its connections, and no TLS
    QVERIFY(rig.reaches(id, JobState::TransientError));
    const JobError error = *rig.job(id).error;
    QCOMPARE(asked(error), "ConnectionLost None 3 Retry");
    QVERIFY(error.fileBytesDone > 500'000);
    QVERIFY2(m_nginx->start(), qPrintable(m_nginx->error()));
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
    QTRY_COMPARE(m_nginx->requests("/slow/film.mp4").last().range,
                 "bytes=" + QByteArray::number(error.fileBytesDone) + '-');
}

void TlsTest::authoritiesOfAJobAreTrustedByItAlone()
{
    EngineRig rig;
    const JobId knows =
        begin(&rig, m_nginx->tlsUrl(u"good"_s, u"/slow/film.mp4"_s), m_certificates.authority());
    QTRY_VERIFY(rig.job(knows).progress.bytesDone > 0);
    const JobId doesNot = begin(&rig, film(u"good"_s));
    QVERIFY(rig.reaches(doesNot, JobState::Error));
    QCOMPARE(asked(rig.job(doesNot).error), "Untrusted None 6 NewLink");
    QVERIFY(rig.reaches(knows, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
}

void TlsTest::whatOneJobTrustsAnotherDoesNot()
{
    EngineRig rig;
    const JobId first = begin(&rig, m_nginx->tlsUrl(u"self"_s, u"/slow/film.mp4"_s));
    QVERIFY(rig.reaches(first, JobState::Error));
    rig.resume(first, {fix::TrustCertificate{rig.job(first).error->certificate->sha256Hex}});
    QTRY_VERIFY(rig.job(first).progress.bytesDone > 0); // its connection is open now
    const JobId during = begin(&rig, film(u"self"_s));
    QVERIFY(rig.reaches(during, JobState::Error));
    QCOMPARE(asked(rig.job(during).error), "Untrusted None 6 NewLink");
    QVERIFY(rig.reaches(first, JobState::Acknowledged));
    const JobId after = begin(&rig, film(u"self"_s));
    QVERIFY(rig.reaches(after, JobState::Error));
    QCOMPARE(asked(rig.job(after).error), "Untrusted None 6 NewLink");
    QVERIFY(m_nginx->requests(kFilmPath).isEmpty());
}

void TlsTest::anotherFingerprintThanTheOneInQuestionIsRefused()
{
    EngineRig rig;
    const JobId id = begin(&rig, film(u"self"_s));
    QVERIFY(rig.reaches(id, JobState::Error));
    const QByteArray other = m_certificates.of(CertificateKind::Good).sha256Hex();
    const SetOutcome outcome = rig.resume(id, {fix::TrustCertificate{other}});
    QCOMPARE(outcome.refused.size(), 1);
    QCOMPARE(outcome.refused.first().kind, RefusalKind::OtherCertificate);
    QCOMPARE(rig.job(id).state, JobState::Error);
}

void TlsTest::trustDoesNotTravelAlongARedirect()
{
    const QUrl target = film(u"other"_s);
    EngineRig rig;
    const JobId id =
        begin(&rig, m_nginx->tlsUrl(u"self"_s, u"/at/%1/film.mp4"_s.arg(target.port())));
    QVERIFY(rig.reaches(id, JobState::Error));
    rig.resume(id, {fix::TrustCertificate{rig.job(id).error->certificate->sha256Hex}});
    QTRY_COMPARE(rig.job(id).state, JobState::Error);
    QTRY_COMPARE(rig.job(id).error->url, target);
    const SeenCertificate second = *rig.job(id).error->certificate;
    QCOMPARE(asked(rig.job(id).error), "Untrusted None 6 NewLink");
    QCOMPARE(second.sha256Hex, m_certificates.of(CertificateKind::OtherHost).sha256Hex());
    rig.resume(id, {fix::TrustCertificate{second.sha256Hex}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
}

void TlsTest::whatComesUnderARefusedCertificateNeverTouchesThePart()
{
    EngineRig rig;
    m_nginx->stop();
    m_nginx->useTls(u"self"_s, m_certificates.of(CertificateKind::Good));
    QVERIFY2(m_nginx->start(), qPrintable(m_nginx->error()));
    const JobId id =
        begin(&rig, m_nginx->tlsUrl(u"self"_s, u"/slow/film.mp4"_s), m_certificates.authority());
    exchange(&rig, id, CertificateKind::SelfSigned);
    QVERIFY(rig.reaches(id, JobState::Error));
    const JobError error = *rig.job(id).error;
    QCOMPARE(asked(error), "Untrusted None 6 NewLink");
    QVERIFY(error.fileBytesDone > 500'000);
    QVERIFY(rig.content(u"film.mp4.part"_s) == patternBytes(3, 0, error.fileBytesDone));

    rig.resume(id, {fix::TrustCertificate{error.certificate->sha256Hex}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
    QTRY_VERIFY(!m_nginx->requests("/slow/film.mp4").isEmpty()); // the first may go unlogged
    const NginxRequest second = m_nginx->requests("/slow/film.mp4").last();
    QCOMPARE(second.status, 206);
    QCOMPARE(second.range, "bytes=" + QByteArray::number(error.fileBytesDone) + '-');
}

void TlsTest::aTrustedCertificateThatChangesIsAskedAgain()
{
    EngineRig rig;
    const JobId id = begin(&rig, m_nginx->tlsUrl(u"self"_s, u"/slow/film.mp4"_s));
    QVERIFY(rig.reaches(id, JobState::Error));
    rig.resume(id, {fix::TrustCertificate{rig.job(id).error->certificate->sha256Hex}});
    exchange(&rig, id, CertificateKind::SelfSignedRenewed);
    QVERIFY(rig.reaches(id, JobState::Error));
    const JobError error = *rig.job(id).error;
    QCOMPARE(asked(error), "CertificateChanged None 6 NewLink");
    QVERIFY(fixesFor(error).contains(FixKind::TrustCertificate));
    QCOMPARE(error.certificate->sha256Hex,
             m_certificates.of(CertificateKind::SelfSignedRenewed).sha256Hex());
    QVERIFY(error.fileBytesDone > 0);

    rig.resume(id, {fix::TrustCertificate{error.certificate->sha256Hex}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
    QTRY_COMPARE(m_nginx->requests("/slow/film.mp4").last().range,
                 "bytes=" + QByteArray::number(error.fileBytesDone) + '-');
}

void TlsTest::theWayFromHttpsToHttpIsBlockedUntilAPersonAllowsIt()
{
    EngineRig rig;
    JobSpec spec = rig.spec({m_nginx->tlsUrl(u"good"_s, u"/insecure/film.mp4"_s)});
    spec.options.caFile = m_certificates.authority();
    spec.options.headers = {{"Authorization", "Bearer secret"}};
    const JobId id = rig.add(spec);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "InsecureRedirect None 6 NewLink");
    QVERIFY(fixesFor(*rig.job(id).error).contains(FixKind::AllowInsecure));
    QVERIFY(m_nginx->requests(kFilmPath).isEmpty());

    rig.resume(id, {fix::AllowInsecure{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kFilmBytes));
    QTRY_COMPARE(m_nginx->requests(kFilmPath).size(), 1);
    QVERIFY(!m_nginx->requests("/insecure/film.mp4").last().authorization.isEmpty());
    QCOMPARE(m_nginx->requests(kFilmPath).first().authorization, QByteArray());
    QCOMPARE(m_nginx->requests(kFilmPath).first().port, quint16(m_nginx->url({}).port()));
}

BELLHOP_TEST(TlsTest)
#include "tst_tls.moc"
