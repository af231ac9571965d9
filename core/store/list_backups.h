// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/sqlite_file.h"

#include <QDateTime>
#include <QStringList>

namespace core {

/// How many earlier states of a list of jobs are kept beside it.
inline constexpr int kBackups = 3;

/// The backups of the list that are there, newest first: "<list>.backup-1" and so on. One without
/// a byte is none. Each says by the time of its last writing when it was made. Any thread.
[[nodiscard]] QStringList backupsOf(const QString &list);

/// Whether a list that was last written at that time should have a new backup: something was saved
/// since the newest one, and that is an hour old, or, by a clock that was set back, not yet made.
[[nodiscard]] bool isBackupDue(const QString &list, const QDateTime &listWritten,
                               const QDateTime &now);

/// Makes the newest backup out of what the connection reads; the oldest one goes. The list itself
/// is not written to. A crash at any point leaves the others whole, as does an error: CannotOpen
/// for one of a file, or what the database said. No statement may be under way on the connection;
/// on its thread.
[[nodiscard]] StoreResult<> makeBackup(SqliteConnection &connection, const QString &list,
                                       const QDateTime &now);

} // namespace core
