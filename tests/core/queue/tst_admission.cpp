// SPDX-License-Identifier: Apache-2.0
#include "core/queue/admission.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTimeZone>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());

FileSpec link(const QString &url)
{
    return {.url = QUrl(url)};
}

JobSpec order()
{
    return {.folder = u"/tmp"_s, .files = {link(u"https://a.example/film.mp4"_s)}};
}

using Spoil = std::function<void(JobSpec *)>;

} // namespace

Q_DECLARE_METATYPE(Spoil)

class AdmissionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aGoodOrderBecomesASuspendedJobAsItWasAsked()
    {
        JobSpec spec = order();
        spec.priority = Priority::High;
        spec.name = u"Films"_s;
        const JobRecord job = admit(spec, kNow).value();
        QCOMPARE(job.id, JobId{});
        QCOMPARE(job.state, JobState::Suspended);
        QCOMPARE(job.priority, Priority::High);
        QCOMPARE(job.name, u"Films"_s);
        QCOMPARE(job.folder, u"/tmp"_s);
        QCOMPARE(job.createdAt, kNow);
        QCOMPARE(job.modifiedAt, kNow);
        QCOMPARE(job.files.size(), 1);
        QCOMPARE(job.files.first().state, FileState::Pending);
    }

    void aBadOrderIsRefusedForWhatIsBad_data()
    {
        QTest::addColumn<Spoil>("spoil");
        QTest::addColumn<QByteArray>("refusal");
        QTest::addColumn<QString>("subject");
        const auto row = [](const char *title, RefusalKind kind, const QString &subject,
                            const Spoil &spoil) {
            QTest::newRow(title) << spoil << QByteArray(name(kind)) << subject;
        };
        row("a link that is none", RefusalKind::BadLink, u"ftp://a.example/x"_s,
            [](JobSpec *spec) { spec->files = {link(u"ftp://me:secret@a.example/x"_s)}; });
        row("a link without a host", RefusalKind::BadLink, u"http:/x"_s,
            [](JobSpec *spec) { spec->files = {link(u"http:/x"_s)}; });
        row("a name that leaves the folder", RefusalKind::BadName, u"../x"_s,
            [](JobSpec *spec) { spec->files[0].name = u"../x"_s; });
        row("a folder that depends on where one stands", RefusalKind::BadFolder, u"here"_s,
            [](JobSpec *spec) { spec->folder = u"here"_s; });
        row("no folder", RefusalKind::BadFolder, QString(),
            [](JobSpec *spec) { spec->folder.clear(); });
        row("a folder inside the program", RefusalKind::BadFolder, u":/icons"_s,
            [](JobSpec *spec) { spec->folder = u":/icons"_s; });
        row("a folder with a line break", RefusalKind::BadFolder, u"/tmp/a\nb"_s,
            [](JobSpec *spec) { spec->folder = u"/tmp/a\nb"_s; });
        row("a name for people with a control character", RefusalKind::BadValue, u"a\tb"_s,
            [](JobSpec *spec) { spec->name = u"a\tb"_s; });
        row("a name for people that goes on and on", RefusalKind::BadValue,
            QString(kMaxJobNameLength, u'x'),
            [](JobSpec *spec) { spec->name = QString(kMaxJobNameLength + 1, u'x'); });
        row("a header that the engine sets itself", RefusalKind::BadHeader, u"Range"_s,
            [](JobSpec *spec) { spec->options.headers = {{"Range", "bytes=0-"}}; });
        row("a header that would begin another", RefusalKind::BadHeader, u"X-A"_s,
            [](JobSpec *spec) { spec->options.headers = {{"X-A", "1\r\nX-B: 2"}}; });
        row("headers without end", RefusalKind::BadHeader, u"X-A"_s, [](JobSpec *spec) {
            spec->options.headers = {{"X-A", QByteArray(kMaxHeaderBytes, 'x')}};
        });
        row("a limit of nothing", RefusalKind::BadValue, u"0"_s,
            [](JobSpec *spec) { spec->options.limitBytesPerSecond = 0; });
        row("no connections", RefusalKind::BadValue, QStringLiteral("0"),
            [](JobSpec *spec) { spec->options.connections = 0; });
        row("too many connections", RefusalKind::BadValue, QStringLiteral("33"),
            [](JobSpec *spec) { spec->options.connections = kMaxConnections + 1; });
        row("a delay before now", RefusalKind::BadValue, u"-1"_s,
            [](JobSpec *spec) { spec->options.minRetryDelay = std::chrono::milliseconds(-1); });
        row("a proxy that is none", RefusalKind::BadValue, u"gopher://p.example"_s,
            [](JobSpec *spec) { spec->options.proxy = QUrl(u"gopher://u:p@p.example"_s); });
        row("a fingerprint that is too short", RefusalKind::BadFingerprint, u"ab:cd"_s,
            [](JobSpec *spec) {
                spec->options.trusted = {
                    {.host = u"a.example"_s, .port = 443, .sha256Hex = "ab:cd"}};
            });
        row("a certificate trusted nowhere", RefusalKind::BadValue, QString(), [](JobSpec *spec) {
            spec->options.trusted = {{.port = 443, .sha256Hex = QByteArray(64, 'a')}};
        });
        row("too many files", RefusalKind::TooManyFiles, QString::number(kMaxFilesPerJob + 1),
            [](JobSpec *spec) {
                spec->files.resize(kMaxFilesPerJob + 1, FileSpec(spec->files.first()));
            });
        row("two files to send", RefusalKind::OneFilePerUpload, u"2"_s, [](JobSpec *spec) {
            spec->type = JobType::Upload;
            spec->files.append(FileSpec(spec->files.first()));
        });
    }
    void aBadOrderIsRefusedForWhatIsBad()
    {
        QFETCH(const Spoil, spoil);
        JobSpec spec = order();
        QVERIFY(admit(spec, kNow));
        spoil(&spec);
        const auto admitted = admit(spec, kNow);
        QVERIFY(!admitted);
        QTEST(QByteArray(name(admitted.error().kind)), "refusal");
        QTEST(admitted.error().subject, "subject"); // never with a password in it
    }

    void aLoginInALinkMovesIntoTheOptionsAndOutOfTheLink()
    {
        JobSpec spec = order();
        spec.files = {link(u"https://me:p%40ss@a.example/x"_s)};
        const JobRecord job = admit(spec, kNow).value();
        QCOMPARE(job.files.first().spec.url, QUrl(u"https://a.example/x"_s));
        QVERIFY(job.options.login == (Login{u"me"_s, u"p@ss"_s}));
        spec.options.login = Login{u"other"_s, u"secret"_s};
        QVERIFY(admit(spec, kNow).value().options.login == spec.options.login);
    }

    void aFingerprintIsKeptAsItIsCompared()
    {
        const auto admitted =
            admitCertificate({.host = u"A.Example"_s,
                              .port = 443,
                              .sha256Hex = QByteArray("AB:").repeated(31) + "AB"});
        QVERIFY(admitted);
        QCOMPARE(admitted->sha256Hex, QByteArray("ab").repeated(32));
        QCOMPARE(admitted->host, u"a.example"_s);
    }

    void aFolderIsMadeClean_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("clean");
        QTest::newRow("as it is") << u"/home/me"_s << u"/home/me"_s;
        QTest::newRow("with a slash at its end") << u"/home/me/"_s << u"/home/me"_s;
        QTest::newRow("with a detour") << u"/home/you/..//me/."_s << u"/home/me"_s;
    }
    void aFolderIsMadeClean()
    {
        QFETCH(const QString, folder);
        QTEST(admitFolder(folder).value(), "clean");
    }
};

BELLHOP_TEST(AdmissionTest)
#include "tst_admission.moc"
