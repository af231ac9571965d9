// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/store/sqlite_file.h"

#include <QSet>

namespace core {

/// What ordinary queries still read of a list of jobs that is damaged. Nothing is written to it,
/// and no other connection to it may be open.
class ListSalvage {
public:
    explicit ListSalvage(const QString &list);

    /// An id that none is higher than of all that were given out after this one: what the rows
    /// still say, or a good deal more than it where they say nothing.
    [[nodiscard]] qint64 lastIdAfter(qint64 known) const;
    /// The jobs up to this id that can be read, each with all its rows, other than those that are
    /// known. Whether rows of theirs have vanished without a trace nobody can tell.
    [[nodiscard]] QList<JobRecord> jobsBeside(const QSet<JobId> &known, qint64 lastId) const;

private:
    [[nodiscard]] qint64 numberBy(const char *sql) const;

    QString m_list;
    std::unique_ptr<SqliteConnection>
        m_connection;        ///< nothing where there is no such list any more
    QList<qint64> m_lastIds; ///< what the tables say, each for itself
};

} // namespace core
