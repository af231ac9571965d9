// SPDX-License-Identifier: Apache-2.0
// The terminal program where its surroundings are not what it needs: too little of something, an
// output that takes nothing, input that never ends.
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
#include "tests/support/http_server.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int status = -1; ///< -1 when it crashed or did not end
    QString err;
};

} // namespace

class BhopSurroundingsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void whatTheProgramNeedsIsSaidInOneSentence_data();
    void whatTheProgramNeedsIsSaidInOneSentence();
    void aFileThatIsTooLargeIsSaidToBe();
    void withoutAHomeNothingIsWritten();
    void badInputIsSaidInOneSentence_data();
    void badInputIsSaidInOneSentence();
    void anOutputThatIsFullIsSaidAndIsNoSuccess_data();
    void anOutputThatIsFullIsSaidAndIsNoSuccess();
    void theEndDoesNotWaitForADiskThatHangs_data();
    void theEndDoesNotWaitForADiskThatHangs();

private:
    /// As a shell runs it: "{bhop}" is the program on a list of its own, "{dir}" an empty folder.
    [[nodiscard]] Ended run(QString command) const
    {
        command.replace(u"{bhop}"_s, QStringLiteral(BHOP_PROGRAM));
        command.replace(u"{dir}"_s, m_dir.path());
        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_STATE_HOME"_s, m_state.path());
        shell.setProcessEnvironment(environment);
        shell.start(u"/bin/sh"_s, {u"-c"_s, command});
        const bool hasEnded =
            QTest::qWaitFor([&shell] { return shell.state() == QProcess::NotRunning; }, 30'000);
        if (!hasEnded) {
            shell.kill();
            shell.waitForFinished();
        }
        return {hasEnded && shell.exitStatus() == QProcess::NormalExit ? shell.exitCode() : -1,
                QString::fromUtf8(shell.readAllStandardError())};
    }

    QTemporaryDir m_state;
    QTemporaryDir m_dir;
};

void BhopSurroundingsTest::whatTheProgramNeedsIsSaidInOneSentence_data()
{
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("names");
    QTest::newRow("open files") << u"ulimit -n 20"_s << u"open files"_s;
    QTest::newRow("addresses") << u"ulimit -v 300000"_s << u"memory addresses"_s;
}

void BhopSurroundingsTest::whatTheProgramNeedsIsSaidInOneSentence()
{
    QFETCH(const QString, limit);
    QFETCH(const QString, names);
    const Ended ended = run(limit + u"; exec {bhop} list"_s);
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.err.startsWith(u"bhop: "_s) && ended.err.contains(names), qPrintable(ended.err));
    QCOMPARE(ended.err.count(u'\n'), 1);
}

void BhopSurroundingsTest::aFileThatIsTooLargeIsSaidToBe()
{
    HttpServer server;
    server.serve("/film.mp4", {.body = Body::pattern(3, 30'000'000)});
    const QString get =
        u"ulimit -f 20000; exec {bhop} get --in-process --on-error stop -d {dir} "_s;
    const Ended ended = run(get + server.url(u"/film.mp4"_s).toString());
    QCOMPARE(ended.status, 8);
    QVERIFY2(ended.err.contains(u"cannot take a file of 30.0 MB"_s), qPrintable(ended.err));
}

void BhopSurroundingsTest::withoutAHomeNothingIsWritten()
{
    const Ended ended = run(u"exec env -u HOME -u XDG_STATE_HOME {bhop} list"_s);
    QCOMPARE(ended.status, 11);
    QVERIFY2(ended.err.contains(u"HOME is not set"_s), qPrintable(ended.err));
    QCOMPARE(ended.err.count(u'\n'), 1);
}

void BhopSurroundingsTest::badInputIsSaidInOneSentence_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    QTest::newRow("a list without an end")
        << u"-i /dev/zero"_s << 2 << u"a line of it is longer than"_s;
    QTest::newRow("a list without a name") << u"-i ''"_s << 2 << u"The list of links"_s;
    QTest::newRow("a folder that is a file")
        << u"-d /etc/hostname http://127.0.0.1:9/"_s << 8 << u"is a file, and not a folder"_s;
    QTest::newRow("a folder that is no text")
        << u"-d \"$(printf '{dir}/\\377')\" http://127.0.0.1:9/"_s << 2 << u"UTF-8"_s;
    QTest::newRow("a folder that takes no files")
        << u"-d /proc http://127.0.0.1:9/"_s << 8 << u"not allowed to write"_s;
    QTest::newRow("standard output as a file")
        << u"-o - http://127.0.0.1:9/"_s << 2 << u"does not write to standard output"_s;
    QTest::newRow("a header without a colon")
        << u"--header 'Bearer s3cret' http://127.0.0.1:9/"_s << 2 << u"request header"_s;
}

