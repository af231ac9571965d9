// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/bhop_run.h"
#include "tests/integration/kill_scenes.h"
#include "tests/support/pretty.h"
#include "tests/support/stored_copy.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

/// The job that is looked at, and one that keeps the program alive: it waits for its server.
constexpr qint64 kJob = 1;
constexpr qint64 kAnchor = 2;

} // namespace

/// The program is killed while a job is in each of the states in which it may stay for a while.
/// Whoever looks afterwards finds what was, and the job can go on.
class KillStatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theStateIsFoundAgainAndTheJobGoesOn_data();
    void theStateIsFoundAgainAndTheJobGoesOn();
    void aSuspendedJobStaysSuspendedWithItsBytes();
    void aJobBehindOthersStaysQueued();

private:
    [[nodiscard]] QStringList with(const QStringList &arguments) const
    {
        return arguments +
               QStringList{u"--in-process"_s, u"--state-dir"_s, m_state->path(), u"--json"_s};
    }
    void put(const QString &path, const QStringList &options = {}) const;
    void putAnchor() const;
    [[nodiscard]] JobRecord stored(qint64 id) const { return storedJob(m_state->path(), id); }
    [[nodiscard]] QList<QJsonObject> told(const QStringList &command, QStringView event) const;
    void compareWhatIsTold(qint64 id, const JobRecord &left, JobState state) const;
    void comparePart(const JobRecord &left) const;
    void goOn(const QStringList &fixes, const QString &name, quint64 seed) const;
    [[nodiscard]] QStringList listing() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HttpServer> m_server;
};

void KillStatesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_state = std::make_unique<QTemporaryDir>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<HttpServer>();
}

void KillStatesTest::cleanup()
{
    m_server.reset();
    m_folder.reset();
    m_state.reset();
}

void KillStatesTest::put(const QString &path, const QStringList &options) const
{
    BhopRun run(with(QStringList{u"get"_s, u"--detach"_s, u"-d"_s, m_folder->path()} + options +
                     QStringList{m_server->url(path).toString()}));
    QCOMPARE(run.exitCode(), 0);
}

void KillStatesTest::putAnchor() const
{
    m_server->serve("/anchor", {.body = QByteArray("anchor")});
    m_server->next("/anchor", {step::Stall{}});
    put(u"/anchor"_s);
}

QList<QJsonObject> KillStatesTest::told(const QStringList &command, QStringView event) const
{
    BhopRun run(with(command));
    return run.exitCode() == 0 ? run.lines(event) : QList<QJsonObject>();
}

/// `list` and `show` say what the program that was killed had written down.
void KillStatesTest::compareWhatIsTold(qint64 id, const JobRecord &left, JobState state) const
{
    const QString number = QString::number(id);
    QJsonObject listed;
    for (const QJsonObject &job : told({u"list"_s}, u"state")) {
        listed = job["job"_L1].toInteger() == id ? job : listed;
    }
    const QJsonObject shown = told({u"show"_s, number}, u"state").value(0);
    const QJsonObject file = told({u"show"_s, number}, u"file").value(0);
    const FileRecord &was = left.files.value(0);
    for (const QJsonObject &job : {listed, shown}) {
        QCOMPARE(job["state"_L1].toString(), QLatin1StringView(name(state)));
        // A job that is about to go on does not complain.
        const bool isStopped = state == JobState::Error || state == JobState::TransientError;
        const auto error = isStopped ? left.error : std::nullopt;
        const auto &problem = left.obstacle ? left.obstacle : error;
        const QJsonValue said = job[left.obstacle ? "obstacle"_L1 : "error"_L1];
        QCOMPARE(said["cause"_L1].toString(),
                 problem ? QString::fromLatin1(name(problem->cause)) : QString());
        QCOMPARE(said["httpStatus"_L1].toInt(), problem ? problem->httpStatus : 0);
        QCOMPARE(job["progress"_L1]["bytesDone"_L1].toInteger(), was.durable.sizeBytes());
    }
    QCOMPARE(file["due"_L1].isNull(), state != JobState::TransientError);
    QCOMPARE(file["bytesDone"_L1].toInteger(), was.durable.sizeBytes());
    QCOMPARE(file["name"_L1].toString(), was.name.isEmpty() ? u"file"_s : was.name);
    QCOMPARE(stored(id).files, left.files); // looking has changed nothing
}

/// What was written down of the part is true, and there is no other.
void KillStatesTest::comparePart(const JobRecord &left) const
{
    const FileRecord &file = left.files.value(0);
    QStringList parts = listing();
    parts.removeIf([](const QString &name) { return !name.contains(u".part"); });
    if (file.part.path.isEmpty()) {
        QCOMPARE(parts, QStringList());
        return;
    }
    QCOMPARE(parts, QStringList{QFileInfo(file.part.path).fileName()});
    QFile part(file.part.path);
    QVERIFY(part.open(QIODevice::ReadOnly));
    for (const ByteRange &range :
         file.durable.ranges()) { // several connections may have brought it
        QVERIFY(part.seek(range.first));
        QCOMPARE(part.read(range.sizeBytes()), patternBytes(1, range.first, range.sizeBytes()));
    }
}

