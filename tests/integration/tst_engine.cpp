// SPDX-License-Identifier: Apache-2.0
// Several programs at once on one list, over the engine in a process of its own.
#include "tests/integration/bhop_run.h"
#include "tests/integration/programs_of_one_list.h"
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSharedBytes = 6 * 1024 * 1024;

} // namespace

class EngineTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_list = std::make_unique<ProgramsOfOneList>();
        m_server = &m_list->server;
        m_state = m_list->state();
        m_folder = m_list->folder();
    }
    void cleanup() { m_list.reset(); }

    void manyProgramsUseOneList();
    void whatRunsIsStoppedFromOutside();
    void aDetachedJobRunsAndIsFollowed();
    void startsAtOnceMakeOneEngineAndLoseNoJob();
    void whenTheEngineIsKilledEveryoneGoesOn();
    void aTerminalThatIsKilledChangesNothing();
    void sigtermEndsTheEngineAndItsJobsGoOnWithTheNext();
    void aFolderThatWasRemovedIsNoLongerServed();
    void anEngineThatDoesNotAnswerIsNamed();
    void anEngineThatCannotComeBackEndsWhoNeedsIt();
    void anotherUserIsTurnedAwayAndTold();
    void theUmaskIsThatOfWhoeverAsks();
    void theProxyIsThatOfWhoeverAsks();
    void watchTellsWhatHappensToAnyJob();
    void anEngineThatCannotBeReachedIsDoneWithout();

private:
    [[nodiscard]] QStringList with(const QStringList &words) const { return m_list->with(words); }
    [[nodiscard]] QStringList get(const QString &path, const QStringList &more = {}) const
    {
        return m_list->get(path, more);
    }
    [[nodiscard]] QByteArray fetched(const QString &name) const
    {
        return contentOf(m_folder + u'/' + name);
    }
    /// A file that comes half and then waits at "gate".
    void holdHalf(const QByteArray &path)
    {
        m_server->serve(path, {Body::pattern(1, kSharedBytes)});
        m_server->holdAfter(path, kSharedBytes / 2, "gate");
    }

    std::unique_ptr<ProgramsOfOneList> m_list;
    HttpServer *m_server = nullptr; ///< of the list
    QString m_state;
    QString m_folder;
};

void EngineTest::manyProgramsUseOneList()
{
    holdHalf("/big");
    m_server->serve("/small", {Body::pattern(2, 1000)});
    BhopRun first(get(u"/big"_s));
    QTRY_VERIFY(m_server->isWaitingAt("gate"));

    BhopRun second(get(u"/small"_s));
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(fetched(u"small"_s), patternBytes(2, 0, 1000));
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.lines().size(), 2);
    QCOMPARE(enginesOf(m_state).size(), 1);

    m_server->release("gate");
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(fetched(u"big"_s).size(), kSharedBytes);
}

void EngineTest::whatRunsIsStoppedFromOutside()
{
    holdHalf("/big");
    BhopRun run(get(u"/big"_s));
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    BhopRun suspend(with({u"suspend"_s, u"1"_s}));
    QCOMPARE(suspend.exitCode(), 0);
    QCOMPARE(run.exitCode(), 10);
    QVERIFY(run.lines(u"notice").last()["text"_L1].toString().contains(u"bhop resume 1"_s));
    m_server->release("gate");
    BhopRun resume(with({u"resume"_s, u"1"_s}));
    QCOMPARE(resume.exitCode(), 0);
    QCOMPARE(fetched(u"big"_s).size(), kSharedBytes);
}

void EngineTest::aDetachedJobRunsAndIsFollowed()
{
    holdHalf("/big");
    BhopRun detach(get(u"/big"_s, {u"--detach"_s}));
    QCOMPARE(detach.exitCode(), 0);
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    BhopRun look(with({u"follow"_s, u"1"_s}));
    QTRY_VERIFY(!look.lines(u"state").isEmpty());
    look.interrupt();
    QCOMPARE(look.exitCode(), 10);
    QVERIFY(look.lines(u"notice").value(0)["text"_L1].toString().startsWith(u"The job goes on."_s));
    BhopRun follow(with({u"follow"_s, u"1"_s}));
    QTRY_VERIFY(!follow.lines(u"state").isEmpty());
    m_server->release("gate");
    QCOMPARE(follow.exitCode(), 0);
    QCOMPARE(fetched(u"big"_s).size(), kSharedBytes);
    // What has ended is not waited for.
    BhopRun again(with({u"follow"_s, u"1"_s}));
    QCOMPARE(again.exitCode(), 0);
    BhopRun unknown(with({u"follow"_s, u"2"_s}));
    QVERIFY(unknown.exitCode() > 0);
}

