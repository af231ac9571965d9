// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"

#include "core/store/delta_writer.h"
#include "core/store/durable_file.h"
#include "core/store/list_backups.h"
#include "core/store/list_recovery.h"
#include "core/store/merged_deltas.h"
#include "core/store/sqlite_file.h"
#include "core/store/store_schema.h"
#include "core/store/stored_state_reader.h"
#include "core/store/timeline_table.h"

#include <QVariant>

#include <algorithm>

namespace core {

/// The open file and what reads and writes it.
class SqliteJobStore::Private {
public:
    Private(QString path, QDateTime openedAt)
        : m_path(std::move(path))
        , m_openedAt(std::move(openedAt))
    {
    }
    ~Private() { close(); }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    StoreResult<StoredState> load();
    void close();
    [[nodiscard]] bool isOpen() const { return m_writer.has_value(); }
    StoreResult<> save(const QList<StoreDelta> &deltas);
    StoreResult<TimelinePage> timeline(JobId job, int first, int count);

private:
    StoreResult<StoredState> read() { return readStoredState(m_connection->database(), m_path); }
    StoreResult<StoredState> openAndRead();
    StoreResult<> open();
    StoreResult<qint64> prepareNotEmptied();
    StoreResult<> migrateFrom(int version);
    void backUp();
    StoreResult<> checkUntouched(qint64 sizeBytes);
    StoreResult<> check(SqliteConnection &connection);
    StoreResult<> connect();
    StoreResult<> prepareFile();
    StoreResult<> prepareStatements();
    [[nodiscard]] tl::unexpected<StoreError> notLoaded() const;
    StoreResult<> run(const char *sql, StoreFault otherwise);

    std::optional<QSqlError> apply(const StoreDelta &delta);

