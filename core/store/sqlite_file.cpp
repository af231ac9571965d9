// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_file.h"

#include "core/store/durable_file.h"
#include "core/store/private_mode.h"

#include <QFile>
#include <QScopeGuard>
#include <QVariant>

#include <atomic>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core {

namespace {

// Primary result codes of SQLite (sqlite.org/rescode.html); extended ones keep them in the low
// byte.
constexpr int kError = 1;
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kCorrupt = 11;
constexpr int kNotADatabase = 26;

StoreError systemError(const QString &path, int code)
{
    return {StoreFault::CannotOpen, path, qt_error_string(code)};
}

} // namespace

StoreResult<qint64> preparePrivateFile(const QString &path)
{
    // Never blocks on a pipe, never follows a link out of the state folder.
    const int descriptor =
        ::open(QFile::encodeName(path).constData(),
               O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, kPrivateFile);
    if (descriptor < 0) {
        return tl::unexpected(systemError(path, errno));
    }
    // Closed before SQLite opens the file: closing it later would drop SQLite's locks.
    const auto closeIt = qScopeGuard([descriptor] { ::close(descriptor); });
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0) {
        return tl::unexpected(systemError(path, errno));
    }
    if (!S_ISREG(facts.st_mode)) {
        return tl::unexpected(
            StoreError{StoreFault::CannotOpen, path, QStringLiteral("not a regular file")});
    }
    if ((facts.st_mode & 07777) != kPrivateFile && ::fchmod(descriptor, kPrivateFile) != 0) {
        return tl::unexpected(systemError(path, errno));
    }
    const auto named = facts.st_size == 0 ? syncFolderOf(path) : StoreResult<>();
    return named.map([&facts] { return qint64(facts.st_size); });
}

std::optional<QSqlError> runStatement(QSqlQuery &statement)
{
    const bool done = statement.exec();
    const QSqlError error = statement.lastError();
    statement.finish();
    return done ? std::nullopt : std::optional(error);
}

StoreError storeError(const QSqlError &error, const QString &path, StoreFault otherwise)
{
    const auto fault = [&] {
        switch (error.nativeErrorCode().toInt() & 0xff) {
        case kError:
            // Our statements are right for our tables, so it is the tables that are not ours.
            return otherwise == StoreFault::CannotOpen ? StoreFault::Damaged : otherwise;
        case kBusy:
        case kLocked:
            return StoreFault::Locked;
        case kCorrupt:
        case kNotADatabase:
            return StoreFault::Damaged;
        default:
            return otherwise;
        }
    };
    return {fault(), path, error.text()};
}

SqliteConnection::SqliteConnection(const QString &name, QString path)
    : m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name))
    , m_path(std::move(path))
{
}

SqliteConnection::~SqliteConnection()
{
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

StoreResult<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const QString &path,
                                                                      Access access)
{
    static std::atomic<int> counter = 0;
    const QString name = QStringLiteral("bellhop-store-%1").arg(++counter);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(name, path));
    QSqlDatabase &database = connection->m_database;
    database.setDatabaseName(path);
    // A short wait only: whoever else holds the file is not another engine and may hold it for
    // long.
    database.setConnectOptions(
        access == Access::ReadOnly
            ? QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=500")
            : QStringLiteral("QSQLITE_BUSY_TIMEOUT=500"));
    if (!database.open()) {
        return tl::unexpected(storeError(database.lastError(), path, StoreFault::CannotOpen));
    }
    return connection;
}

StoreResult<QVariant> SqliteConnection::run(const QString &sql, StoreFault otherwise)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql)) {
        return tl::unexpected(storeError(query.lastError(), m_path, otherwise));
    }
    if (query.next()) {
        return query.value(0);
    }
    if (query.lastError().isValid()) {
        return tl::unexpected(storeError(query.lastError(), m_path, otherwise));
    }
    return QVariant();
}

} // namespace core