void KillStatesTest::goOn(const QStringList &fixes, const QString &name, quint64 seed) const
{
    BhopRun run(with(QStringList{u"resume"_s, QString::number(kJob)} + fixes));
    QCOMPARE(run.exitCode(), 0);
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), patternBytes(seed, 0, kSceneSize));
    const QStringList left = listing().filter(u".part"_s);
    QCOMPARE(left, QStringList());
}

void KillStatesTest::theStateIsFoundAgainAndTheJobGoesOn_data()
{
    QTest::addColumn<Scene>("scene");
    QTest::newRow("Connecting") << scene::connecting();
    QTest::newRow("Connecting, with bytes") << scene::connectingAgain();
    QTest::newRow("Transferring") << scene::transferring();
    QTest::newRow("TransientError, the server is busy") << scene::busy();
    QTest::newRow("TransientError, with bytes") << scene::cutOff();
    QTest::newRow("Error, nothing there") << scene::notFound();
    QTest::newRow("Error, the file was changed") << scene::changed();
    QTest::newRow("Transferred, the name is taken") << scene::taken();
}

void KillStatesTest::theStateIsFoundAgainAndTheJobGoesOn()
{
    QFETCH(Scene, scene);
    scene.arrange(m_server.get(), m_folder->path());
    put(u"/file"_s, scene.options);
    putAnchor();
    const auto isThere = [&] {
        scene.goOn(m_server.get());
        const JobRecord job = stored(kJob);
        return job.state == scene.killedIn &&
               (!scene.hasBytes || job.files.value(0).durable.sizeBytes() > 0) &&
               stored(kAnchor).state == JobState::Connecting;
    };
    BhopRun run(with({u"resume"_s, QString::number(kJob), QString::number(kAnchor)}));
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), 15'000);
    run.kill();
    QCOMPARE(run.exitCode(), -1);

    const JobRecord left = stored(kJob);
    QCOMPARE(left.state, scene.killedIn);
    const auto &problem = left.obstacle ? left.obstacle : left.error;
    QCOMPARE(problem ? std::optional(problem->cause) : std::nullopt, scene.cause);
    comparePart(left);
    compareWhatIsTold(kJob, left, scene.restsIn);
    QCOMPARE(told({u"cancel"_s, QString::number(kAnchor)}, u"cancelled").size(), 1);
    comparePart(left);
    scene.mend(m_server.get());
    const qsizetype before = m_server->requests("/file").size();
    goOn(scene.fixes, scene.name, scene.seed);
    if (scene.hasBytes && scene.fixes.isEmpty()) {
        const ByteRange &held = left.files.first().durable.ranges().first();
        const QByteArray range =
            m_server->requests("/file").at(before).header("Range").value_or("");
        QCOMPARE(held.first, 0);
        QVERIFY2(range.startsWith("bytes=" + QByteArray::number(held.end) + '-'),
                 range.constData());
    }
}

void KillStatesTest::aSuspendedJobStaysSuspendedWithItsBytes()
{
    m_server->serve("/file", scene::version(1));
    m_server->holdAfter("/file", kSceneSize / 2, "half");
    put(u"/file"_s);
    putAnchor();
    BhopRun first(with({u"resume"_s, QString::number(kJob)}));
    QTRY_VERIFY(m_server->isWaitingAt("half"));
    QTRY_COMPARE(stored(kJob).state, JobState::Transferring); // some of it has come
    first.interrupt();
    QCOMPARE(first.exitCode(), 10);
    BhopRun second(with({u"resume"_s, QString::number(kAnchor)}));
    QTRY_COMPARE(stored(kAnchor).state, JobState::Connecting);
    second.kill();
    QCOMPARE(second.exitCode(), -1);

    const JobRecord left = stored(kJob);
    QCOMPARE(left.state, JobState::Suspended);
    QVERIFY(left.files.first().durable.sizeBytes() > 0);
    comparePart(left);
    compareWhatIsTold(kJob, left, JobState::Suspended);
    m_server->release("half");
    goOn({}, u"file"_s, 1);
}

void KillStatesTest::aJobBehindOthersStaysQueued()
{
    // Four jobs run at once; the fifth has to wait.
    const QStringList all{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s};
    m_server->serve("/file", scene::version(1));
    m_server->next("/file", {step::Stall{}}, 4);
    for (qsizetype i = 0; i < all.size(); ++i) {
        put(u"/file"_s);
    }
    BhopRun run(with(QStringList{u"resume"_s} + all));
    QTRY_COMPARE(m_server->requests("/file").size(), 4);
    QTRY_COMPARE(stored(4).state, JobState::Connecting);
    QTRY_COMPARE(stored(5).state, JobState::Queued);
    run.kill();
    QCOMPARE(run.exitCode(), -1);

    QCOMPARE(listing(), QStringList());
    QList<JobRecord> left; // before anybody looks, for that brings them to rest
    for (qint64 id = 1; id <= all.size(); ++id) {
        left.append(stored(id));
    }
    for (const JobRecord &job : left) {
        QCOMPARE(job.state, job.id.value == 5 ? JobState::Queued : JobState::Connecting);
        compareWhatIsTold(job.id.value, job, JobState::Queued);
    }
    BhopRun last(with({u"resume"_s, u"5"_s}));
    QCOMPARE(last.exitCode(), 0);
    QCOMPARE(listing(), QStringList{u"file"_s});
    QCOMPARE(stored(1).state, JobState::Queued); // not asked for, so not begun
}

BELLHOP_TEST(KillStatesTest)
#include "tst_kill_states.moc"
