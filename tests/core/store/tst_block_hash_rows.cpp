// SPDX-License-Identifier: Apache-2.0
#include "core/store/block_hash_rows.h"

#include "core/store/sqlite_file.h"
#include "core/store/sqlite_job_store.h"
#include "tests/core/store/rich_job.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;

/// The hashes of a long file are rows of their own.
class BlockHashRowsTest : public QObject {
    Q_OBJECT

    static constexpr qint64 kBlock = BlockHashes::kBlockBytes;
    static constexpr qint64 kChunk = BlockHashTable::kChunkBlocks * kBlock;
    static constexpr JobId kJob{7};

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SqliteJobStore> m_store;

    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("jobs.sqlite")); }
    /// A file of which so much has come, all but the range, all hashed.
    static FileRecord fileOf(qint64 end, ByteRange without = {})
    {
        FileRecord file = rich::plainFile(0);
        file.sizeBytes.reset();
        file.durable = RangeSet::prefix(end);
        file.durable.remove(without);
        for (qint64 at = 0; at < end; at += kBlock) {
            file.seal.hashes.insert({{at, std::min(at + kBlock, end)}, quint64(at) * 31 + 1});
        }
        file.seal.hashes = file.seal.hashes.within(file.durable);
        return file;
    }
    void save(const FileRecord &file) const
    {
        QVERIFY(m_store->save({rich::oneFile(kJob, 0, file)}));
    }
    BlockHashes reloaded()
    {
        m_store = std::make_unique<SqliteJobStore>(path());
        const auto state = m_store->load();
        if (!state || state->jobs.size() != 1 || !state->problems.isEmpty()) {
            qWarning("not as it was saved");
            return {};
        }
        return state->jobs.first().files.first().seal.hashes;
    }
    QVariant ask(const QString &sql)
    {
        m_store.reset();
        const auto connection = SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
        const auto answer = (*connection)->run(sql, StoreFault::CannotSave);
        return answer.value_or(QVariant());
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<SqliteJobStore>(path());
        QVERIFY(m_store->load());
        JobRecord job = rich::job(kJob.value);
        job.files = {fileOf(0)};
        job.error.reset();
        job.obstacle.reset();
        QVERIFY(m_store->save({rich::wholeJob(job)}));
    }

    void theyComeBackHoweverTheFileGrowsAndLoses()
    {
        const QList<FileRecord> stages{
            fileOf(1000),
            fileOf(kChunk + 5),
            fileOf(3 * kChunk, {kChunk - kBlock, 2 * kChunk}), // the middle chunk has none
            fileOf(3 * kChunk),
            fileOf(kBlock / 2),
            fileOf(0),
            fileOf(2 * kChunk),
        };
        for (const FileRecord &stage : stages) {
            save(stage);
            QCOMPARE(reloaded(), stage.seal.hashes);
        }
    }

    void theyGoWithTheJob()
    {
        save(fileOf(2 * kChunk));
        QVERIFY(m_store->save({rich::removal(kJob)}));
        QCOMPARE(ask(QStringLiteral("SELECT count(*) FROM block_hashes")).toInt(), 0);
    }

    void rowsThatAreAsTheyWereAreNotWritten()
    {
        save(fileOf(3 * kChunk));
        ask(QStringLiteral("CREATE TABLE writes (chunk INTEGER)"));
        ask(QStringLiteral("CREATE TRIGGER counts AFTER UPDATE ON block_hashes BEGIN "
                           "INSERT INTO writes VALUES (new.chunk); END"));
        QCOMPARE(reloaded().pieces().size(), 3 * BlockHashTable::kChunkBlocks);
        save(fileOf(3 * kChunk));
        FileRecord grown = fileOf(3 * kChunk);
        grown.seal.hashes.insert({{2 * kChunk, 2 * kChunk + kBlock}, 5});
        save(grown);
        QCOMPARE(ask(QStringLiteral("SELECT group_concat(chunk) FROM writes")).toString(),
                 QStringLiteral("2"));
    }

    void aRowThatCannotBeUsedVouchesForNothing_data()
    {
        QTest::addColumn<QString>("pieces");
        const QString good = QStringLiteral("00000000000000000000000000000010");
        QTest::newRow("cut off") << QString(good + QStringLiteral("00"));
        QTest::newRow("no piece") << QStringLiteral(
            "000000000000001000000000000000100000000000000001");
        QTest::newRow("across blocks")
            << QStringLiteral("000000000000000000000000001000010000000000000001");
        QTest::newRow("of another chunk")
            << QStringLiteral("000000001000000000000000100000010000000000000001");
        QTest::newRow("twice") << QString(good + QStringLiteral("0000000000000001") + good +
                                          QStringLiteral("0000000000000001"));
    }
    void aRowThatCannotBeUsedVouchesForNothing()
    {
        QFETCH(QString, pieces);
        save(fileOf(2 * kChunk));
        ask(QStringLiteral("UPDATE block_hashes SET pieces = x'%1' WHERE chunk = 0").arg(pieces));
        SqliteJobStore store(path());
        const auto state = store.load();
        QVERIFY(state);
        QCOMPARE(state->problems.size(), 1);
        const FileRecord &file = state->jobs.first().files.first();
        QCOMPARE(file.durable, RangeSet::prefix(2 * kChunk)); // still claimed
        RangeSet second;
        second.insert({kChunk, 2 * kChunk});
        QCOMPARE(file.seal.hashes.ranges(), second);
    }

    void hashesOfWhatIsNotClaimedAreLeftOut()
    {
        save(fileOf(2 * kBlock));
        ask(QStringLiteral("UPDATE files SET durable = '0-%1'").arg(kBlock + 1));
        QCOMPARE(reloaded().ranges(), RangeSet::prefix(kBlock));
    }
};

BELLHOP_TEST(BlockHashRowsTest)
#include "tst_block_hash_rows.moc"
