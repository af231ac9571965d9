// SPDX-License-Identifier: Apache-2.0
// The common causes as a script sees them: the exit status of the real program, and its one line.
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
#include "tests/support/certificates.h"
#include "tests/support/http_server.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/nginx.h"
#include "tests/support/squid.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSizeBytes = 3'000'000;

} // namespace

class BhopCausesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void everyCauseHasItsExitStatus_data();
    void everyCauseHasItsExitStatus();
    void aFullDiskExits8();
    void checkSaysWhatARepairWouldDo();
    void resumeFetchesAFileAgainWhoseChecksumDiffers();
    void aSizeThatTheServerNeverStatedIsSaidToBeSo();

private:
    [[nodiscard]] QStringList get(const QStringList &arguments) const;
    [[nodiscard]] QByteArray content() const;

    Certificates m_certificates;
    Nginx m_nginx;
    Squid m_squid;
    std::unique_ptr<QTemporaryDir> m_home;
    QString m_folder;
};

void BhopCausesTest::initTestCase()
{
    std::ignore = MountedDisk::areToBeHad();
    QVERIFY2(m_certificates.make(), qPrintable(m_certificates.error()));
    QVERIFY(m_nginx.addFile(u"film.mp4"_s, Body::pattern(3, kSizeBytes)));
    m_nginx.useTls(u"tls"_s, m_certificates.of(CertificateKind::Good));
    QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
    QVERIFY2(m_squid.start(), qPrintable(m_squid.error()));
}

void BhopCausesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    if (m_home) {
        endEngines(m_home->filePath(u"state"_s));
    }
    m_home = std::make_unique<QTemporaryDir>();
    m_folder = m_home->filePath(u"files"_s);
    QVERIFY(QDir().mkdir(m_folder));
}

QStringList BhopCausesTest::get(const QStringList &arguments) const
{
    return QStringList{u"get"_s, u"-d"_s,     m_folder,         u"--min-retry-delay"_s,
                       u"0"_s,   u"--json"_s, u"--state-dir"_s, m_home->filePath(u"state"_s)} +
           arguments;
}

QByteArray BhopCausesTest::content() const
{
    QFile file(m_folder + u"/film.mp4"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void BhopCausesTest::everyCauseHasItsExitStatus_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("cause");
    const QString plain = m_nginx.url(u"/film.mp4"_s).toString();
    const QString tls = m_nginx.tlsUrl(u"tls"_s, u"/film.mp4"_s).toString();
    const QString ca = m_certificates.authority();
    const QString nobody = u"http://127.0.0.1:%1"_s.arg(HttpServer::closedPort());
    const auto row = [](const char *name, const QStringList &arguments, int exitCode,
                        const QString &cause = {}) {
        QTest::newRow(name) << arguments << exitCode << cause;
    };
    row("nobody vouches for the server", {tls}, 6, u"Untrusted"_s);
    row("its authority is known", {u"--ca-file"_s, ca, tls}, 0);
    row("https hands over to http",
        {u"--ca-file"_s, ca, m_nginx.tlsUrl(u"tls"_s, u"/insecure/film.mp4"_s).toString()}, 6,
        u"InsecureRedirect"_s);
    row("the proxy is down", {u"--proxy"_s, nobody, plain}, 3, u"ProxyUnreachable"_s);
    row("the proxy wants a login", {u"--proxy"_s, m_squid.guarded().toString(), plain}, 3,
        u"ProxyLoginRequired"_s);
    row("a password does not belong on a command line",
        {u"--proxy"_s, m_squid.guarded(u"petra"_s, u"secret"_s).toString(), plain}, 2);
    row("a page instead", {m_nginx.url(u"/members/film.mp4"_s).toString()}, 4, u"WebPageInstead"_s);
    row("in circles", {m_nginx.url(u"/loop/film.mp4"_s).toString()}, 4, u"RedirectLoop"_s);
    row("204", {m_nginx.url(u"/empty/film.mp4"_s).toString()}, 4, u"EmptyAnswer"_s);
    row("another checksum", {u"--hash"_s, u"md5:"_s + QString(32, u'0'), plain}, 9,
        u"HashMismatch"_s);
}

void BhopCausesTest::everyCauseHasItsExitStatus()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, cause);
    BhopRun run(get(arguments));
    QCOMPARE(run.exitCode(), exitCode);
    if (exitCode == 0) {
        QVERIFY(content() == patternBytes(3, 0, kSizeBytes));
        return;
    }
    QVERIFY(!(run.out() + run.err()).contains("secret"));
    QCOMPARE(content(), QByteArray());
    if (cause.isEmpty()) {
        return;
    }
    QCOMPARE(run.lines(u"error").size(), 1);
    const QJsonObject error = run.lines(u"error").constFirst();
    QCOMPARE(error["cause"_L1].toString(), cause);
    QCOMPARE(error["context"_L1].toString(), u"None"_s);
}

