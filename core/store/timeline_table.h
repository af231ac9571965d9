// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace core {

/// The table in which what happened to the jobs is kept: its statements, prepared once. Belongs to
/// an open connection and goes before it.
class TimelineTable {
public:
    /// On a file of the newest schema; the path is for errors.
    [[nodiscard]] static StoreResult<TimelineTable> prepare(const QSqlDatabase &database,
                                                            const QString &path);

    /// Within a transaction: adds the entries and lets go of those that are too many. Returns what
    /// the database said when it could not be done.
    [[nodiscard]] std::optional<QSqlError> append(JobId job, const QList<TimelineEntry> &entries);
    [[nodiscard]] StoreResult<TimelinePage> page(JobId job, int first, int count);

private:
    explicit TimelineTable(QString path)
        : m_path(std::move(path))
    {
    }

    [[nodiscard]] StoreResult<int> numberAfterLast(JobId job);

    QString m_path;
    QSqlQuery m_last;
    QSqlQuery m_add;
    QSqlQuery m_trim;
    QSqlQuery m_read;
};

} // namespace core
