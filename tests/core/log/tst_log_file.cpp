// SPDX-License-Identifier: Apache-2.0
#include "core/log/log.h"
#include "core/log/timeline_line.h"
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <csignal>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace core;

namespace {

const QDateTime kNoon = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc()).toUTC();

} // namespace

class LogFileTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name = QStringLiteral("bellhop.log")) const
    {
        return m_folder->filePath(name);
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::System | QDir::Hidden);
    }
    [[nodiscard]] QByteArray everything() const
    {
        QByteArray all;
        for (const QString &name : names()) {
            all += contentOf(path(name));
        }
        return all;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aLineSaysWhenHowBadAndWho()
    {
        Log log([] { return kNoon; });
        log.open(m_folder->path());
        log.write(LogLevel::Info, "engine", QStringLiteral("begins – ä"));
        log.write(LogLevel::Error, "qt", QStringLiteral("two\nlines"));
        log.close();
        QCOMPARE(contentOf(path()), "2026-01-15T12:00:00.000Z info engine: begins – ä\n"
                                    "2026-01-15T12:00:00.000Z error qt: two\\x0alines\n");
    }

    void whatWasSaidBeforeItWasOpenedComesFirst()
    {
        Log log([] { return kNoon; });
        log.write(LogLevel::Info, "a", QStringLiteral("1"));
        log.open(m_folder->path());
        log.write(LogLevel::Info, "a", QStringLiteral("2"));
        log.close();
        log.write(LogLevel::Info, "a", QStringLiteral("3"));
        QCOMPARE(contentOf(path()).count('\n'), 2);
        log.open(m_folder->path());
        log.close();
        QCOMPARE(contentOf(path()).count('\n'), 3);
        QVERIFY(contentOf(path()).endsWith(" 3\n"));
    }

    void ofTooManyBeforeItWasOpenedTheNewestAreKept()
    {
        Log log([] { return kNoon; });
        for (int i = 0; i < Log::kMostWaiting + 10; ++i) {
            log.write(LogLevel::Info, "a", QString::number(i));
        }
        log.open(m_folder->path());
        log.close();
        const QByteArray text = contentOf(path());
        QVERIFY(text.startsWith("... 10 lines were too many\n"));
        QCOMPARE(text.count('\n'), Log::kMostWaiting + 1);
        QVERIFY(text.endsWith(QByteArray::number(Log::kMostWaiting + 9) + '\n'));
    }

    void secretsDoNotGetIn()
    {
        Log log;
        log.open(m_folder->path());
        for (const char *text :
             {"https://SECRET:SECRET@h.example/?k=SECRET#SECRET", "Cookie: SECRET",
              "Set-Cookie: a=SECRET\nb", "Authorization: Basic SECRET", "sent Bearer SECRET",
              "proxy http://u:SECRET@p.example:1", "u:SECRET@p.example:1", "password=SECRET"}) {
            log.write(LogLevel::Warning, "qt", QString::fromLatin1(text));
        }
        // An address that is cut off where the line is would show half a password.
        log.write(LogLevel::Warning, "qt",
                  QString(Log::kLongestLine - 20, u'x') +
                      QStringLiteral(" https://user:SECRETSECRETSECRETSECRET@h.example/"));
        log.close();
        QCOMPARE(contentOf(path()).count('\n'), 9);
        QVERIFY(!contentOf(path()).contains("SECRET"));
    }

    void aLineHasAnEnd()
    {
        Log log;
        log.open(m_folder->path());
        log.write(LogLevel::Info, "a", QString(100'000, u'x'));
        log.close();
        QCOMPARE(contentOf(path()).size(), Log::kLongestLine + 4);
    }

    void isReadByItsOwnerAloneWhateverTheUmask_data()
    {
        QTest::addColumn<int>("mask");
        QTest::newRow("0000") << 0;
        QTest::newRow("0022") << 0022;
        QTest::newRow("0777") << 0777;
    }
    void isReadByItsOwnerAloneWhateverTheUmask()
    {
        QFETCH(int, mask);
        const mode_t before = ::umask(mode_t(mask));
        const auto restore = qScopeGuard([before] { ::umask(before); });
        LogFile file(path(), {.fileBytes = 10, .oldFiles = 2});
        for (int i = 0; i < 5; ++i) {
            file.append("12345678");
        }
        QCOMPARE(names().size(), 3);
        for (const QString &name : names()) {
            QCOMPARE(modeOf(path(name)), mode_t(0600));
        }
    }

    void aFileThatOthersCouldReadIsClosedToThem()
    {
        QFile open(path());
        QVERIFY(open.open(QIODevice::WriteOnly));
        open.close();
        QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0666), 0);
        LogFile(path()).append("x");
        QCOMPARE(modeOf(path()), mode_t(0600));
    }

    void theFullOneMovesOnAndTheOldestGoes()
    {
        LogFile file(path(), {.fileBytes = 20, .oldFiles = 3});
        for (char c = 'a'; c <= 'l'; ++c) {
            file.append(QByteArray(9, c)); // two of them fill a file
        }
        QCOMPARE(names(),
                 QStringList({QStringLiteral("bellhop.log"), QStringLiteral("bellhop.log.1"),
                              QStringLiteral("bellhop.log.2"), QStringLiteral("bellhop.log.3")}));
        QCOMPARE(contentOf(path()), "kkkkkkkkk\nlllllllll\n");
        QCOMPARE(contentOf(path(QStringLiteral("bellhop.log.1"))), "iiiiiiiii\njjjjjjjjj\n");
        QCOMPARE(contentOf(path(QStringLiteral("bellhop.log.3"))), "eeeeeeeee\nfffffffff\n");
    }

    void goesOnWithTheFileOfTheLastTime()
    {
        LogFile(path(), {.fileBytes = 20, .oldFiles = 1}).append("aaaaaaaaa");
        LogFile(path(), {.fileBytes = 20, .oldFiles = 1}).append("bbbbbbbbb");
        QCOMPARE(names().size(), 1);
        LogFile(path(), {.fileBytes = 20, .oldFiles = 1}).append("ccccccccc");
        QCOMPARE(contentOf(path()), "ccccccccc\n");
        QCOMPARE(contentOf(path(QStringLiteral("bellhop.log.1"))), "aaaaaaaaa\nbbbbbbbbb\n");
    }

    void isBoundedThoughItCannotBeRenamed()
    {
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("bellhop.log.1/in the way")));
        LogFile file(path(), {.fileBytes = 20, .oldFiles = 1});
        for (int i = 0; i < 100; ++i) {
            file.append("123456789");
        }
        QVERIFY(contentOf(path()).size() <= 20);
        QVERIFY(!contentOf(path()).isEmpty());
    }

    void aFullDiskLosesLinesAndSaysSoLater()
    {
        LogFile file(path());
        file.append("before");
        {
            // No file may grow beyond this: half a line goes in.
            ::signal(SIGXFSZ, SIG_IGN);
            rlimit before{};
            QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
            const rlimit none{10, before.rlim_max};
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &none), 0);
            const auto restore = qScopeGuard([&before] { ::setrlimit(RLIMIT_FSIZE, &before); });
            file.append("meanwhile");
            file.append("meanwhile");
        }
        QCOMPARE(contentOf(path()), "before\n");
        file.append("after");
        QCOMPARE(contentOf(path()), "before\n... 2 lines could not be written\nafter\n");
    }

    void isNotLedAnywhereElse_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("a link") << QStringLiteral("link");
        QTest::newRow("a pipe") << QStringLiteral("pipe");
        QTest::newRow("a folder") << QStringLiteral("folder");
        QTest::newRow("no folder") << QStringLiteral("nowhere");
    }
    void isNotLedAnywhereElse()
    {
        QFETCH(QString, what);
        const QByteArray name = QFile::encodeName(path());
        const QByteArray target = QFile::encodeName(path(QStringLiteral("other")));
        QString folder = m_folder->path();
        if (what == QStringLiteral("link")) {
            QCOMPARE(::symlink(target.constData(), name.constData()), 0);
        } else if (what == QStringLiteral("pipe")) {
            QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        } else if (what == QStringLiteral("folder")) {
            QCOMPARE(::mkdir(name.constData(), 0700), 0);
        } else {
            folder += QStringLiteral("/no/such");
        }
        Log log;
        log.open(folder);
        log.write(LogLevel::Info, "a", QStringLiteral("x"));
        log.close(); // and nothing hangs
        QVERIFY(!QFile::exists(path(QStringLiteral("other"))));
    }

    void manyThreadsMayWriteAtOnce()
    {
        Log log;
        log.open(m_folder->path());
        std::vector<std::jthread> writers;
        for (int thread = 0; thread < 4; ++thread) {
            writers.emplace_back([&log] {
                for (int i = 0; i < 250; ++i) {
                    log.write(LogLevel::Info, "a", QStringLiteral("line"));
                }
            });
        }
        writers.clear();
        log.close();
        QCOMPARE(everything().count(": line\n"), 1000);
    }

    void entriesOfATimelineAreExactLines_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](std::optional<int> file, const Happening &what, const char *expected) {
            QTest::newRow(expected)
                << logLine({7}, {.time = kNoon, .fileIndex = file, .what = what})
                << QString::fromLatin1(expected);
        };
        using namespace happening;
        row({}, Added{2}, "job 7: 2 files added");
        row({}, StateChanged{JobState::Queued, JobState::Connecting, JobEvent::Start},
            "job 7: Queued -> Connecting by Start");
        row(1, AttemptStarted{2, 500, QUrl(QStringLiteral("https://a.example/x%20%251"))},
            "job 7 file 2: attempt 2 from byte 500 at https://a.example/x%20%251");
        row(0, AttemptEnded{AttemptEnd::Whole, 900},
            "job 7 file 1: attempt ended: Whole, 900 bytes done");
        JobError error{.cause = Cause::ConnectionLost, .httpStatus = 206, .fileBytesDone = 5};
        error.evidence.detail = QStringLiteral("reset %1 by peer");
        row(0, Failed{error, std::chrono::seconds(2)},
            "job 7 file 1: failed, next try in 2000 ms: ConnectionLost while in step Receive, "
            "status 206, "
            "5 bytes done (reset %1 by peer)");
        row({}, FixApplied{QStringLiteral("NewLink")}, "job 7: fix applied: NewLink");
        row({}, Decided{JobEvent::Suspend, Decider::Person}, "job 7: Suspend decided by Person");
        row({}, Fetched{500, 1000}, "job 7: 500 files fetched in one go each, 1000 bytes");
        row({}, FilesChosen{2, 1}, "job 7: 2 files left out, 1 wanted after all");
        row({}, Completed{.kept = 1, .partial = 2, .missing = 3},
            "job 7: completed: 1 kept, 2 partial, 3 missing");
    }
    void entriesOfATimelineAreExactLines()
    {
        QFETCH(QString, line);
        QTEST(line, "expected");
    }
};

BELLHOP_TEST(LogFileTest)
#include "tst_log_file.moc"
