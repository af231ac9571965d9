// SPDX-License-Identifier: Apache-2.0
#include "core/store/delta_writer.h"

#include "core/store/job_rows.h"
#include "core/store/sqlite_file.h"
#include "core/store/stored_state_reader.h"

#include <QVariant>

#include <algorithm>
#include <array>
#include <span>

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

} // namespace

StoreResult<DeltaWriter> DeltaWriter::prepare(const QSqlDatabase &database, const QString &path)
{
    DeltaWriter writer;
    const std::array wanted = std::to_array<std::pair<QSqlQuery *, QString>>({
        {&writer.m_saveJob, upsertSql("jobs", kJobColumns, 1)},
        {&writer.m_removeJob, QStringLiteral("DELETE FROM jobs WHERE id = ?")},
        {&writer.m_forgetSecrets, QStringLiteral("DELETE FROM keyring_left WHERE job = ?")},
        {&writer.m_raiseLastId,
         QStringLiteral("UPDATE counters SET value = max(value, ?) WHERE name = 'last_job_id'")},
        {&writer.m_saveFile, upsertSql("files", kFileColumns, 2)},
        {&writer.m_clearSuperseded,
         QStringLiteral("DELETE FROM superseded WHERE job = ? AND file = ?")},
        {&writer.m_saveSuperseded, upsertSql("superseded", kSupersededColumns, 3)},
        {&writer.m_saveSetting, upsertSql("settings", kSettingColumns, 1)},
    });
    for (const auto &[statement, sql] : wanted) {
        *statement = QSqlQuery(database);
        statement->setForwardOnly(true);
        if (!statement->prepare(sql)) {
            return tl::unexpected(storeError(statement->lastError(), path, StoreFault::CannotOpen));
        }
    }
    if (const auto failed = writer.m_blockHashes.prepare(database)) {
        return tl::unexpected(storeError(*failed, path, StoreFault::CannotOpen));
    }
    if (const auto failed = writer.findRows(database)) {
        return tl::unexpected(storeError(*failed, path, StoreFault::CannotOpen));
    }
    return writer;
}

std::optional<QSqlError> DeltaWriter::findRows(const QSqlDatabase &database)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT job, file FROM superseded"
                                   " UNION SELECT job, file FROM block_hashes"))) {
        return query.lastError();
    }
    while (query.next()) {
        m_withRows.insert({{query.value(0).toLongLong()}, query.value(1).toInt()});
    }
    return std::nullopt;
}

bool DeltaWriter::run(QSqlQuery &statement)
{
    const auto failed = runStatement(statement);
    m_lastError = failed.value_or(m_lastError);
    return !failed;
}

std::optional<QSqlError> DeltaWriter::apply(const StoreDelta &delta)
{
    const bool done = (!delta.settings || applySettings(*delta.settings)) &&
                      (delta.id.value == 0 || applyJob(delta));
    return done ? std::nullopt : std::optional(m_lastError);
}

bool DeltaWriter::applyJob(const StoreDelta &delta)
{
    m_raiseLastId.addBindValue(delta.id.value);
    if (!run(m_raiseLastId)) {
        return false;
    }
    if (delta.secretsGone) {
        m_forgetSecrets.addBindValue(delta.id.value);
        return run(m_forgetSecrets);
    }
    if (delta.removed) {
        m_removeJob.addBindValue(delta.id.value);
        return run(m_removeJob);
    }
    if (delta.job) {
        Q_ASSERT(delta.job->id == delta.id);
        bindJob(m_saveJob, *delta.job);
        if (!run(m_saveJob)) {
            return false;
        }
    }
    return std::ranges::all_of(delta.files, [&](const auto &each) {
        return applyFile({delta.id, each.first}, each.second);
    });
}

bool DeltaWriter::applyFile(FileId id, const FileRecord &file)
{
    bindFile(m_saveFile, id, file);
    if (!run(m_saveFile)) {
        return false;
    }
    if (!file.superseded.isEmpty() || !file.seal.hashes.pieces().isEmpty()) {
        m_withRows.insert(id);
    }
    return !m_withRows.contains(id) || saveRows(id, file);
}

/// Those beside the row of the file.
bool DeltaWriter::saveRows(FileId id, const FileRecord &file)
{
    // What is bound and not run would still be bound the next time.
    m_clearSuperseded.addBindValue(id.job.value);
    m_clearSuperseded.addBindValue(id.index);
    if (!run(m_clearSuperseded)) {
        return false;
    }
    for (int position = 0; position < file.superseded.size(); ++position) {
        if (file.superseded.at(position).part.isEmpty()) {
            continue;
        }
        bindSuperseded(m_saveSuperseded, id, position, file.superseded.at(position));
        if (!run(m_saveSuperseded)) {
            return false;
        }
    }
    const auto failed = m_blockHashes.save(id, file.seal.hashes);
    m_lastError = failed.value_or(m_lastError);
    return !failed;
}

bool DeltaWriter::applySettings(const Settings &settings)
{
    return std::ranges::all_of(settingRows(settings), [this](const auto &row) {
        m_saveSetting.addBindValue(row.first);
        m_saveSetting.addBindValue(textValue(row.second));
        return run(m_saveSetting);
    });
}

} // namespace core
