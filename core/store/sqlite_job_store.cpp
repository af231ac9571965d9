// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"

#include "core/store/job_rows.h"
#include "core/store/sqlite_file.h"
#include "core/store/store_schema.h"
#include "core/store/stored_state_reader.h"
#include "core/store/timeline_table.h"

#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace core {

namespace {

/// "INSERT … ON CONFLICT … UPDATE": unlike REPLACE it does not delete the row, and with it all that
/// hangs on it, before it writes the new one. The first `keys` columns are the key.
QString upsertSql(const char *table, std::span<const char *const> columns, size_t keys)
{
    QStringList names;
    QStringList marks;
    QStringList changes;
    for (const char *column : columns) {
        names.append(QString::fromLatin1(column));
        marks.append(QStringLiteral("?"));
        changes.append(QStringLiteral("%1=excluded.%1").arg(names.last()));
    }
    const auto keyCount = static_cast<qsizetype>(keys);
    return QStringLiteral("INSERT INTO %1 (%2) VALUES (%3) ON CONFLICT (%4) DO UPDATE SET %5")
        .arg(QLatin1StringView(table), names.join(u','), marks.join(u','),
             names.first(keyCount).join(u','), changes.sliced(keyCount).join(u','));
}

/// The header alone has as many bytes. SQLite takes some shorter files for new ones and fills them.
constexpr qint64 kShortestFileBytes = 100;

constexpr std::array kNoticeColumns{"job", "kind"};
constexpr std::array kSettingColumns{"name", "value"};

} // namespace

/// The open file and its prepared statements.
class SqliteJobStore::Private {
public:
    explicit Private(QString path)
        : m_path(std::move(path))
    {
    }
    ~Private() { close(); }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    StoreResult<> open();
    void close();
    [[nodiscard]] bool isOpen() const { return m_statements.has_value(); }
    StoreResult<StoredState> read() { return readStoredState(m_connection->database(), m_path); }
    StoreResult<> save(const QList<StoreDelta> &deltas);
    StoreResult<TimelinePage> timeline(JobId job, int first, int count);

private:
    struct Statements {
        QSqlQuery saveJob, removeJob, raiseLastId, saveFile, clearSuperseded, saveSuperseded,
            saveNotice, removeNotice, saveSetting;
    };

    StoreResult<> checkUntouched(qint64 sizeBytes);
    StoreResult<> check(SqliteConnection &connection);
    StoreResult<> connect();
    StoreResult<> prepareFile();
    StoreResult<> prepareAll();
    StoreResult<> prepareTimeline();
    [[nodiscard]] tl::unexpected<StoreError> notLoaded() const;
    StoreResult<QSqlQuery> prepare(const QString &sql);
    StoreResult<> run(const char *sql, StoreFault otherwise);

    bool apply(const StoreDelta &delta);
    bool applyJob(const StoreDelta &delta);
    bool applyFile(FileId id, const FileRecord &file);
    bool applyTimeline(JobId job, const QList<TimelineEntry> &entries);
    bool applyNotice(JobId job, std::optional<NoticeKind> notice);
    bool applySettings(const Settings &settings);
    bool execute(QSqlQuery &statement);

    const QString m_path;
    std::unique_ptr<SqliteConnection> m_connection;
    std::optional<Statements> m_statements;
    std::optional<TimelineTable> m_timeline;
    QSqlError m_lastError;
};

void SqliteJobStore::Private::close()
{
    m_timeline.reset(); // before the connection they use
    m_statements.reset();
    m_connection.reset();
}

StoreResult<> SqliteJobStore::Private::open()
{
    const auto size = preparePrivateFile(m_path);
    if (!size) {
        return tl::unexpected(size.error());
    }
    const auto checked = *size > 0 ? checkUntouched(*size) : StoreResult<>();
    // On a full disk it cannot even be looked at that way, but perhaps be opened.
    if (!checked && checked.error().fault != StoreFault::CannotOpen) {
        return checked;
    }
    auto opened =
        connect()
            .and_then([this, &checked] { return checked ? StoreResult<>() : check(*m_connection); })
            .and_then([this] { return prepareFile(); });
    if (!opened) {
        close();
    }
    return opened;
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
    return checkedVersion(connection, m_path, kSchemaVersion).map([](int) {});
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
    return migrate(*m_connection, version->toInt(), schemaMigrations()).and_then([this] {
        return prepareTimeline().and_then([this] { return prepareAll(); });
    });
}

StoreResult<QSqlQuery> SqliteJobStore::Private::prepare(const QString &sql)
{
    QSqlQuery query(m_connection->database());
    query.setForwardOnly(true);
    if (!query.prepare(sql)) {
        return tl::unexpected(storeError(query.lastError(), m_path, StoreFault::CannotOpen));
    }
    return query;
}