void EngineTest::startsAtOnceMakeOneEngineAndLoseNoJob()
{
    const int starts = qEnvironmentVariableIntValue("BELLHOP_ENGINE_STARTS") > 0
                           ? qEnvironmentVariableIntValue("BELLHOP_ENGINE_STARTS")
                           : 12;
    std::vector<std::unique_ptr<BhopRun>> runs;
    for (int i = 0; i < starts; ++i) {
        const QByteArray path = "/file" + QByteArray::number(i);
        m_server->serve(path, {Body::pattern(quint64(i), 1000)});
        runs.push_back(std::make_unique<BhopRun>(get(QString::fromLatin1(path))));
    }
    for (const auto &run : runs) {
        QCOMPARE(run->exitCode(), 0);
    }
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.lines().size(), starts);
    QCOMPARE(enginesOf(m_state).size(), 1);
    for (int i = 0; i < starts; ++i) {
        QCOMPARE(fetched(u"file%1"_s.arg(i)), patternBytes(quint64(i), 0, 1000));
    }
}

void EngineTest::whenTheEngineIsKilledEveryoneGoesOn()
{
    holdHalf("/big");
    m_server->serve("/other", {Body::pattern(2, kSharedBytes)});
    m_server->holdAfter("/other", kSharedBytes / 2, "other");
    BhopRun first(get(u"/big"_s));
    BhopRun second(get(u"/other"_s));
    QTRY_VERIFY(m_server->isWaitingAt("gate") && m_server->isWaitingAt("other"));
    QCOMPARE(enginesOf(m_state).size(), 1);
    signalEngines(m_state, SIGKILL);
    m_server->release("gate");
    m_server->release("other");
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(fetched(u"big"_s), patternBytes(1, 0, kSharedBytes));
    QCOMPARE(fetched(u"other"_s), patternBytes(2, 0, kSharedBytes));
    QVERIFY(first.lines(u"notice").first()["text"_L1].toString().contains(u"started again"_s));
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.lines().size(), 2);
}

void EngineTest::aTerminalThatIsKilledChangesNothing()
{
    holdHalf("/big");
    BhopRun run(get(u"/big"_s));
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    run.kill();
    QCOMPARE(run.exitCode(), -1);
    BhopRun follow(with({u"follow"_s, u"1"_s}));
    QTRY_VERIFY(!follow.lines(u"state").isEmpty());
    m_server->release("gate");
    QCOMPARE(follow.exitCode(), 0);
    QCOMPARE(fetched(u"big"_s).size(), kSharedBytes);
}

void EngineTest::sigtermEndsTheEngineAndItsJobsGoOnWithTheNext()
{
    holdHalf("/big");
    BhopRun detach(get(u"/big"_s, {u"--detach"_s}));
    QCOMPARE(detach.exitCode(), 0);
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    signalEngines(m_state, SIGTERM);
    QTRY_VERIFY(enginesOf(m_state).isEmpty());
    m_server->release("gate");
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    // Any program is enough for it to go on, and whoever follows it sees its end.
    BhopRun follow(with({u"follow"_s, u"1"_s}));
    QCOMPARE(follow.exitCode(), 0);
    QCOMPARE(fetched(u"big"_s), patternBytes(1, 0, kSharedBytes));
}

void EngineTest::aFolderThatWasRemovedIsNoLongerServed()
{
    m_server->serve("/small", {Body::pattern(2, 1000)});
    BhopRun first(get(u"/small"_s));
    QCOMPARE(first.exitCode(), 0);
    QVERIFY(QDir(m_state).removeRecursively());
    holdHalf("/big");
    BhopRun second(get(u"/big"_s, {u"--detach"_s}));
    QCOMPARE(second.exitCode(), 0);
    QTRY_COMPARE(enginesOf(m_state).size(), 1);
    BhopRun follow(with({u"follow"_s, u"1"_s}));
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    m_server->release("gate");
    QCOMPARE(follow.exitCode(), 0);
    QCOMPARE(fetched(u"big"_s), patternBytes(1, 0, kSharedBytes));
}

void EngineTest::anEngineThatDoesNotAnswerIsNamed()
{
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    const pid_t engine = enginesOf(m_state).value(0);
    signalEngines(m_state, SIGSTOP);
    BhopRun waiting(with({u"list"_s}));
    QCOMPARE(waiting.exitCode(), 11);
    QVERIFY(waiting.err().contains(QByteArray::number(engine)));
    signalEngines(m_state, SIGCONT);
}

