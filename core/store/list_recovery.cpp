// SPDX-License-Identifier: Apache-2.0
#include "core/store/list_recovery.h"

#include "core/store/durable_file.h"
#include "core/store/list_backups.h"
#include "core/store/sqlite_job_store.h"
#include "core/store/store_schema.h"
#include "core/store/stored_state_reader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QVariant>

#include <algorithm>
#include <array>

namespace core {

namespace {

const QLatin1StringView kCopying(".copying");
const QLatin1StringView kRestoring(".restoring-"); ///< a whole copy, which is to become the list
const QLatin1StringView kDamaged(".damaged-");

/// What belongs to a list, in the order in which it is moved: the journal first, since it would be
/// taken for that of the copy.
constexpr std::array kParts{"-wal", "-shm", "-journal", ""};

QString partOf(const QString &list, const char *part)
{
    return list + QLatin1StringView(part);
}

/// The highest id that the damaged list has given out, as far as it can still say that.
qint64 lastIdOf(const QString &list)
{
    const auto connection = QFileInfo(list).size() < kShortestFileBytes
                                ? tl::unexpected(StoreError())
                                : SqliteConnection::open(list, SqliteConnection::Access::ReadOnly);
    if (!connection) {
        return 0;
    }
    return (*connection)
        ->run(QStringLiteral("SELECT value FROM counters WHERE name = 'last_job_id'"),
              StoreFault::CannotOpen)
        .value_or(QVariant())
        .toLongLong();
}

/// No id is given out twice, though the copy does not know of the newest ones. What is far off is
/// damage itself.
StoreResult<> raiseLastId(SqliteConnection &connection, qint64 lastId)
{
    const QString raise = QStringLiteral("UPDATE counters SET value = %1 WHERE name = 'last_job_id'"
                                         " AND value BETWEEN %1 - 1000000 AND %1");
    return connection.run(raise.arg(lastId), StoreFault::CannotOpen).map([](const QVariant &) {});
}

/// Whether the copy of a backup is a list that can be used: whole, of this program once it was
/// migrated, and all its rows can be read.
bool becomesAList(const QString &copy, qint64 lastId)
{
    const auto connection = SqliteConnection::open(copy, SqliteConnection::Access::ReadWrite);
    if (!connection) {
        return false;
    }
    const auto version = checkedVersion(**connection, copy, SqliteJobStore::kSchemaVersion);
    return version && *version > 0 && migrate(**connection, *version, schemaMigrations()) &&
           raiseLastId(**connection, lastId) && readStoredState((*connection)->database(), copy);
}

/// What is left of a copy that came to nothing, if anything is.
void removeCopy(const QString &copy)
{
    for (const char *part : kParts) {
        // What stays is in nobody's way: the next copy replaces it, or fails and says so.
        [[maybe_unused]] const bool removed = QFile::remove(partOf(copy, part));
    }
}

/// Makes a copy of the newest good backup, of the same time. Damaged when none is good.
StoreResult<> copyGoodBackup(const QString &list, const QString &copy)
{
    StoreError failed{StoreFault::Damaged, list, QStringLiteral("no good backup")};
    const qint64 lastId = lastIdOf(list);
    for (const QString &backup : backupsOf(list)) {
        removeCopy(copy); // its journal would be taken for that of the next one
        const auto made = lastWritten(backup);
        if (const auto copied = copyFile(backup, copy); !copied) {
            failed = copied.error(); // perhaps an older one lies on a better place of the disk
        } else if (made && becomesAList(copy, lastId)) {
            return syncFile(copy, *made);
        }
    }
    return tl::unexpected(failed);
}

bool wouldReplace(const QString &list, const QString &aside)
{
    return std::ranges::any_of(kParts, [&](const char *part) {
        return isThere(partOf(list, part)) && isThere(partOf(aside, part));
    });
}

/// Where it goes. A number comes behind the time when two were damaged in the same second.
QString asidePath(const QString &list, const QString &stamp)
{
    const QString path = list + kDamaged + stamp;
    QString aside = path;
    for (int number = 2; wouldReplace(list, aside); ++number) {
        aside = path + QStringLiteral("-%1").arg(number);
    }
    return aside;
}

StoreResult<> moveAside(const QString &list, const QString &aside)
{
    for (const char *part : kParts) {
        if (!isThere(partOf(list, part))) {
            continue;
        }
        if (auto moved = renameFile(partOf(list, part), partOf(aside, part)); !moved) {
            return moved;
        }
    }
    return syncFolderOf(list);
}

/// The copy becomes the list.
StoreResult<RestoredList> putInPlace(const QString &copy, const QString &list)
{
    const QString stamp = copy.mid(list.size() + kRestoring.size());
    const RestoredList restored{.copyOf = lastWritten(copy).value_or(QDateTime()),
                                .damagedPath = asidePath(list, stamp)};
    return moveAside(list, restored.damagedPath)
        .and_then([&] { return renameFile(copy, list); })
        .and_then([&] { return syncFolderOf(list); })
        .map([&restored] { return restored; });
}

} // namespace

StoreResult<RestoredList> restoreList(const QString &list, const QDateTime &now)
{
    const QString unfinished = list + kCopying;
    const QString stamp = now.toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    const QString copy = list + kRestoring + stamp;
    const auto copied = copyGoodBackup(list, unfinished)
                            .and_then([&] { return renameFile(unfinished, copy); })
                            .and_then([&] { return syncFolderOf(list); });
    if (!copied) {
        removeCopy(unfinished);
        return tl::unexpected(copied.error());
    }
    return putInPlace(copy, list);
}

StoreResult<std::optional<RestoredList>> finishRestoring(const QString &list)
{
    const QFileInfo facts(list);
    const QStringList copies =
        QDir(facts.absolutePath()).entryList({facts.fileName() + kRestoring + u'*'}, QDir::Files);
    if (copies.isEmpty()) {
        return std::nullopt;
    }
    return putInPlace(facts.absolutePath() + u'/' + copies.first(), list)
        .map([](const RestoredList &restored) { return std::optional(restored); });
}

} // namespace core
