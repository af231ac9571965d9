// SPDX-License-Identifier: Apache-2.0
// What becomes of an unfinished file between two runs of the terminal program is found out by the
// second one.
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
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

/// A film whose link runs out in the middle.
struct FailingFilm {
    FailingFilm()
    {
        comeBack();
        server.failAfter("/film.bin", kCame, 403);
    }
    void comeBack() { server.serve("/film.bin", {body}); }
    [[nodiscard]] QString url() const { return server.url(u"/film.bin"_s).toString(); }

    const Body body = Body::pattern(9, kSpoiltBytes);
    HttpServer server;
};

} // namespace

class BhopDamageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void anUnfinishedFileIsTakenOnWhenItsListIsGone_data()
    {
        QTest::addColumn<QStringList>("engine");
        QTest::newRow("in process") << QStringList{u"--in-process"_s};
        QTest::newRow("by an engine") << QStringList{};
    }

    void anUnfinishedFileIsTakenOnWhenItsListIsGone()
    {
        QFETCH(QStringList, engine);
        QTemporaryDir home;
        const QString path = home.filePath(u"film.bin"_s);
        FailingFilm film;
        const QString url = film.url();
        BhopRun run({u"get"_s, u"-d"_s, home.path(), url, u"--in-process"_s, u"--state-dir"_s,
                     home.filePath(u"lost"_s)});
        QCOMPARE(run.exitCode(), 4);
        film.comeBack();
        QVERIFY(QDir(home.filePath(u"lost"_s)).removeRecursively());

        const QStringList common =
            QStringList{u"--json"_s, u"--state-dir"_s, home.filePath(u"state"_s)} + engine;
        BhopRun list(QStringList{u"adopt"_s, home.path()} + common);
        QCOMPARE(list.exitCode(), 0);
        const QJsonObject found = list.lines(u"lonePart").value(0);
        if (found.isEmpty()) {
            QSKIP("the file system has no extended attributes");
        }
        QCOMPARE(found["path"_L1].toString(), path + u".part"_s);
        QCOMPARE(found["name"_L1].toString(), u"film.bin"_s);
        BhopRun nowhere(QStringList{u"adopt"_s, home.filePath(u"nowhere"_s)} + common);
        QCOMPARE(nowhere.exitCode(), 8);
        BhopRun adopt(QStringList{u"adopt"_s, path + u".part"_s, u"--link"_s, url} + common);
        QCOMPARE(adopt.exitCode(), 0);
        QCOMPARE(adopt.lines(u"state").value(0)["job"_L1].toInteger(), 1);
        BhopRun again(QStringList{u"adopt"_s, path + u".part"_s, u"--link"_s, url} + common);
        QCOMPARE(again.exitCode(), 2);
        BhopRun resume(QStringList{u"resume"_s, u"1"_s} + common);
        QCOMPARE(resume.exitCode(), 0);
        QCOMPARE(contentOf(path), film.body.slice(0, kSpoiltBytes));
        QVERIFY(film.server.requests().last().header("Range").value_or("bytes=0-") != "bytes=0-");
        endEngines(home.filePath(u"state"_s));
    }

    void onlyTheDamagedBlockIsFetchedAgain()
    {
        QTemporaryDir home;
        const QString path = home.filePath(u"film.bin"_s);
        FailingFilm film;
        const QStringList common{u"--json"_s, u"--state-dir"_s, home.filePath(u"state"_s)};
        BhopRun run(QStringList{u"get"_s, u"-d"_s, home.path(), film.url()} + common);
        QCOMPARE(run.exitCode(), 4);
        const qint64 durable = run.lines(u"error").first()["fileBytesDone"_L1].toInteger();
        QVERIFY(durable >= 2 * kBlockBytes);
        film.comeBack();

        QFile part(path + u".part"_s);
        QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(kBlockBytes + 5));
        QCOMPARE(part.write("damaged!"), 8);
        part.close();
        const qsizetype before = film.server.requests().size();
        BhopRun resume(QStringList{u"resume"_s, u"1"_s} + common);
        QCOMPARE(resume.exitCode(), 0);
        QCOMPARE(contentOf(path), film.body.slice(0, kSpoiltBytes));
        QList<QByteArray> asked;
        for (const HttpRequest &request : film.server.requests().sliced(before)) {
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
        QVERIFY2(told.contains(
                     u"Up to 1.0 MB of what was here had been damaged on this computer; fetching "
                     "that again"_s),
                 qPrintable(told.join(u'\n')));
        QCOMPARE(QDir(home.path()).entryList(QDir::Files), QStringList{u"film.bin"_s});
        endEngines(home.filePath(u"state"_s));
    }
};

BELLHOP_TEST(BhopDamageTest)
#include "tst_bhop_damage.moc"