void EngineTest::anEngineThatCannotComeBackEndsWhoNeedsIt()
{
    holdHalf("/big");
    BhopRun run(get(u"/big"_s));
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    QVERIFY(QDir().rename(m_state, m_state + u"-elsewhere"_s));
    QFile inItsPlace(m_state);
    QVERIFY(inItsPlace.open(QIODevice::WriteOnly));
    signalEngines(m_state, SIGKILL);
    QCOMPARE(run.exitCode(), 11);
    QVERIFY2(run.err().contains(QFile::encodeName(m_state)), run.err().constData());
    m_server->release("gate");
}

void EngineTest::anotherUserIsTurnedAwayAndTold()
{
    if (::geteuid() != 0) {
        QSKIP("only root can become another user");
    }
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    // Opened wide, as nobody should: the number of the user alone decides.
    const QByteArray state = QFile::encodeName(m_state);
    for (const QByteArray &path :
         {QFile::encodeName(m_list->in(QString())), state, state + "/engine.socket"}) {
        if (::chmod(path.constData(), 0777) != 0) {
            QSKIP("the socket is not in the state folder");
        }
    }
    QProcess stranger;
    stranger.start(u"setpriv"_s, QStringList{u"--reuid=65534"_s, u"--regid=65534"_s,
                                             u"--clear-groups"_s, QStringLiteral(BHOP_PROGRAM)} +
                                     with({u"list"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(stranger.state(), QProcess::NotRunning, 20'000);
    if (stranger.error() == QProcess::FailedToStart || stranger.exitCode() >= 126) {
        QSKIP("another user cannot start the program here");
    }
    QCOMPARE(stranger.exitCode(), 11);
    QVERIFY(stranger.readAllStandardError().contains("another user"));
    QVERIFY(stranger.readAllStandardOutput().isEmpty());
    BhopRun again(with({u"list"_s}));
    QCOMPARE(again.exitCode(), 0);
    QCOMPARE(enginesOf(m_state).size(), 1);
}

void EngineTest::theUmaskIsThatOfWhoeverAsks()
{
    m_server->serve("/a", {Body::pattern(1, 1000)});
    m_server->serve("/b", {Body::pattern(1, 1000)});
    BhopRun open(get(u"/a"_s));
    QCOMPARE(open.exitCode(), 0);
    const mode_t before = ::umask(0077);
    BhopRun closed(get(u"/b"_s));
    ::umask(before);
    QCOMPARE(closed.exitCode(), 0);
    QCOMPARE(enginesOf(m_state).size(), 1);
    QCOMPARE(modeOf(m_folder + u"/a"_s), 0644u);
    QCOMPARE(modeOf(m_folder + u"/b"_s), 0600u);
}

void EngineTest::theProxyIsThatOfWhoeverAsks()
{
    // Asked as a proxy is, it serves what it is asked for by the whole address.
    m_server->serve("http://files.example/a", {Body::pattern(1, 1000)});
    BhopRun list(with({u"list"_s})); // and starts an engine that knows of no proxy
    QCOMPARE(list.exitCode(), 0);
    qputenv("http_proxy", m_server->url(u""_s).toEncoded());
    BhopRun run(with({u"get"_s, u"-d"_s, m_folder, u"http://files.example/a"_s}));
    qunsetenv("http_proxy");
    QCOMPARE(run.exitCode(), 0);
    QCOMPARE(fetched(u"a"_s).size(), 1000);
}

void EngineTest::watchTellsWhatHappensToAnyJob()
{
    m_server->serve("/a", {Body::pattern(1, 1000)});
    BhopRun watch(with({u"watch"_s}));
    BhopRun run(get(u"/a"_s));
    QCOMPARE(run.exitCode(), 0);
    BhopRun missing(get(u"/none"_s));
    QCOMPARE(missing.exitCode(), 4);
    QTRY_COMPARE(watch.lines(u"error").size(), 1);
    QCOMPARE(watch.lines(u"error").first()["job"_L1].toInt(), 2);
    QVERIFY(!watch.lines(u"state").isEmpty());
    watch.interrupt();
    QCOMPARE(watch.exitCode(), 0);
}

void EngineTest::anEngineThatCannotBeReachedIsDoneWithout()
{
    m_list->keepListIn(QString(120, u'x')); // longer than the name of a socket may be
    m_state = m_list->state();
    m_server->serve("/a", {Body::pattern(1, 1000)});
    BhopRun run(get(u"/a"_s));
    QCOMPARE(run.exitCode(), 0);
    QCOMPARE(fetched(u"a"_s).size(), 1000);
    QVERIFY(run.lines(u"notice").first()["text"_L1].toString().contains(u"does the work itself"_s));
}

BELLHOP_TEST(EngineTest)
#include "tst_engine.moc"
