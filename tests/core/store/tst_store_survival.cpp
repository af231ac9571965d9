// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"

#include "tests/core/store/rich_job.h"
#include "tests/support/pretty.h"

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace core;

namespace {

constexpr int kFilesOfTheChild = 40;

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
int saveForEver(const QString &path)
{
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

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

/// What is left of the file after kill -9, a torn disk, a flipped bit.
class StoreSurvivalTest : public QObject {
    Q_OBJECT

private:
    QByteArray m_good;

    /// A load of these bytes: opens, or says Damaged and leaves them as they are. Never anything
    /// else.
    static void loadDamaged(const QByteArray &bytes, const QByteArray &wal, int &opened)
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        const auto put = [](const QString &name, const QByteArray &content) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(content), content.size());
        };
        put(path, bytes);
        if (!wal.isNull()) {
            put(path + QStringLiteral("-wal"), wal);
        }
        SqliteJobStore store(path);
        const auto state = store.load();
        if (state) {
            ++opened;
            return;
        }
        QCOMPARE(int(state.error().fault), int(StoreFault::Damaged));
        QVERIFY(bytesOf(path) == bytes);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        {
            SqliteJobStore store(path);
            QVERIFY(store.load());
            for (qint64 id = 1; id <= 20; ++id) {
                QVERIFY(store.save(
                    {rich::wholeJob(rich::job(id)), rich::notice({id}, NoticeKind::Error)}));
            }
        }
        m_good = bytesOf(path);
        QVERIFY(m_good.size() > 10 * 4096);
    }

    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyAcknowledgedSaveSurvivesKillNine()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jobs.sqlite"));
        QRandomGenerator random(11);
        for (int round = 0; round < 12; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--save"), path});
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
        int opened = 0;
        for (qsizetype length = 1; length < m_good.size(); length += length < 4200 ? 173 : 1021) {
            loadDamaged(m_good.first(length), {}, opened);
        }
        for (qsizetype page = 4096; page < m_good.size(); page += 4096) {
            loadDamaged(m_good.first(page), {}, opened);
        }
        QCOMPARE(opened, 0);
    }

    void aFlippedBitNeverCrashesNorDeletes()
    {
        int opened = 0;
        for (qsizetype at = 0; at < m_good.size(); at += at < 128 ? 1 : 331) {
            QByteArray bytes = m_good;
            bytes[at] = char(bytes.at(at) ^ (1 << (at % 8)));
            const bool newerVersion = at >= 60 && at < 64; // user_version
            if (!newerVersion) {
                loadDamaged(bytes, {}, opened);
            }
        }
        QVERIFY(opened > 0); // inside a text it is just another text
    }

    void aPageOfZerosIsFound()
    {
        int opened = 0;
        for (qsizetype page = 0; page < m_good.size(); page += 4096) {
            loadDamaged(QByteArray(m_good).replace(page, 4096, QByteArray(4096, '\0')), {}, opened);
        }
        QCOMPARE(opened, 0);
    }

    void rubbishBesideTheFileDoesNotHarmIt()
    {
        int opened = 0;
        loadDamaged(m_good, QByteArray(""), opened);
        loadDamaged(m_good, QByteArray("rubbish").repeated(3000), opened);
        loadDamaged(m_good, QByteArray(32, '\0'), opened);
        QCOMPARE(opened, 3);
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
            main = bytesOf(path);
            wal = bytesOf(path + QStringLiteral("-wal"));
        }
        int previous = -1;
        for (qsizetype length = 0; length <= wal.size(); length += 2077) {
            const QTemporaryDir copy;
            const QString there = copy.filePath(QStringLiteral("jobs.sqlite"));
            for (const auto &[name, bytes] :
                 {std::pair(there, main),
                  std::pair(there + QStringLiteral("-wal"), wal.first(length))}) {
                QFile file(name);
                QVERIFY(file.open(QIODevice::WriteOnly));
                QCOMPARE(file.write(bytes), bytes.size());
            }
            SqliteJobStore store(there);
            const auto state = store.load();
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

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1StringView("--save")) {
        return saveForEver(arguments.at(2));
    }
    StoreSurvivalTest test;
    return QTest::qExec(&test, arguments);
}
#include "tst_store_survival.moc"
