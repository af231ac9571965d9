// SPDX-License-Identifier: Apache-2.0
// What becomes of an unfinished file between two runs of the terminal program is found out by the
// second one.
#include "tests/integration/bhop_run.h"
#include "tests/support/file_facts.h"
#include "tests/support/http_server.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBlockBytes = 1024 * 1024;
constexpr qint64 kSpoiltBytes = 6 * kBlockBytes;
constexpr qint64 kCame =
    5 * kBlockBytes; ///< at most: what was on its way when the server stopped is lost

} // namespace

class BhopDamageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void onlyTheDamagedBlockIsFetchedAgain()
    {
        QTemporaryDir home;
        const QString path = home.filePath(u"film.bin"_s);
        HttpServer server;
        const Body body = Body::pattern(9, kSpoiltBytes);
        server.serve("/film.bin", {body});
        server.failAfter("/film.bin", kCame, 403);
        const QStringList common{u"--json"_s, u"--state-dir"_s, home.filePath(u"state"_s)};
        BhopRun run(
            QStringList{u"get"_s, u"-d"_s, home.path(), server.url(u"/film.bin"_s).toString()} +
            common);
        QCOMPARE(run.exitCode(), 4);
        const qint64 durable = run.lines(u"error").first()["fileBytesDone"_L1].toInteger();
        QVERIFY(durable >= 2 * kBlockBytes);
        server.serve("/film.bin", {body});

        QFile part(path + u".part"_s);
        QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(kBlockBytes + 5));
        QCOMPARE(part.write("damaged!"), 8);
        part.close();
        const qsizetype before = server.requests().size();
        BhopRun resume(QStringList{u"resume"_s, u"1"_s} + common);
        QCOMPARE(resume.exitCode(), 0);
        QCOMPARE(contentOf(path), body.slice(0, kSpoiltBytes));
        QList<QByteArray> asked;
        for (const HttpRequest &request : server.requests().sliced(before)) {
            asked.append(request.header("Range").value_or("all"));
        }
        QCOMPARE(asked, QList<QByteArray>({"bytes=1048576-2097151",
                                           "bytes=" + QByteArray::number(durable) + '-'}));
        BhopRun show(QStringList{u"show"_s, u"1"_s} + common);
        QCOMPARE(show.exitCode(), 0);
        QStringList told;
        for (const QJsonObject &line : show.lines(u"timeline")) {
            told.append(line["text"_L1].toString());
        }
        QVERIFY2(
            told.contains(u"1.0 MB of what was here had been damaged on this computer; fetching "
                          "that again"_s),
            qPrintable(told.join(u'\n')));
        QCOMPARE(QDir(home.path()).entryList(QDir::Files), QStringList{u"film.bin"_s});
    }
};

BELLHOP_TEST(BhopDamageTest)
#include "tst_bhop_damage.moc"
