// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"

#include "core/store/sqlite_file.h"
#include "tests/core/store/rich_job.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;

/// A file that somebody edited is read as carefully as anything else from outside.
class StoredRowsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("jobs.sqlite")); }

    QVariant ask(const QString &sql)
    {
        auto connection = SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
        if (!connection) {
            return {};
        }
        const auto answer = (*connection)->run(sql, StoreFault::CannotSave);
        if (!answer) {
            qWarning("%s", qPrintable(answer.error().detail));
        }
        return answer.value_or(QVariant());
    }

    static void rows(const QList<std::pair<const char *, const char *>> &all)
    {
        QTest::addColumn<QString>("sql");
        for (const auto &[title, sql] : all) {
            QTest::newRow(title) << QString::fromLatin1(sql);
        }
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        SqliteJobStore store(path());
        QVERIFY(store.load());
        QVERIFY(store.save({rich::wholeJob(rich::job(1)), rich::wholeJob(rich::job(2))}));
    }

    void aJobWithABadRowIsLeftOutAndKept_data()
    {
        // clang-format off
        rows({
            {"unknown type",             "UPDATE jobs SET type = 'Sideload' WHERE id = 1"},
            {"unknown state",            "UPDATE jobs SET state = 'queued' WHERE id = 1"},
            {"unknown priority",         "UPDATE jobs SET priority = '' WHERE id = 1"},
            {"relative folder",          "UPDATE jobs SET folder = 'downloads' WHERE id = 1"},
            {"folder with steps up",     "UPDATE jobs SET folder = '/srv/../etc' WHERE id = 1"},
            {"folder that ends up",      "UPDATE jobs SET folder = '/srv/..' WHERE id = 1"},
            {"no folder",                "UPDATE jobs SET folder = '' WHERE id = 1"},
            {"options not JSON",         "UPDATE jobs SET options = 'x' WHERE id = 1"},
            {"options an array",         "UPDATE jobs SET options = '[1]' WHERE id = 1"},
            {"error not JSON",           "UPDATE jobs SET error = '{' WHERE id = 1"},
            {"error without cause",      "UPDATE jobs SET error = '{}' WHERE id = 1"},
            {"negative error count",     "UPDATE jobs SET error_count = -1 WHERE id = 1"},
            {"huge error count",         "UPDATE jobs SET error_count = 4294967296 WHERE id = 1"},
            {"time out of range",        "UPDATE jobs SET created_at = 9223372036854775807 WHERE id = 1"},
            {"local file",               "UPDATE files SET url = 'file:///etc/passwd' WHERE job = 1 AND position = 1"},
            {"no host",                  "UPDATE files SET url = 'http:///x' WHERE job = 1 AND position = 0"},
            {"no address",               "UPDATE files SET url = '' WHERE job = 1 AND position = 0"},
            {"name with steps up",       "UPDATE files SET name = '../.bashrc' WHERE job = 1 AND position = 0"},
            {"name of the folder above", "UPDATE files SET name = '..' WHERE job = 1 AND position = 0"},
            {"name with line break",     "UPDATE files SET wanted_name = 'a' || char(10) || 'b' WHERE job = 1 AND position = 0"},
            {"name too long",            "UPDATE files SET wanted_name = hex(zeroblob(128)) WHERE job = 1 AND position = 0"},
            {"unknown hash",             "UPDATE files SET wanted_hash = 'crc:00' WHERE job = 1 AND position = 0"},
            {"unknown file state",       "UPDATE files SET state = 'Done' WHERE job = 1 AND position = 0"},
            {"negative size",            "UPDATE files SET size = -1 WHERE job = 1 AND position = 0"},
            {"header in the ETag",       "UPDATE files SET etag = CAST('x' || char(13, 10) || 'Evil: 1' AS BLOB) WHERE job = 1 AND position = 0"},
            {"header in the date",       "UPDATE files SET response_date = x'0d0a' WHERE job = 1 AND position = 0"},
            {"claims not ranges",        "UPDATE files SET durable = 'all' WHERE job = 1 AND position = 1"},
            {"claims beyond the end",    "UPDATE files SET durable = '0-1000002' WHERE job = 1 AND position = 1"},
            {"relative part",            "UPDATE files SET part_path = 'x.part' WHERE job = 1 AND position = 1"},
            {"part with steps up",       "UPDATE files SET part_path = '/srv/../etc/passwd' WHERE job = 1 AND position = 1"},
            {"part with NUL",            "UPDATE files SET part_path = '/srv/a' || char(0) || 'b' WHERE job = 1 AND position = 1"},
            {"relative published path",  "UPDATE files SET published_path = 'x' WHERE job = 1 AND position = 1"},
            {"unknown policy",           "UPDATE files SET existing = 'Overwrite' WHERE job = 1 AND position = 0"},
            {"due without delay",        "UPDATE files SET due_delay = NULL WHERE job = 1 AND position = 0"},
            {"delay of ages",            "UPDATE files SET due_delay = 9223372036854775807 WHERE job = 1 AND position = 0"},
            {"unknown size source",      "UPDATE files SET size_source = 'Guessed' WHERE job = 1 AND position = 0"},
            {"negative failures",        "UPDATE files SET failures = -3 WHERE job = 1 AND position = 0"},
            {"file gone",                "DELETE FROM files WHERE job = 1 AND position = 0"},
            {"file far behind",          "UPDATE files SET position = 100000 WHERE job = 1 AND position = 1"},
            {"error of no file",         "DELETE FROM files WHERE job = 1 AND position = 1"},
            {"superseded part elsewhere","UPDATE superseded SET path = '../x' WHERE job = 1"},
            {"superseded part nowhere",  "UPDATE superseded SET path = '' WHERE job = 1"},
        });
        // clang-format on
    }
    void aJobWithABadRowIsLeftOutAndKept()
    {
        QFETCH(QString, sql);
        ask(sql);
        {
            SqliteJobStore store(path());
            const auto state = store.load();
            QVERIFY(state);
            QCOMPARE(state->jobs, QList({rich::job(2)}));
            QCOMPARE(state->problems.size(), 1);
            QVERIFY2(state->problems.first().startsWith(QStringLiteral("job 1 was left out: ")),
                     qPrintable(state->problems.first()));
            QCOMPARE(state->lastJobId, 2);
            QVERIFY(store.save({rich::wholeJob(rich::job(3)), rich::removal({2})}));
        }
        QCOMPARE(ask(QStringLiteral("SELECT count(*) FROM jobs WHERE id = 1")).toInt(), 1);
        QVERIFY(ask(QStringLiteral("SELECT count(*) FROM files WHERE job = 1")).toInt() >= 1);
    }

    void aBadSettingIsLeftOut_data()
    {
        rows({
            {"unknown setting", "INSERT INTO settings VALUES ('turbo', '1')"},
            {"not a number", "INSERT INTO settings VALUES ('jobsAtOnce', 'many')"},
            {"zero", "INSERT INTO settings VALUES ('filesAtOnce', '0')"},
            {"huge", "INSERT INTO settings VALUES ('connectionsPerHost', '100000')"},
            {"relative folder", "INSERT INTO settings VALUES ('downloadFolder', '../x')"},
        });
    }
    void aBadSettingIsLeftOut()
    {
        QFETCH(QString, sql);
        ask(sql);
        SqliteJobStore store(path());
        const auto state = store.load();
        QVERIFY(state);
        QCOMPARE(state->jobs.size(), 2);
        QCOMPARE(state->problems.size(), 1);
        QCOMPARE(state->settings, Settings());
    }

    void rowsThatHangOnNoJobAreLeftOut()
    {
        ask(QStringLiteral("UPDATE files SET job = 77 WHERE job = 1"));
        SqliteJobStore store(path());
        const auto state = store.load();
        QVERIFY(state);
        QCOMPARE(state->jobs.last(), rich::job(2));
        QVERIFY(
            state->problems.contains(QStringLiteral("job 77 was left out: files without a job")));
    }

    void theHighestIdIsNeverBelowTheJobsThatAreThere()
    {
        ask(QStringLiteral("UPDATE counters SET value = 0"));
        SqliteJobStore store(path());
        QCOMPARE(store.load()->lastJobId, 2);
    }

    void aMissingTableIsDamage()
    {
        ask(QStringLiteral("DROP TABLE superseded"));
        SqliteJobStore store(path());
        const auto state = store.load();
        QVERIFY(!state);
        QCOMPARE(int(state.error().fault), int(StoreFault::Damaged));
    }
};

BELLHOP_TEST(StoredRowsTest)
#include "tst_stored_rows.moc"
