// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/bhop_run.h"
#include "tests/support/http_server.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

/// The program is killed in the middle, as by a crash or the end of the battery, and begun again.
class KillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void afterKill9TheFileGoesOnFromDurableBytesAndIsRight();
    void killedAnywhereTheFileIsRightInTheEnd();

private:
    static constexpr qint64 kSize = 6'000'000;

    [[nodiscard]] static qint64 firstByteOf(const HttpRequest &request)
    {
        const QByteArray field = request.header("Range").value_or("bytes=0-");
        return field.sliced(int(qstrlen("bytes="))).chopped(1).toLongLong();
    }
    [[nodiscard]] static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void KillTest::afterKill9TheFileGoesOnFromDurableBytesAndIsRight()
{
    QTemporaryDir state;
    QTemporaryDir folder;
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(3, kSize)});
    server.holdAfter("/file", 2'000'000, "first");
    server.holdAfter("/file", 2'500'000, "second");
    const QStringList common{QStringLiteral("--in-process"), QStringLiteral("--state-dir"),
                             state.path()};
    {
        BhopRun run(QStringList{QStringLiteral("get"), QStringLiteral("-d"), folder.path(),
                                server.url(QStringLiteral("/file")).toString()} +
                    common);
        QTRY_VERIFY(server.isWaitingAt("first"));
        // Syncs are two seconds apart on the real clock of a real process.
        QElapsedTimer clock;
        clock.start();
        QTRY_VERIFY_WITH_TIMEOUT(clock.hasExpired(2300), 5000);
        server.release("first");
        QTRY_VERIFY(server.isWaitingAt("second"));
        QTRY_VERIFY_WITH_TIMEOUT(clock.hasExpired(3300), 5000);
        run.kill();
        QCOMPARE(run.exitCode(), -1);
    }
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("file"))));
    const qint64 onDisk = QFile(folder.filePath(QStringLiteral("file.part"))).size();
    const qsizetype before = server.requests().size();
    BhopRun again(QStringList{QStringLiteral("resume"), QStringLiteral("1")} + common);
    QCOMPARE(again.exitCode(), 0);
    const qint64 resumedAt = firstByteOf(server.requests().at(before));
    QVERIFY2(resumedAt > 0, "it began from the first byte");
    QVERIFY2(resumedAt <= onDisk, "it claimed more than was on the disk");
    QCOMPARE(contentOf(folder.filePath(QStringLiteral("file"))), patternBytes(3, 0, kSize));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("file")});
}

void KillTest::killedAnywhereTheFileIsRightInTheEnd()
{
    QTemporaryDir state;
    QTemporaryDir folder;
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(4, kSize)});
    const QStringList common{QStringLiteral("--in-process"), QStringLiteral("--state-dir"),
                             state.path()};
    QStringList command = QStringList{QStringLiteral("get"), QStringLiteral("-d"), folder.path(),
                                      server.url(QStringLiteral("/file")).toString()} +
                          common;
    for (int round = 1; round <= 5; ++round) {
        const QByteArray gate = "gate" + QByteArray::number(round);
        server.holdAfter("/file", round * 700'000, gate);
        BhopRun run(command);
        QTRY_VERIFY(server.isWaitingAt(gate));
        run.kill();
        QCOMPARE(run.exitCode(), -1);
        server.release(gate);
        command = QStringList{QStringLiteral("resume"), QStringLiteral("1")} + common;
    }
    BhopRun last(command);
    QCOMPARE(last.exitCode(), 0);
    QCOMPARE(contentOf(folder.filePath(QStringLiteral("file"))), patternBytes(4, 0, kSize));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("file")});
}

BELLHOP_TEST(KillTest)
#include "tst_kill.moc"