void BhopSurroundingsTest::badInputIsSaidInOneSentence()
{
    QFETCH(const QString, words);
    QFETCH(const int, status);
    QFETCH(const QString, says);
    const Ended ended = run(u"exec {bhop} get "_s + words);
    QCOMPARE(ended.status, status);
    QVERIFY2(ended.err.startsWith(u"bhop: "_s) && ended.err.contains(says), qPrintable(ended.err));
    QCOMPARE(ended.err.count(u'\n'), 1);
    QVERIFY(!ended.err.contains(u"s3cret"_s));
}

void BhopSurroundingsTest::anOutputThatIsFullIsSaidAndIsNoSuccess_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QList<int>>("statuses"); ///< the end of the job may come first or not
    QTest::newRow("help") << u"help"_s << QList<int>{1};
    QTest::newRow("version") << u"--version"_s << QList<int>{1};
    QTest::newRow("get") << u"get -d {dir} {link}"_s << QList<int>{1};
    QTest::newRow("get --json") << u"get --json -d {dir} {link}"_s << QList<int>{1, 10};
}

void BhopSurroundingsTest::anOutputThatIsFullIsSaidAndIsNoSuccess()
{
    QFETCH(QString, words);
    QFETCH(const QList<int>, statuses);
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, 1000)});
    words.replace(u"{link}"_s, server.url(u"/file"_s).toString());
    const Ended ended = run(u"exec {bhop} "_s + words + u" > /dev/full"_s);
    QVERIFY2(statuses.contains(ended.status), qPrintable(QString::number(ended.status)));
    QVERIFY2(ended.err.contains(u"bhop: Standard output cannot be written to: No space left"_s),
             qPrintable(ended.err));
}

void BhopSurroundingsTest::theEndDoesNotWaitForADiskThatHangs_data()
{
    QTest::addColumn<bool>("inProcess");
    QTest::newRow("of the program itself") << true;
    QTest::newRow("of the engine") << false;
}

void BhopSurroundingsTest::theEndDoesNotWaitForADiskThatHangs()
{
    QFETCH(const bool, inProcess);
    HttpServer server;
    server.serve("/film", {.body = Body::pattern(1, 1000)});
    const QHash<QString, QString> hanging{
        {u"LD_PRELOAD"_s, QStringLiteral(BELLHOP_DISK_FAULTS)},
        {u"BELLHOP_DISK_FOLDERS"_s, m_dir.path()},
        {u"BELLHOP_DISK_FAULT"_s, u"hang"_s},
        {u"BELLHOP_DISK_AT"_s, u"1"_s},
        {u"BELLHOP_DISK_REPORT"_s, m_state.filePath(inProcess ? u"report"_s : u"of the engine"_s)},
    };
    const QStringList state{u"--state-dir"_s, m_state.path()};
    QStringList words{u"get"_s, u"-d"_s, m_dir.path(), server.url(u"/film"_s).toString()};
    std::optional<BhopRun> engine;
    if (inProcess) {
        words += u"--in-process"_s;
    } else {
        engine.emplace(QStringList{u"engine"_s} + state, QByteArray(), hanging);
        QTRY_VERIFY(!enginesOf(m_state.path()).isEmpty());
    }
    BhopRun get(words + state, {}, engine ? QHash<QString, QString>() : hanging);
    QTRY_VERIFY(contentOf(hanging[u"BELLHOP_DISK_REPORT"_s]).contains("hit write"));
    get.interrupt();
    if (engine) {
        QCOMPARE(get.exitCode(), 10); // at once: the job is suspended
        engine->interrupt();
    }
    BhopRun &waiting = engine ? *engine : get;
    QVERIFY(waiting.endsWithin(std::chrono::seconds(15)));
    QCOMPARE(waiting.exitCode(), 10);
    QVERIFY2(waiting.err().contains("A disk is still not done"), waiting.err().constData());
}

BELLHOP_TEST(BhopSurroundingsTest)
#include "tst_bhop_surroundings.moc"
