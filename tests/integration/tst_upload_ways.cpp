// SPDX-License-Identifier: Apache-2.0
#include "tests/support/certificates.h"
#include "tests/support/engine_rig.h"
#include "tests/support/nginx.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/pretty.h"
#include "tests/support/squid.h"
#include "tests/support/test_program.h"
#include "tests/support/tus_server.h"

#include <QElapsedTimer>

using namespace core;

/// Uploads through a proxy that wants a login, over TLS with an authority of one's own, and to a
/// tus server that does not wait for ever.
class UploadWaysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_certificates.make(), qPrintable(m_certificates.error()));
        m_nginx.useTls(kTls, m_certificates.of(CertificateKind::Good));
        QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
        QVERIFY2(m_squid.start(), qPrintable(m_squid.error()));
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theProxyIsLoggedInToBeforeAnythingIsSent_data();
    void theProxyIsLoggedInToBeforeAnythingIsSent();
    void aPrivateAuthorityVouchesForTheServer();
    void whatHasExpiredIsSentAnew();

private:
    static inline const QString kName = QStringLiteral("film.bin");
    static inline const QString kTls = QStringLiteral("tls");

    static QByteArray bytes() { return patternBytes(6, 0, 3'000'000); }
    [[nodiscard]] QByteArray stored(const QString &path) const
    {
        QFile file(m_nginx.uploaded(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] JobSpec spec(const EngineRig &rig, const QUrl &url) const
    {
        JobSpec made = rig.uploadSpec(kName, url);
        made.options.noProgressTimeout = std::chrono::milliseconds(0); // every error is final
        return made;
    }
    /// How often the file was put there.
    [[nodiscard]] qsizetype putsOf(const QByteArray &target) const
    {
        QList<NginxRequest> all = m_nginx.requests(target);
        all.removeIf([](const NginxRequest &each) { return each.method != "PUT"; });
        return all.size();
    }

    Certificates m_certificates;
    Nginx m_nginx;
    Squid m_squid;
};

void UploadWaysTest::theProxyIsLoggedInToBeforeAnythingIsSent_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::newRow("http") << false;
    QTest::newRow("https") << true;
}

void UploadWaysTest::theProxyIsLoggedInToBeforeAnythingIsSent()
{
    QFETCH(const bool, isTls);
    const QString place =
        isTls ? QStringLiteral("/dav/tunnel.bin") : QStringLiteral("/dav/plain.bin");
    EngineRig rig;
    rig.plant(kName, bytes());
    JobSpec asked = spec(rig, isTls ? m_nginx.tlsUrl(kTls, place) : m_nginx.url(place));
    asked.options.caFile = m_certificates.authority();
    asked.options.proxy = m_squid.guarded();
    const JobId id = rig.upload(asked);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(name(rig.job(id).error->cause), name(Cause::ProxyLoginRequired));
    QCOMPARE(putsOf(place.toLatin1()), 0);
    rig.resume(id, {fix::Proxy{m_squid.guarded(QLatin1StringView(Squid::kUser),
                                               QLatin1StringView(Squid::kPassword))}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(stored(place) == bytes());
    QCOMPARE(putsOf(place.toLatin1()), 1);
}

void UploadWaysTest::aPrivateAuthorityVouchesForTheServer()
{
    EngineRig rig;
    rig.plant(kName, bytes());
    const QUrl url = m_nginx.tlsUrl(kTls, QStringLiteral("/dav/private.bin"));
    const JobId stranger = rig.upload(spec(rig, url));
    QVERIFY(rig.reaches(stranger, JobState::Error));
    QCOMPARE(name(rig.job(stranger).error->cause), name(Cause::Untrusted));
    QCOMPARE(putsOf("/dav/private.bin"), 0);
    JobSpec known = spec(rig, url);
    known.options.caFile = m_certificates.authority();
    const JobId id = rig.upload(known);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(stored(QStringLiteral("/dav/private.bin")) == bytes());
}

void UploadWaysTest::whatHasExpiredIsSentAnew()
{
    if (!TusServer::whyNotHere().isEmpty()) {
        QSKIP(qPrintable(TusServer::whyNotHere()));
    }
    TusServer tus;
    constexpr std::chrono::milliseconds kExpiry(1'800);
    tus.setExpiry(kExpiry);
    QVERIFY2(tus.start(), qPrintable(tus.error()));
    EngineRig rig;
    const QByteArray small = bytes().first(600'000);
    rig.plant(kName, small);
    JobSpec asked = rig.uploadSpec(kName, tus.url(), UploadProtocol::Auto);
    asked.options.limitBytesPerSecond = small.size();
    const JobId id = rig.upload(asked);
    QVERIFY(QTest::qWaitFor([&] { return rig.job(id).progress.bytesDone > 100'000; }));
    rig.suspend(id);
    QElapsedTimer since;
    since.start();
    QVERIFY(QTest::qWaitFor([&] { return since.hasExpired(kExpiry.count()); }));
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged, 20'000));
    QCOMPARE(rig.notes(id), QList<Note>{Note::UploadForgotten});
    const QList<TusRequest> created = tus.requests("POST");
    QCOMPARE(created.size(), 2);
}

BELLHOP_TEST(UploadWaysTest)
#include "tst_upload_ways.moc"
