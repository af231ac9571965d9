// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <memory>

namespace core {

/// The header alone has as many bytes. SQLite takes some shorter files for new ones: it fills them,
/// and deletes what is beside them.
inline constexpr qint64 kShortestFileBytes = 100;

/// Makes the file if it is missing, and takes every right of others away from it. SQLite gives the
/// files it puts beside it (-wal, -shm) the same mode. Returns its size.
[[nodiscard]] StoreResult<qint64> preparePrivateFile(const QString &path);

/// What the database said, as an error of ours: busy, not a database and corrupt by their codes,
/// everything else is `otherwise` (CannotOpen while loading, CannotSave while saving).
[[nodiscard]] StoreError storeError(const QSqlError &error, const QString &path,
                                    StoreFault otherwise);

/// Runs a prepared statement that gives no rows, with the values bound to it. Returns what the
/// database said when it could not.
[[nodiscard]] std::optional<QSqlError> runStatement(QSqlQuery &statement);

/// An open connection to an existing file; closed and forgotten by Qt when it goes. Queries made
/// with it must be gone before.
class SqliteConnection {
public:
    enum class Access { ReadOnly, ReadWrite };
    [[nodiscard]] static StoreResult<std::unique_ptr<SqliteConnection>> open(const QString &path,
                                                                             Access access);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    [[nodiscard]] QSqlDatabase &database() { return m_database; }
    /// Runs a statement and gives the first column of its first row, invalid when it has none.
    [[nodiscard]] StoreResult<QVariant> run(const QString &sql, StoreFault otherwise);

private:
    SqliteConnection(const QString &name, QString path);

    QSqlDatabase m_database;
    QString m_path;
};

} // namespace core
