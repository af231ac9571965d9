// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/block_hash_rows.h"
#include "core/store/job_store.h"

#include <QSet>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace core {

/// Writes what a delta says about settings, jobs, files and notices; what happened to a job is left
/// to TimelineTable. Holds its statements, prepared once: belongs to an open connection and goes
/// before it.
class DeltaWriter {
public:
    /// On a file of the newest schema; the path is for errors.
    [[nodiscard]] static StoreResult<DeltaWriter> prepare(const QSqlDatabase &database,
                                                          const QString &path);

    /// Within a transaction. Returns what the database said when it could not be done.
    [[nodiscard]] std::optional<QSqlError> apply(const StoreDelta &delta);

private:
    DeltaWriter() = default;

    [[nodiscard]] bool applyJob(const StoreDelta &delta);
    [[nodiscard]] bool applyFile(FileId id, const FileRecord &file);
    [[nodiscard]] std::optional<QSqlError> findRows(const QSqlDatabase &database);
    [[nodiscard]] bool saveRows(FileId id, const FileRecord &file);
    [[nodiscard]] bool applySettings(const Settings &settings);
    [[nodiscard]] bool run(QSqlQuery &statement);

    QSqlQuery m_saveJob;
    QSqlQuery m_removeJob;
    QSqlQuery m_forgetSecrets;
    QSqlQuery m_raiseLastId;
    QSqlQuery m_saveFile;
    QSqlQuery m_clearSuperseded;
    QSqlQuery m_saveSuperseded;
    BlockHashTable m_blockHashes;
    QSqlQuery m_saveSetting;
    /// Of these there may be rows beside that of the file; a few too many do no harm.
    QSet<FileId> m_withRows;
    QSqlError m_lastError;
};

} // namespace core