StoreResult<> SqliteJobStore::Private::prepareAll()
{
    Statements all;
    const std::array<std::pair<QSqlQuery *, QString>, 9> wanted{{
        {&all.saveJob, upsertSql("jobs", kJobColumns, 1)},
        {&all.removeJob, QStringLiteral("DELETE FROM jobs WHERE id = ?")},
        {&all.raiseLastId,
         QStringLiteral("UPDATE counters SET value = max(value, ?) WHERE name = 'last_job_id'")},
        {&all.saveFile, upsertSql("files", kFileColumns, 2)},
        {&all.clearSuperseded, QStringLiteral("DELETE FROM superseded WHERE job = ? AND file = ?")},
        {&all.saveSuperseded, upsertSql("superseded", kSupersededColumns, 3)},
        {&all.saveNotice, upsertSql("notices", kNoticeColumns, 1)},
        {&all.removeNotice, QStringLiteral("DELETE FROM notices WHERE job = ?")},
        {&all.saveSetting, upsertSql("settings", kSettingColumns, 1)},
    }};
    for (const auto &[statement, sql] : wanted) {
        auto prepared = prepare(sql);
        if (!prepared) {
            return tl::unexpected(prepared.error());
        }
        *statement = std::move(*prepared);
    }
    m_statements = std::move(all);
    return {};
}

StoreResult<> SqliteJobStore::Private::prepareTimeline()
{
    return TimelineTable::prepare(m_connection->database(), m_path).map([this](auto table) {
        m_timeline.emplace(std::move(table));
    });
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
    const bool applied =
        std::ranges::all_of(deltas, [this](const StoreDelta &delta) { return apply(delta); });
    auto result = applied ? run("COMMIT", StoreFault::CannotSave)
                          : tl::unexpected(storeError(m_lastError, m_path, StoreFault::CannotSave));
    if (!result) {
        // Some failures have already ended the transaction, so its answer says nothing.
        [[maybe_unused]] const auto rolledBack = run("ROLLBACK", StoreFault::CannotSave);
    }
    return result;
}

bool SqliteJobStore::Private::execute(QSqlQuery &statement)
{
    const bool done = statement.exec();
    if (!done) {
        m_lastError = statement.lastError();
    }
    statement.finish();
    return done;
}

bool SqliteJobStore::Private::apply(const StoreDelta &delta)
{
    if (delta.settings && !applySettings(*delta.settings)) {
        return false;
    }
    return delta.id.value == 0 || applyJob(delta);
}

bool SqliteJobStore::Private::applyJob(const StoreDelta &delta)
{
    m_statements->raiseLastId.addBindValue(delta.id.value);
    if (!execute(m_statements->raiseLastId)) {
        return false;
    }
    if (delta.removed) {
        m_statements->removeJob.addBindValue(delta.id.value);
        return execute(m_statements->removeJob);
    }
    if (delta.job) {
        Q_ASSERT(delta.job->id == delta.id);
        bindJob(m_statements->saveJob, *delta.job);
        if (!execute(m_statements->saveJob)) {
            return false;
        }
    }
    for (const auto &[index, file] : delta.files) {
        if (!applyFile({delta.id, index}, file)) {
            return false;
        }
    }
    return (!delta.notice || applyNotice(delta.id, *delta.notice)) &&
           applyTimeline(delta.id, delta.timeline);
}

bool SqliteJobStore::Private::applyTimeline(JobId job, const QList<TimelineEntry> &entries)
{
    const auto failed = entries.isEmpty() ? std::nullopt : m_timeline->append(job, entries);
    m_lastError = failed.value_or(m_lastError);
    return !failed;
}

bool SqliteJobStore::Private::applyFile(FileId id, const FileRecord &file)
{
    bindFile(m_statements->saveFile, id, file);
    m_statements->clearSuperseded.addBindValue(id.job.value);
    m_statements->clearSuperseded.addBindValue(id.index);
    if (!execute(m_statements->saveFile) || !execute(m_statements->clearSuperseded)) {
        return false;
    }
    for (int position = 0; position < file.superseded.size(); ++position) {
        if (file.superseded.at(position).isEmpty()) {
            continue;
        }
        bindSuperseded(m_statements->saveSuperseded, id, position, file.superseded.at(position));
        if (!execute(m_statements->saveSuperseded)) {
            return false;
        }
    }
    return true;
}

bool SqliteJobStore::Private::applyNotice(JobId job, std::optional<NoticeKind> notice)
{
    QSqlQuery &statement = notice ? m_statements->saveNotice : m_statements->removeNotice;
    statement.addBindValue(job.value);
    if (notice) {
        statement.addBindValue(QString::fromLatin1(name(*notice)));
    }
    return execute(statement);
}

bool SqliteJobStore::Private::applySettings(const Settings &settings)
{
    return std::ranges::all_of(settingRows(settings), [this](const auto &row) {
        m_statements->saveSetting.addBindValue(row.first);
        m_statements->saveSetting.addBindValue(textValue(row.second));
        return execute(m_statements->saveSetting);
    });
}

SqliteJobStore::SqliteJobStore(QString path)
    : d(std::make_unique<Private>(std::move(path)))
{
}

SqliteJobStore::~SqliteJobStore() = default;

StoreResult<StoredState> SqliteJobStore::load()
{
    if (!d->isOpen()) {
        if (const auto opened = d->open(); !opened) {
            return tl::unexpected(opened.error());
        }
    }
    return d->read();
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