void BhopCausesTest::aFullDiskExits8()
{
    const MountedDisk disk(m_folder, qint64(1) << 20);
    if (!disk.isMounted()) {
        QSKIP("needs root and a kernel that lets it mount");
    }
    BhopRun run(get({m_nginx.url(u"/film.mp4"_s).toString()}));
    QCOMPARE(run.exitCode(), 8);
    QCOMPARE(run.lines(u"error").constFirst()["cause"_L1].toString(), u"DiskFull"_s);
}

void BhopCausesTest::checkSaysWhatARepairWouldDo()
{
    const QStringList state{u"--state-dir"_s, m_home->filePath(u"state"_s)};
    const QString good = m_nginx.url(u"/film.mp4"_s).toString();
    BhopRun broken(get({m_nginx.url(u"/gone/film.mp4"_s).toString()}));
    QCOMPARE(broken.exitCode(), 4);

    BhopRun same(QStringList{u"check"_s, u"1"_s} + state);
    QCOMPARE(same.exitCode(), 4);
    QVERIFY2(same.err().startsWith("Still the same (HTTP 404)"), same.err().constData());
    BhopRun fresh(QStringList{u"check"_s, u"1"_s, u"--url"_s, good} + state);
    QCOMPARE(fresh.exitCode(), 0);
    QCOMPARE(fresh.out(), "The server has the file: 3.0 MB.\n");
    BhopRun json(QStringList{u"check"_s, u"1"_s, u"--json"_s, u"--url"_s, good} + state);
    QCOMPARE(json.exitCode(), 0);
    QCOMPARE(json.lines(u"check"_s).constFirst()["server"_L1]["size"_L1].toInt(), kSizeBytes);
    QVERIFY(!QFile::exists(m_folder + u"/film.mp4"_s));
    BhopRun resumed(QStringList{u"resume"_s, u"1"_s, u"--url"_s, good} + state);
    QCOMPARE(resumed.exitCode(), 0);
    QVERIFY(content() == patternBytes(3, 0, kSizeBytes));
    BhopRun ended(QStringList{u"check"_s, u"1"_s} + state);
    QCOMPARE(ended.exitCode(), 1);
}

void BhopCausesTest::resumeFetchesAFileAgainWhoseChecksumDiffers()
{
    const Body old = Body::pattern(7, kSizeBytes);
    HttpServer server;
    server.serve("/film.mp4", {.body = old});
    const Body right = Body::pattern(3, kSizeBytes);
    const QString hash = u"sha256:"_s + QString::fromLatin1(right.sha256());
    BhopRun first(get({u"--hash"_s, hash, server.url(u"/film.mp4"_s).toString()}));
    QCOMPARE(first.exitCode(), 9);
    server.serve("/film.mp4", {.body = right, .etag = "\"v2\""});
    BhopRun second({u"resume"_s, u"--state-dir"_s, m_home->filePath(u"state"_s), u"1"_s});
    QCOMPARE(second.exitCode(), 0);
    QVERIFY(content() == patternBytes(3, 0, kSizeBytes));
    QCOMPARE(server.requests().last().header("Range"), "bytes=0-");
}

void BhopCausesTest::aSizeThatTheServerNeverStatedIsSaidToBeSo()
{
    HttpServer server;
    server.serve("/film.mp4", {.body = Body::pattern(3, kSizeBytes),
                               .ranges = RangeAnswer::Ignored,
                               .framing = Framing::Chunked});
    QStringList arguments = get({server.url(u"/film.mp4"_s).toString()});
    arguments.removeOne(u"--json"_s);
    BhopRun run(arguments);
    QCOMPARE(run.exitCode(), 0);
    QVERIFY2(run.out().contains("MB; the server did not say how long it is)"),
             run.out().constData());
    QVERIFY(content() == patternBytes(3, 0, kSizeBytes));
}

BELLHOP_TEST(BhopCausesTest)
#include "tst_bhop_causes.moc"