    const QString m_path;
    const QDateTime m_openedAt;
    std::optional<QDateTime> m_writtenAt;  ///< when something was saved last, before it was opened
    std::optional<StoreResult<>> m_backup; ///< the one made while opening, if one was
    std::unique_ptr<SqliteConnection> m_connection;
    std::optional<TimelineTable> m_timeline;
    std::optional<DeltaWriter> m_writer;
};

void SqliteJobStore::Private::close()
{
    m_writer.reset(); // before the connection they use
    m_timeline.reset();
    m_connection.reset();
}

StoreResult<StoredState> SqliteJobStore::Private::load()
{
    if (isOpen()) {
        return read();
    }
    auto restored = finishRestoring(m_path);
    if (!restored) {
        return tl::unexpected(restored.error());
    }
    auto loaded = openAndRead();
    if (!loaded && loaded.error().fault == StoreFault::Damaged) {
        auto replaced = restoreList(m_path, m_openedAt);
        if (!replaced) {
            loaded.error().detail += QStringLiteral("; ") + replaced.error().detail;
            loaded.error().fault = replaced.error().fault; // a backup may want only room
            return loaded;
        }
        restored = std::move(*replaced);
        loaded = openAndRead();
    }
    if (loaded) {
        loaded->restored = std::move(*restored);
        loaded->backupFailed =
            m_backup && !*m_backup ? std::optional(m_backup->error()) : std::nullopt;
    }
    return loaded;
}

/// A list is proved good when all of it could be read; only then is there a backup of it, and only
/// after that is anything saved.
StoreResult<StoredState> SqliteJobStore::Private::openAndRead()
{
    const auto written = lastWritten(m_path);
    m_writtenAt = std::max(written, lastWritten(m_path + QStringLiteral("-wal")));
    m_backup.reset();
    auto loaded = open().and_then([this] { return read(); });
    if (!loaded) {
        close();
    } else if (!m_backup && m_writtenAt && isBackupDue(m_path, *m_writtenAt, m_openedAt)) {
        backUp();
    }
    return loaded;
}

void SqliteJobStore::Private::backUp()
{
    m_backup = makeBackup(*m_connection, m_path, m_openedAt);
}

/// The size of the file, 0 for a new one; one that was emptied is none.
StoreResult<qint64> SqliteJobStore::Private::prepareNotEmptied()
{
    const bool wasThere = isThere(m_path);
    auto size = preparePrivateFile(m_path);
    // SQLite would take it for new and delete what is beside it.
    const bool hasTraces =
        !backupsOf(m_path).isEmpty() || lastWritten(m_path + QStringLiteral("-wal")).has_value();
    if (size && *size == 0 && wasThere && hasTraces) {
        return tl::unexpected(
            StoreError{StoreFault::Damaged, m_path, QStringLiteral("emptied, but not new")});
    }
    return size;
}

StoreResult<> SqliteJobStore::Private::open()
{
    const auto size = prepareNotEmptied();
    if (!size) {
        return tl::unexpected(size.error());
    }
    const auto checked = *size > 0 ? checkUntouched(*size) : StoreResult<>();
    // On a full disk it cannot even be looked at that way, but perhaps be opened.
    if (!checked && checked.error().fault != StoreFault::CannotOpen) {
        return checked;
    }
    return connect()
        .and_then([this, &checked] { return checked ? StoreResult<>() : check(*m_connection); })
        .and_then([this] { return prepareFile(); });
}

/// Looks at the file through a connection that cannot write: whatever is found wrong, the bytes
/// stay as they are. (An ordinary connection would fold the -wal into the file when it closes.)
StoreResult<> SqliteJobStore::Private::checkUntouched(qint64 sizeBytes)
{
    if (sizeBytes < kShortestFileBytes) {
        return tl::unexpected(
            StoreError{StoreFault::Damaged, m_path, QStringLiteral("cut off in its header")});
    }
    const auto connection = SqliteConnection::open(m_path, SqliteConnection::Access::ReadOnly);
    if (!connection) {
        return tl::unexpected(connection.error());
    }
    return check(**connection);
}

StoreResult<> SqliteJobStore::Private::check(SqliteConnection &connection)
{
    return checkedVersion(connection, m_path, kSchemaVersion)
        .and_then([this](int version) -> StoreResult<> {
            // What was saved stood in a -wal that is gone.
            if (version == 0 && !backupsOf(m_path).isEmpty()) {
                return tl::unexpected(StoreError{StoreFault::Damaged, m_path,
                                                 QStringLiteral("without tables, but not new")});
            }
            return {};
        });
}

StoreResult<> SqliteJobStore::Private::connect()
{
    auto connection = SqliteConnection::open(m_path, SqliteConnection::Access::ReadWrite);
    if (!connection) {
        return tl::unexpected(connection.error());
    }
    m_connection = std::move(*connection);
    return run("PRAGMA locking_mode = EXCLUSIVE", StoreFault::CannotOpen);
}

StoreResult<> SqliteJobStore::Private::prepareFile()
{
    // The lock is exclusive before WAL begins: so no shared memory is needed.
    for (const char *pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"}) {
        if (auto done = run(pragma, StoreFault::CannotOpen); !done) {
            return done;
        }
    }
    const auto version =
        m_connection->run(QStringLiteral("PRAGMA user_version"), StoreFault::CannotOpen);
    if (!version) {
        return tl::unexpected(version.error());
    }
    return migrateFrom(version->toInt()).and_then([this] { return prepareStatements(); });
}

StoreResult<> SqliteJobStore::Private::migrateFrom(int version)
{
    if (version > 0 && version < kSchemaVersion) {
        backUp();
    }
    return migrate(*m_connection, version, schemaMigrations());
}

StoreResult<> SqliteJobStore::Private::prepareStatements()
{
    auto timeline = TimelineTable::prepare(m_connection->database(), m_path);
    if (!timeline) {
        return tl::unexpected(timeline.error());
    }
    auto writer = DeltaWriter::prepare(m_connection->database(), m_path);
    if (!writer) {
        return tl::unexpected(writer.error());
    }
    m_timeline = std::move(*timeline);
    m_writer = std::move(*writer);
    return {};
}

tl::unexpected<StoreError> SqliteJobStore::Private::notLoaded() const
{
    return tl::unexpected(StoreError{StoreFault::CannotSave, m_path, QStringLiteral("not loaded")});
}

StoreResult<TimelinePage> SqliteJobStore::Private::timeline(JobId job, int first, int count)
{
    if (!isOpen()) {
        return notLoaded();
    }
    return m_timeline->page(job, first, count);
}

StoreResult<> SqliteJobStore::Private::run(const char *sql, StoreFault otherwise)
{
    return m_connection->run(QString::fromLatin1(sql), otherwise).map([](const QVariant &) {});
}

StoreResult<> SqliteJobStore::Private::save(const QList<StoreDelta> &deltas)
{
    if (!isOpen()) {
        return notLoaded();
    }
    if (deltas.isEmpty()) {
        return {};
    }
    if (auto begun = run("BEGIN IMMEDIATE", StoreFault::CannotSave); !begun) {
        return begun;
    }
    std::optional<QSqlError> failed;
    const QList<StoreDelta> changes = merged(deltas);
    for (auto delta = changes.begin(); delta != changes.end() && !failed; ++delta) {
        failed = apply(*delta);
    }
    auto result = failed ? tl::unexpected(storeError(*failed, m_path, StoreFault::CannotSave))
                         : run("COMMIT", StoreFault::CannotSave);
    if (!result) {
        // Some failures have already ended the transaction, so its answer says nothing.
        [[maybe_unused]] const auto rolledBack = run("ROLLBACK", StoreFault::CannotSave);
    }
    return result;
}

/// Within a transaction. Returns what the database said when it could not be done.
std::optional<QSqlError> SqliteJobStore::Private::apply(const StoreDelta &delta)
{
    if (const auto failed = m_writer->apply(delta)) {
        return failed;
    }
    const bool tells = delta.id.value != 0 && !delta.removed && !delta.timeline.isEmpty();
    return tells ? m_timeline->append(delta.id, delta.timeline) : std::nullopt;
}

SqliteJobStore::SqliteJobStore(QString path, QDateTime openedAt)
    : d(std::make_unique<Private>(std::move(path), std::move(openedAt)))
{
}

SqliteJobStore::~SqliteJobStore() = default;

StoreResult<StoredState> SqliteJobStore::load()
{
    return d->load();
}

StoreResult<> SqliteJobStore::save(const QList<StoreDelta> &deltas)
{
    return d->save(deltas);
}

StoreResult<TimelinePage> SqliteJobStore::timeline(JobId job, int first, int count)
{
    return d->timeline(job, first, count);
}

} // namespace core
