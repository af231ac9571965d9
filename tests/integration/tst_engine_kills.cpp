// SPDX-License-Identifier: Apache-2.0
// Engine and terminals are killed at any moment, several jobs at once: in the end every file is
// right, and no job is gone or doubled. BELLHOP_KILL_ROUNDS=200 for more of it.
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
#include "tests/support/http_server.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int kJobs = 3;
constexpr qint64 kJobBytes = 3'000'000;

/// One engine, several terminals, and a moment at which one of them is killed.
struct Round {
    explicit Round(quint32 seed)
        : random(seed)
    {
        for (int job = 0; job < kJobs; ++job) {
            server.serve(path(job), {Body::pattern(quint64(job), kJobBytes)});
            server.holdAfter(path(job), random.bounded(int(kJobBytes)), path(job));
            runs.push_back(std::make_unique<BhopRun>(
                with({u"get"_s, u"-d"_s, folder.path(),
                      server.url(QString::fromLatin1(path(job))).toString()})));
        }
    }
    ~Round()
    {
        signalEngines(state.path(), SIGTERM);
        std::ignore = QTest::qWaitFor([this] { return enginesOf(state.path()).isEmpty(); });
    }
    Round(const Round &) = delete;
    Round &operator=(const Round &) = delete;

    [[nodiscard]] static QByteArray path(int job) { return "/file" + QByteArray::number(job); }
    [[nodiscard]] QStringList with(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--state-dir"_s, state.path(), u"--json"_s};
    }
    /// Waits for all jobs to be under way and for one to have come to its place, then kills.
    void strike()
    {
        const int job = random.bounded(kJobs);
        const auto isTime = [&] {
            return server.requests().size() >= kJobs && server.isWaitingAt(path(job));
        };
        require(QTest::qWaitFor(isTime, 20'000), u"job %1 does not come so far"_s.arg(job));
        if (random.bounded(2) == 0) {
            signalEngines(state.path(), SIGKILL);
        } else {
            killed = random.bounded(kJobs);
            runs.at(std::size_t(killed))->kill();
        }
        for (int each = 0; each < kJobs; ++each) {
            server.release(path(each));
        }
    }
    [[nodiscard]] QList<QJsonObject> listed() const
    {
        BhopRun list(with({u"list"_s}));
        require(list.exitCode() == 0, QString::fromUtf8(list.err()));
        return list.lines();
    }

    QRandomGenerator random;
    QTemporaryDir state;
    QTemporaryDir folder;
    HttpServer server;
    std::vector<std::unique_ptr<BhopRun>> runs;
    int killed = -1; ///< the terminal that was killed
};

} // namespace

class EngineKillsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void whoeverIsKilledNothingIsLost_data()
    {
        QTest::addColumn<quint32>("seed");
        const int rounds = std::max(qEnvironmentVariableIntValue("BELLHOP_KILL_ROUNDS"), 10);
        for (int seed = 1; seed <= rounds; ++seed) {
            QTest::addRow("seed %d", seed) << quint32(seed);
        }
    }
    void whoeverIsKilledNothingIsLost()
    {
        QFETCH(quint32, seed);
        Round round(seed);
        round.strike();
        for (int job = 0; job < kJobs; ++job) {
            const int expected = job == round.killed ? -1 : 0;
            BhopRun &run = *round.runs.at(std::size_t(job));
            const int status = run.exitCode();
            QVERIFY2(status == expected, (run.err() + run.out().right(1500)).constData());
        }
        for (const QJsonObject &job : round.listed()) {
            // Of a terminal that was killed: it may come to its end just now, by itself.
            BhopRun resume(round.with({u"resume"_s, QString::number(job["id"_L1].toInt())}));
            QVERIFY(resume.exitCode() >= 0);
        }
        const auto isDone = [](const QJsonObject &job) {
            return job["state"_L1].toString() == u"Acknowledged";
        };
        QTRY_VERIFY(std::ranges::all_of(round.listed(), isDone));
        QCOMPARE(round.listed().size(), kJobs);
        for (int job = 0; job < kJobs; ++job) {
            QCOMPARE(contentOf(round.folder.path() + QString::fromLatin1(Round::path(job))),
                     patternBytes(quint64(job), 0, kJobBytes));
        }
        QCOMPARE(QDir(round.folder.path()).entryList(QDir::Files).size(), kJobs);
        QCOMPARE(enginesOf(round.state.path()).size(), 1);
    }
};

BELLHOP_TEST(EngineKillsTest)
#include "tst_engine_kills.moc"
