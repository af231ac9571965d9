// SPDX-License-Identifier: Apache-2.0
#include "core/store/list_backups.h"

#include "core/store/durable_file.h"

#include <QFile>
#include <QVariant>

#include <chrono>

namespace core {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kBetweenBackups = 1h;

QString backupPath(const QString &list, int number)
{
    return list + QStringLiteral(".backup-%1").arg(number);
}

QString unfinishedPath(const QString &list)
{
    return list + QStringLiteral(".backup-new");
}

/// Frees the name of the newest one. The older ones are renamed first, so that none is replaced but
/// the oldest; and not even that where a crash has left a gap.
StoreResult<> rotate(const QString &list)
{
    int last = 1;
    while (last < kBackups && isThere(backupPath(list, last))) {
        ++last;
    }
    for (int number = last; number > 1; --number) {
        if (auto done = renameFile(backupPath(list, number - 1), backupPath(list, number)); !done) {
            return done;
        }
    }
    return {};
}

StoreResult<> writeBackup(SqliteConnection &connection, const QString &to)
{
    // Into an empty file, because one that the database makes is open to others until it is closed.
    return makeEmptyFile(to).and_then([&] {
        const QString quoted = QString(to).replace(u'\'', QLatin1StringView("''"));
        return connection
            .run(QStringLiteral("VACUUM INTO '%1'").arg(quoted), StoreFault::CannotOpen)
            .map([](const QVariant &) {});
    });
}

} // namespace

QStringList backupsOf(const QString &list)
{
    QStringList there;
    for (int number = 1; number <= kBackups; ++number) {
        if (lastWritten(backupPath(list, number))) {
            there.append(backupPath(list, number));
        }
    }
    return there;
}

bool isBackupDue(const QString &list, const QDateTime &listWritten, const QDateTime &now)
{
    const QStringList backups = backupsOf(list);
    const auto made = backups.isEmpty() ? std::nullopt : lastWritten(backups.first());
    if (!made || *made > now) {
        return true;
    }
    return listWritten > *made && made->msecsTo(now) >= kBetweenBackups.count();
}

StoreResult<> makeBackup(SqliteConnection &connection, const QString &list, const QDateTime &now)
{
    const QString unfinished = unfinishedPath(list);
    auto made = writeBackup(connection, unfinished)
                    .and_then([&] { return syncFile(unfinished, now); })
                    .and_then([&] { return rotate(list); })
                    .and_then([&] { return renameFile(unfinished, backupPath(list, 1)); })
                    .and_then([&] { return syncFolderOf(list); });
    if (!made) {
        // It may not be there at all; and what is left of it is overwritten the next time.
        [[maybe_unused]] const bool removed = QFile::remove(unfinished);
    }
    return made;
}

} // namespace core
