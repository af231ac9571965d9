// SPDX-License-Identifier: Apache-2.0
#include "core/store/store_schema.h"

#include "core/store/sqlite_job_store.h"

#include <QVariant>

#include <array>

namespace core {

namespace {

/// Tells our file from any other SQLite database: "BHOP" in the field made for it.
constexpr int kApplicationId = 0x42484f50;

// Enumerators are stored by name, nested values as JSON, durable bytes as the text of a RangeSet,
// times as milliseconds since 1970 UTC.
// clang-format off
constexpr std::array kVersion1{
    "PRAGMA application_id = 1112035152", // kApplicationId
    "CREATE TABLE counters ("
    " name TEXT NOT NULL PRIMARY KEY,"
    " value INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID",
    "INSERT INTO counters VALUES ('last_job_id', 0)",
    "CREATE TABLE settings ("
    " name TEXT NOT NULL PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE jobs ("
    " id INTEGER PRIMARY KEY CHECK (id > 0),"
    " type TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " priority TEXT NOT NULL,"
    " folder TEXT NOT NULL,"
    " options TEXT NOT NULL,"
    " error TEXT,"
    " obstacle TEXT,"
    " error_count INTEGER NOT NULL,"
    " created_at INTEGER,"
    " modified_at INTEGER,"
    " transferred_at INTEGER"
    ") STRICT",
    "CREATE TABLE files ("
    " job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL CHECK (position >= 0),"
    " url TEXT NOT NULL,"
    " wanted_name TEXT NOT NULL,"
    " wanted_hash TEXT,"
    " state TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " size INTEGER,"
    " etag BLOB NOT NULL,"
    " last_modified BLOB NOT NULL,"
    " response_date BLOB NOT NULL,"
    " durable TEXT NOT NULL,"
    " part_path TEXT NOT NULL,"
    " part_device INTEGER NOT NULL,"
    " part_inode INTEGER NOT NULL,"
    " published_path TEXT NOT NULL,"
    " existing TEXT,"
    " error TEXT,"
    " due_at INTEGER,"
    " due_delay INTEGER,"
    " failures INTEGER NOT NULL,"
    " PRIMARY KEY (job, position)"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE superseded ("
    " job INTEGER NOT NULL,"
    " file INTEGER NOT NULL,"
    " position INTEGER NOT NULL,"
    " path TEXT NOT NULL,"
    " device INTEGER NOT NULL,"
    " inode INTEGER NOT NULL,"
    " PRIMARY KEY (job, file, position),"
    " FOREIGN KEY (job, file) REFERENCES files (job, position) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE notices ("
    " job INTEGER PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL"
    ") STRICT",
};

constexpr std::array kVersion2{
    "ALTER TABLE files ADD COLUMN acceptance TEXT NOT NULL DEFAULT 'Checked'",
    "ALTER TABLE files ADD COLUMN promised_hash TEXT",
    "CREATE TABLE timeline ("
    " job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL CHECK (position >= 0),"
    " entry TEXT NOT NULL,"
    " PRIMARY KEY (job, position)"
    ") STRICT, WITHOUT ROWID",
};

constexpr std::array kVersion3{
    "ALTER TABLE files ADD COLUMN size_source TEXT NOT NULL DEFAULT 'Stated'",
};

constexpr std::array kVersion4{
    "ALTER TABLE files ADD COLUMN part_size INTEGER",
    "ALTER TABLE files ADD COLUMN part_modified_ns INTEGER",
    // The hashes of a piece of a file, of so many bytes that a save of a few new ones stays small.
    "CREATE TABLE block_hashes ("
    " job INTEGER NOT NULL,"
    " file INTEGER NOT NULL,"
    " chunk INTEGER NOT NULL CHECK (chunk >= 0),"
    " pieces BLOB NOT NULL,"
    " PRIMARY KEY (job, file, chunk),"
    " FOREIGN KEY (job, file) REFERENCES files (job, position) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID",
};

// Who is to be told of a job is part of the job.
constexpr std::array kVersion5{
    "ALTER TABLE jobs ADD COLUMN untold_front_ends INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE jobs ADD COLUMN untold_command INTEGER NOT NULL DEFAULT 0",
    "UPDATE jobs SET untold_front_ends = 1 WHERE id IN (SELECT job FROM notices)",
    "DROP TABLE notices",
};

constexpr std::array kVersion6{
    "ALTER TABLE files ADD COLUMN upload TEXT",
};

constexpr std::array kVersion7{
    "ALTER TABLE jobs ADD COLUMN connections_borne INTEGER",
};

constexpr std::array kVersion8{
    "ALTER TABLE jobs ADD COLUMN served_as TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN priority TEXT NOT NULL DEFAULT 'Normal'",
    // Jobs that are not on the list any more and may have secrets in the keyring still.
    "CREATE TABLE keyring_left (job INTEGER PRIMARY KEY) STRICT",
    "CREATE TRIGGER leave_in_keyring AFTER DELETE ON jobs"
    " WHEN json_valid(old.options) AND json_extract(old.options, '$.keepSecrets') BEGIN"
    " INSERT OR IGNORE INTO keyring_left VALUES (old.id); END",
};

constexpr std::array kVersion9{
    "ALTER TABLE superseded ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0",
    "UPDATE timeline SET entry = replace(entry, '\"kind\":\"Damaged\"', '\"kind\":\"Rechecked\"')",
};

constexpr std::array kVersion10{
    "ALTER TABLE superseded ADD COLUMN whole INTEGER NOT NULL DEFAULT 0",
};

constexpr std::array kMigrations{
    Migration{1, kVersion1},
    Migration{2, kVersion2},
    Migration{3, kVersion3},
    Migration{4, kVersion4},
    Migration{5, kVersion5},
    Migration{6, kVersion6},
    Migration{7, kVersion7},
    Migration{8, kVersion8},
    Migration{9, kVersion9},
    Migration{10, kVersion10},
};
// clang-format on
static_assert(kMigrations.back().version == SqliteJobStore::kSchemaVersion);
static_assert(kApplicationId == 1112035152);

StoreError damaged(const QString &path, const QString &detail)
{
    return {StoreFault::Damaged, path, detail};
}

StoreResult<int> readInteger(SqliteConnection &connection, const QString &sql)
{
    return connection.run(sql, StoreFault::CannotOpen).map([](const QVariant &value) {
        return value.toInt();
    });
}

/// A file without tables is new, whatever made it; a file with tables must be ours.
StoreResult<int> ourVersion(SqliteConnection &connection, const QString &path)
{
    const auto version = readInteger(connection, QStringLiteral("PRAGMA user_version"));
    const auto tables =
        readInteger(connection, QStringLiteral("SELECT count(*) FROM sqlite_schema"));
    const auto application = readInteger(connection, QStringLiteral("PRAGMA application_id"));
    for (const auto *answer : {&version, &tables, &application}) {
        if (!*answer) {
            return *answer;
        }
    }
    if (*tables == 0 && *version == 0) {
        return 0;
    }
    if (*application != kApplicationId || *version <= 0) {
        return tl::unexpected(damaged(path, QStringLiteral("a database of another program")));
    }
    return *version;
}

} // namespace

std::span<const Migration> schemaMigrations()
{
    return kMigrations;
}

StoreResult<int> checkedVersion(SqliteConnection &connection, const QString &path, int newest)
{
    const auto version = ourVersion(connection, path);
    if (!version) {
        return version;
    }
    if (*version > newest) {
        return tl::unexpected(
            StoreError{StoreFault::Newer, path, QStringLiteral("version %1").arg(*version)});
    }
    const auto check =
        connection.run(QStringLiteral("PRAGMA quick_check(1)"), StoreFault::CannotOpen);
    if (!check) {
        return tl::unexpected(check.error());
    }
    if (check->toString() != QLatin1StringView("ok")) {
        return tl::unexpected(damaged(path, check->toString()));
    }
    return version;
}

namespace {

StoreResult<> runSteps(SqliteConnection &connection, int from,
                       std::span<const Migration> migrations)
{
    for (const Migration &step : migrations) {
        if (step.version <= from) {
            continue;
        }
        for (const char *statement : step.statements) {
            if (const auto done =
                    connection.run(QString::fromLatin1(statement), StoreFault::CannotOpen);
                !done) {
                return tl::unexpected(done.error());
            }
        }
    }
    const QString setVersion = QStringLiteral("PRAGMA user_version = %1");
    return connection.run(setVersion.arg(migrations.back().version), StoreFault::CannotOpen)
        .map([](const QVariant &) {});
}

} // namespace

StoreResult<> migrate(SqliteConnection &connection, int from, std::span<const Migration> migrations)
{
    if (from >= migrations.back().version) {
        return {};
    }
    const auto run = [&connection](const char *sql) {
        return connection.run(QString::fromLatin1(sql), StoreFault::CannotOpen);
    };
    if (const auto begun = run("BEGIN IMMEDIATE"); !begun) {
        return tl::unexpected(begun.error());
    }
    const auto stepped = runSteps(connection, from, migrations);
    const auto committed = stepped ? run("COMMIT") : StoreResult<QVariant>();
    if (stepped && committed) {
        return {};
    }
    // Its own failure adds nothing: whatever is not committed is gone at the next opening.
    [[maybe_unused]] const auto rolledBack = run("ROLLBACK");
    return tl::unexpected(stepped ? committed.error() : stepped.error());
}

} // namespace core
