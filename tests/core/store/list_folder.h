// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/sqlite_file.h"
#include "core/store/sqlite_job_store.h"
#include "tests/core/store/rich_job.h"
#include "tests/support/file_facts.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <array>

/// A folder with a list of jobs, and a clock that stands still until it is turned. It begins at the
/// time of the computer, by which files are dated.
class ListFolder {
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("jobs.sqlite")); }
    [[nodiscard]] QString beside(const QString &suffix) const { return path() + suffix; }
    [[nodiscard]] QString backup(int number) const
    {
        return beside(QStringLiteral(".backup-%1").arg(number));
    }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(folder()).entryList(QDir::Files, QDir::Name);
    }
    [[nodiscard]] QStringList damagedNames() const
    {
        return QDir(folder()).entryList({QStringLiteral("*.damaged-*")}, QDir::Files, QDir::Name);
    }

    [[nodiscard]] QDateTime now() const { return m_now; }
    void turn(std::chrono::minutes by) { m_now = m_now.addSecs(by / std::chrono::seconds(1)); }

    /// Opens the list, and closes it again.
    [[nodiscard]] core::StoreResult<core::StoredState> load() const
    {
        core::SqliteJobStore store(path(), m_now);
        return store.load();
    }
    /// Opens the list, adds the job, and closes it. The file is then dated by the clock.
    [[nodiscard]] bool add(qint64 id) const
    {
        {
            core::SqliteJobStore store(path(), m_now);
            if (!store.load() || !store.save({rich::wholeJob(rich::job(id))})) {
                return false;
            }
        }
        return date(path());
    }
    /// By when a file was written, says the clock.
    [[nodiscard]] bool date(const QString &file) const
    {
        QFile dated(file);
        return dated.open(QIODevice::ReadWrite) &&
               dated.setFileTime(m_now.addSecs(1), QFileDevice::FileModificationTime);
    }
    /// The ids of the jobs in any list; nothing when it cannot be read.
    [[nodiscard]] static QList<qint64> idsIn(const QString &list)
    {
        const QTemporaryDir copies;
        const QString copy = copies.filePath(QStringLiteral("copy"));
        core::SqliteJobStore store(copy);
        const auto state =
            QFile::copy(list, copy) ? store.load() : tl::unexpected(core::StoreError{.path = list});
        QList<qint64> ids;
        for (const core::JobRecord &job : state ? state->jobs : QList<core::JobRecord>()) {
            ids.append(job.id.value);
        }
        return ids;
    }
    [[nodiscard]] QList<qint64> ids() const { return idsIn(path()); }

    [[nodiscard]] static bool write(const QString &file, const QByteArray &bytes)
    {
        QFile written(file);
        return written.open(QIODevice::WriteOnly) && written.write(bytes) == bytes.size();
    }
    [[nodiscard]] bool run(const QString &sql) const
    {
        auto connection =
            core::SqliteConnection::open(path(), core::SqliteConnection::Access::ReadWrite);
        return connection && (*connection)->run(sql, core::StoreFault::CannotSave);
    }
    /// The list is one of this program no more, but of the one before the size source was kept.
    [[nodiscard]] bool becomeVersion2() const
    {
        return std::ranges::all_of(
            std::array{"DROP TRIGGER leave_in_keyring", "DROP TABLE keyring_left",
                       "DROP TABLE block_hashes", "ALTER TABLE files DROP COLUMN part_modified_ns",
                       "ALTER TABLE files DROP COLUMN part_size",
                       "ALTER TABLE files DROP COLUMN upload",
                       "ALTER TABLE files DROP COLUMN priority",
                       "ALTER TABLE files DROP COLUMN size_source",
                       "ALTER TABLE superseded DROP COLUMN bytes",
                       "ALTER TABLE superseded DROP COLUMN whole",
                       "ALTER TABLE jobs DROP COLUMN untold_front_ends",
                       "ALTER TABLE jobs DROP COLUMN untold_command",
                       "ALTER TABLE jobs DROP COLUMN connections_borne",
                       "ALTER TABLE jobs DROP COLUMN served_as",
                       "CREATE TABLE notices (job INTEGER PRIMARY KEY, kind TEXT) STRICT",
                       "PRAGMA user_version = 2"},
            [this](const char *sql) { return run(QString::fromLatin1(sql)); });
    }
    [[nodiscard]] bool becomeNewer() const
    {
        return run(QStringLiteral("PRAGMA user_version = %1")
                       .arg(core::SqliteJobStore::kSchemaVersion + 1));
    }

private:
    QTemporaryDir m_folder;
    QDateTime m_now = QDateTime::currentDateTimeUtc();
};
