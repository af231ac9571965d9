// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"

#include "tests/core/store/rich_job.h"
#include "tests/support/file_facts.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace core;

namespace {

constexpr int kFilesOfTheChild = 40;
constexpr qsizetype kJobs = 8; // of the file that is damaged

/// The job after save number `step` of the child: files in turn claim one byte more each.
JobRecord jobAfter(int step)
{
    JobRecord job = rich::job(1);
    job.error.reset();
    job.obstacle.reset();
    job.files.clear();
    for (int index = 0; index < kFilesOfTheChild; ++index) {
        job.files.append(rich::plainFile(index));
        // Numbers that wrap, so that the same file changes again and again.
        const int rounds = (step - index + kFilesOfTheChild - 1) / kFilesOfTheChild;
        job.files[index].durable = RangeSet::prefix(std::max(rounds, 0));
    }
    job.errorCount = step;
    return job;
}

StoreDelta deltaOf(int step)
{
    const JobRecord job = jobAfter(step);
    StoreDelta delta;
    delta.id = job.id;
    delta.job = job;
    const int index = (step - 1) % kFilesOfTheChild;
    delta.files = {{index, job.files.at(index)}};
    return delta;
}

/// The child: saves until it is killed, and says each number once it was acknowledged.
int saveForEver(const QStringList &arguments)
{
    const QString path = arguments.at(1);
    SqliteJobStore store(path);
    const auto state = store.load();
    if (!state) {
        return 1;
    }
    int step = state->jobs.isEmpty() ? 0 : state->jobs.first().errorCount;
    if (step == 0 && !store.save({rich::wholeJob(jobAfter(0))})) {
        return 1;
    }
    while (store.save({deltaOf(++step)})) {
        std::printf("%d\n", step);
        std::fflush(stdout);
    }
    return 1;
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

/// What is left of the file after kill -9, a torn disk, a flipped bit.
class StoreSurvivalTest : public QObject {
    Q_OBJECT

private:
    QByteArray m_good;

    /// Loads these bytes. They are opened, or kept as they are and called Damaged where no job can
    /// be read of them; never anything else.
    static std::optional<StoredState> loadBytes(const QByteArray &bytes,
                                                const QByteArray &wal = QByteArray())
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        put(path, bytes);
        if (!wal.isNull()) {
            put(path + QStringLiteral("-wal"), wal);
        }
        SqliteJobStore store(path);
        auto state = store.load();
        const bool isSalvaged = state && state->restored;
        if (state && !isSalvaged) {
            return std::move(*state);
        }
        const QString kept = isSalvaged ? state->restored->damagedPath : path;
        if (contentOf(kept) != bytes || (!state && state.error().fault != StoreFault::Damaged)) {
            qWarning("not kept: %s", qPrintable(kept));
        }
        return isSalvaged ? std::optional(std::move(*state)) : std::nullopt;
    }
    /// Whether it is known that something is missing.
    static bool isNoticed(const std::optional<StoredState> &state)
    {
        return !state || state->restored || !state->problems.isEmpty();
    }

    /// What was opened although bytes are missing: jobs as they were, or left out and named.
    static void expectNothingInvented(const std::optional<StoredState> &state)
    {
        if (!state) {
            return;
        }
        QVERIFY(state->restored || state->jobs.size() + state->problems.size() == kJobs);
        for (const JobRecord &job : state->jobs) {
            QCOMPARE(job, rich::job(job.id.value));
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        {
            SqliteJobStore store(path);
            QVERIFY(store.load());
            for (qint64 id = 1; id <= kJobs; ++id) {
                QVERIFY(store.save({rich::wholeJob(rich::job(id))}));
            }
        }
        m_good = contentOf(path);
        QVERIFY(m_good.size() > 8 * 4096);
    }

    void init()
    {
        // Newer releases of Qt say themselves what the driver answers as well.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*Unable to fetch row)")));
    }

    void everyAcknowledgedSaveSurvivesKillNine()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        QRandomGenerator random(11);
        for (int round = 0; round < 12; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("saveForEver"), path});
            const int lines = 1 + random.bounded(60);
            for (int seen = 0; seen < lines;) {
                QVERIFY(child.canReadLine() || child.waitForReadyRead(20'000));
                while (child.canReadLine() && seen < lines) {
                    QVERIFY(child.readLine().trimmed().toInt() > 0);
                    ++seen;
                }
            }
            child.kill();
            QVERIFY(child.waitForFinished());
            // What came through the pipe before the end was acknowledged too.
            const QList<QByteArray> rest = child.readAllStandardOutput().split('\n');
            int acknowledged = 0;
            for (qsizetype i = 0; i + 1 < rest.size(); ++i) {
                acknowledged = rest.at(i).toInt();
            }

            SqliteJobStore store(path);
            const auto state = store.load();
            QVERIFY(state);
            QVERIFY(state->problems.isEmpty());
            QCOMPARE(state->jobs.size(), 1);
            const int step = state->jobs.first().errorCount;
            QVERIFY(step >= acknowledged && step > 0);
            QCOMPARE(state->jobs.first(), jobAfter(step)); // whole saves only
        }
    }

    void aTruncatedFileIsOpenedOrCalledDamaged()
    {
        for (qsizetype length = 1; length < m_good.size(); length += length < 4200 ? 173 : 1021) {
            expectNothingInvented(loadBytes(m_good.first(length)));
        }
        for (qsizetype end = 4096; end < m_good.size(); end += 4096) {
            const auto state = loadBytes(m_good.first(end));
            expectNothingInvented(state);
            QVERIFY(!state || state->restored);
        }
    }

    void aFlippedBitNeverCrashesNorDeletes()
    {
        int opened = 0;
        for (qsizetype at = 0; at < m_good.size(); at += at < 128 ? 1 : 331) {
            QByteArray bytes = m_good;
            bytes[at] = char(bytes.at(at) ^ (1 << (at % 8)));
            const bool versionField = at >= 60 && at < 64;
            opened += !versionField && loadBytes(bytes) ? 1 : 0;
        }
        QVERIFY(opened > 0); // inside a text it is just another text
    }

    void aPageOfZerosIsFound()
    {
        for (qsizetype page = 0; page < m_good.size(); page += 4096) {
            const auto state =
                loadBytes(QByteArray(m_good).replace(page, 4096, QByteArray(4096, '\0')));
            expectNothingInvented(state);
            QVERIFY(isNoticed(state));
        }
    }

    void rubbishBesideTheFileDoesNotHarmIt()
    {
        for (const QByteArray &wal :
             {QByteArray(""), QByteArray("rubbish").repeated(3000), QByteArray(32, '\0')}) {
            const auto state = loadBytes(m_good, wal);
            QVERIFY(state);
            QCOMPARE(state->jobs.size(), kJobs);
        }
    }

    void aDamagedFileKeepsItsBytesBesideAFullJournal()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        put(path, m_good);
        QByteArray wal;
        {
            SqliteJobStore store(path);
            QVERIFY(store.load());
            QVERIFY(store.save({rich::wholeJob(rich::job(100))}));
            wal = contentOf(path + QStringLiteral("-wal"));
        }
        int damaged = 0;
        for (qsizetype page = 4096; page < m_good.size(); page += 4096) {
            const QByteArray torn = QByteArray(m_good).replace(page, 4096, QByteArray(4096, '\0'));
            damaged += isNoticed(loadBytes(torn, wal)) ? 1 : 0; // which looks at the bytes
        }
        QVERIFY(damaged > 0);
    }

    void aTornJournalLosesOnlyItsTail()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        QByteArray main;
        QByteArray wal;
        {
            SqliteJobStore store(path);
            QVERIFY(store.load());
            for (int step = 0; step < 30; ++step) {
                QVERIFY(store.save({step == 0 ? rich::wholeJob(jobAfter(0)) : deltaOf(step)}));
            }
            main = contentOf(path);
            wal = contentOf(path + QStringLiteral("-wal"));
        }
        int previous = -1;
        for (qsizetype length = 0; length <= wal.size(); length += 2077) {
            const auto state = loadBytes(main, wal.first(length));
            QVERIFY(state);
            if (state->jobs.isEmpty()) {
                QCOMPARE(previous, -1);
                continue;
            }
            const int step = state->jobs.first().errorCount;
            QVERIFY(step >= previous);
            QCOMPARE(state->jobs.first(), jobAfter(step));
            previous = step;
        }
        QVERIFY(previous >= 28);
    }
};

BELLHOP_CHILD(saveForEver)
BELLHOP_TEST(StoreSurvivalTest)
#include "tst_store_survival.moc"
