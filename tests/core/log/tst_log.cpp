// SPDX-License-Identifier: Apache-2.0
#include "core/log/log.h"
#include "core/log/timeline_line.h"
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <sys/stat.h>

using namespace core;

namespace {

const QDateTime kNow = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc()).toUTC();

} // namespace

class LogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aLineSaysWhenHowGraveWhoAndWhat()
    {
        const QTemporaryDir folder;
        Log log([] { return kNow; });
        log.open(folder.path());
        log.write(LogLevel::Warning, "engine", QStringLiteral("the disk is slow"));
        log.close();
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("bellhop.log"))),
                 "2026-01-15T12:00:00.000Z warning engine: the disk is slow\n");
    }

    void whatWasSaidBeforeTheFileWasOpenComesFirst()
    {
        const QTemporaryDir folder;
        Log log([] { return kNow; });
        log.write(LogLevel::Info, "qt", QStringLiteral("early"));
        log.open(folder.path());
        log.write(LogLevel::Info, "qt", QStringLiteral("late"));
        log.close();
        const QList<QByteArray> lines =
            contentOf(folder.filePath(QStringLiteral("bellhop.log"))).trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.first().endsWith("early") && lines.last().endsWith("late"));
    }

    void onlyItsOwnerMayReadItEvenWhereItWasOpenToAll()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bellhop.log"));
        QFile(path).open(QIODevice::WriteOnly);
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner |
                                                QFile::ReadGroup | QFile::ReadOther));
        Log log;
        log.open(folder.path());
        log.write(LogLevel::Info, "engine", QStringLiteral("x"));
        log.close();
        QCOMPARE(modeOf(path), mode_t(0600));
    }

    void aFullFileMakesWayAndTheOldestGoes()
    {
        const QTemporaryDir folder;
        Log log([] { return kNow; });
        log.open(folder.path(), {.fileBytes = 200, .oldFiles = 2});
        for (int i = 0; i < 40; ++i) {
            log.write(LogLevel::Info, "engine", QStringLiteral("line %1").arg(i));
        }
        log.close();
        const QStringList files = QDir(folder.path()).entryList(QDir::Files, QDir::Name);
        QCOMPARE(files, (QStringList{QStringLiteral("bellhop.log"), QStringLiteral("bellhop.log.1"),
                                     QStringLiteral("bellhop.log.2")}));
        QByteArray all;
        for (auto file = files.crbegin(); file != files.crend(); ++file) {
            const QByteArray content = contentOf(folder.filePath(*file));
            QVERIFY(content.size() <= 200);
            QCOMPARE(modeOf(folder.filePath(*file)), mode_t(0600));
            all += content;
        }
        QVERIFY(all.endsWith("line 39\n"));
        QVERIFY(!all.contains("line 0\n"));
    }

    void aLinkInItsPlaceIsNotFollowed()
    {
        const QTemporaryDir folder;
        const QString elsewhere = folder.filePath(QStringLiteral("precious"));
        QFile(elsewhere).open(QIODevice::WriteOnly);
        QVERIFY(QFile::link(elsewhere, folder.filePath(QStringLiteral("bellhop.log"))));
        Log log;
        log.open(folder.path());
        log.write(LogLevel::Info, "engine", QStringLiteral("x"));
        log.close();
        QCOMPARE(contentOf(elsewhere), QByteArray());
    }

    void whatCouldNotBeWrittenIsCountedOnceItCanBeAgain()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bellhop.log"));
        QVERIFY(QDir().mkpath(path)); // a folder in its place
        LogFile file(path);
        file.append("one");
        file.append("two");
        QVERIFY(QDir().rmdir(path));
        file.append("three");
        QCOMPARE(contentOf(path), "... 2 lines could not be written\nthree\n");
    }

    void everyLineIsRedactedAndStaysOneLine_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("secret");
        const auto row = [](const char *name, const char *said, const char *secret) {
            QTest::newRow(name) << QString::fromUtf8(said) << QString::fromUtf8(secret);
        };
        row("a login in a link", "fetching https://me:hush@a.example/f", "hush");
        row("a key in a link", "fetching https://a.example/f?sig=hush&x=1", "hush");
        row("a fragment", "fetching https://a.example/f#hush", "hush");
        row("a login for a proxy", "through http://me:hush@10.0.0.1:3128", "hush");
        row("a login for a socks proxy", "through socks5://me:hush@10.0.0.1:1080", "hush");
        row("a header", "sent Authorization: Basic hush", "hush");
        row("a cookie", "sent Cookie: a=b; c=hush", "hush");
        row("a cookie that came", "got Set-Cookie: sid=hush; Path=/", "hush");
        row("a header of a server's own", "sent X-Api-Key: hush", "hush");
        row("a login for a proxy as a field", "Proxy-Authorization: Basic hush", "hush");
        row("two lines", "first\nsecond", "\n");
        row("an escape", "a \x1b[31m b", "\x1b");
        row("a turn of direction", "a \xe2\x80\xae b", "\xe2\x80\xae");
    }
    void everyLineIsRedactedAndStaysOneLine()
    {
        QFETCH(QString, said);
        QFETCH(QString, secret);
        const QTemporaryDir folder;
        Log log([] { return kNow; });
        log.open(folder.path());
        log.write(LogLevel::Info, "engine", said);
        log.close();
        const QByteArray content = contentOf(folder.filePath(QStringLiteral("bellhop.log")));
        QVERIFY(!content.isEmpty());
        QVERIFY2(!content.chopped(1).contains(secret.toUtf8()), content.constData());
    }

    void anEntryOfTheTimelineIsOneExactLine()
    {
        const TimelineEntry failed{
            .time = kNow,
            .fileIndex = 2,
            .what = happening::Failed{.error = {.cause = Cause::ServerFailed, .httpStatus = 500},
                                      .nextTry = std::chrono::milliseconds(1500)}};
        QCOMPARE(logLine(JobId{7}, failed),
                 QStringLiteral("job 7 file 3: failed, next try in 1500 ms: ServerFailed while in "
                                "step Receive, status 500, 0 bytes done"));
    }
};

BELLHOP_TEST(LogTest)
#include "tst_log.moc"
