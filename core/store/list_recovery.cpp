// SPDX-License-Identifier: Apache-2.0
#include "core/store/list_recovery.h"

#include "core/store/delta_writer.h"
#include "core/store/durable_file.h"
#include "core/store/list_backups.h"
#include "core/store/list_salvage.h"
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
const QLatin1StringView kSalvaged(".salvaged-"); ///< the same, of what the damaged list still told
const QLatin1StringView kDamaged(".damaged-");

/// What belongs to a list, in the order in which it is moved: the journal first, since it would be
/// taken for that of the copy.
constexpr std::array kParts{"-wal", "-shm", "-journal", ""};

QString partOf(const QString &list, const char *part)
{
    return list + QLatin1StringView(part);
}

/// No id is given out twice, though the copy does not know of the newest ones.
StoreResult<> raiseLastId(SqliteConnection &connection, qint64 lastId)
{
    const QString raise = QStringLiteral("UPDATE counters SET value = %1 WHERE name = 'last_job_id'"
                                         " AND value < %1");
    return connection.run(raise.arg(lastId), StoreFault::CannotOpen).map([](const QVariant &) {});
}

/// All of them or none: what cannot be written is not worth the copy.
int addJobs(SqliteConnection &connection, const QString &path, const QList<JobRecord> &jobs)
{
    auto writer = DeltaWriter::prepare(connection.database(), path);
    if (!writer || !connection.run(QStringLiteral("BEGIN"), StoreFault::CannotSave)) {
        return 0;
    }
    const bool isWritten = std::ranges::all_of(jobs, [&writer](const JobRecord &job) {
        StoreDelta delta{.id = job.id, .job = job};
        for (int file = 0; file < int(job.files.size()); ++file) {
            delta.files.emplaceBack(file, job.files.at(file));
        }
        return !writer->apply(delta);
    });
    const QString end = isWritten ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK");
    return connection.run(end, StoreFault::CannotSave) && isWritten ? int(jobs.size()) : 0;
}

/// How many jobs the copy of a backup got from the damaged list. Nothing when it is no list that
/// can be used: whole, of this program once it was migrated, and all its rows can be read.
std::optional<int> becomesAList(const QString &copy, const ListSalvage &damaged)
{
    const auto connection = SqliteConnection::open(copy, SqliteConnection::Access::ReadWrite);
    if (!connection) {
        return std::nullopt;
    }
    const auto version = checkedVersion(**connection, copy, SqliteJobStore::kSchemaVersion);
    if (!version || *version == 0 || !migrate(**connection, *version, schemaMigrations())) {
        return std::nullopt;
    }
    const auto state = readStoredState((*connection)->database(), copy);
    if (!state) {
        return std::nullopt;
    }
    QSet<JobId> known;
    for (const JobRecord &job : state->jobs) {
        known.insert(job.id);
    }
    const qint64 lastId = damaged.lastIdAfter(state->lastJobId);
    const int added = addJobs(**connection, copy, damaged.jobsBeside(known, lastId));
    return raiseLastId(**connection, lastId) ? std::optional(added) : std::nullopt;
}

/// What is left of a copy that came to nothing, if anything is.
void removeCopy(const QString &copy)
{
    for (const char *part : kParts) {
        // What stays is in nobody's way: the next copy replaces it, or fails and says so.
        [[maybe_unused]] const bool removed = QFile::remove(partOf(copy, part));
    }
}

/// A copy that is to become the list.
struct ListCopy {
    QLatin1StringView kind; ///< kRestoring or kSalvaged
    int jobs = 0;           ///< that it got from the damaged list
};

/// Makes a list with nothing but the jobs that the damaged one still tells. Damaged when it tells
/// none: then nobody can say whether it is a list of jobs at all.
StoreResult<ListCopy> salvage(const QString &list, const QString &copy, const ListSalvage &damaged)
{
    const qint64 lastId = damaged.lastIdAfter(0);
    const QList<JobRecord> jobs = damaged.jobsBeside({}, lastId);
    if (jobs.isEmpty()) {
        return tl::unexpected(
            StoreError{StoreFault::Damaged, list, QStringLiteral("no good backup, no job")});
    }
    removeCopy(copy);
    const auto made = makeEmptyFile(copy).and_then(
        [&copy] { return SqliteConnection::open(copy, SqliteConnection::Access::ReadWrite); });
    if (!made) {
        return tl::unexpected(made.error());
    }
    return migrate(**made, 0, schemaMigrations())
        .and_then([&] { return raiseLastId(**made, lastId); })
        .and_then([&]() -> StoreResult<ListCopy> {
            const int added = addJobs(**made, copy, jobs);
            return added > 0 ? StoreResult<ListCopy>(ListCopy{kSalvaged, added})
                             : tl::unexpected(StoreError{StoreFault::CannotOpen, copy, {}});
        });
}

/// Makes a copy of the newest good backup, of the same time, with the jobs that the damaged list
/// has beside it; where none is good, one of those jobs alone.
StoreResult<ListCopy> copyWhatIsGood(const QString &list, const QString &copy)
{
    std::optional<StoreError> failed;
    const ListSalvage damaged(list);
    for (const QString &backup : backupsOf(list)) {
        removeCopy(copy); // its journal would be taken for that of the next one
        const auto made = lastWritten(backup);
        if (const auto copied = copyFile(backup, copy); !copied) {
            failed = copied.error(); // perhaps an older one lies on a better place of the disk
        } else if (const auto added = becomesAList(copy, damaged); added && made) {
            return syncFile(copy, *made).map([&added] { return ListCopy{kRestoring, *added}; });
        }
    }
    // A backup that could not be copied has more than what the damaged list tells.
    return failed ? tl::unexpected(*failed) : salvage(list, copy, damaged);
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
    const bool isBackup = copy.startsWith(list + kRestoring);
    const QString stamp = copy.mid(copy.lastIndexOf(u'-') + 1);
    const RestoredList restored{.copyOf = isBackup ? lastWritten(copy) : std::nullopt,
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
    const auto copied = copyWhatIsGood(list, unfinished);
    const QString copy = list + copied.value_or(ListCopy()).kind + stamp;
    const auto named =
        copied.and_then([&](const ListCopy &) { return renameFile(unfinished, copy); })
            .and_then([&] { return syncFolderOf(list); });
    if (!named) {
        removeCopy(unfinished);
        return tl::unexpected(named.error());
    }
    return putInPlace(copy, list).map([&copied](RestoredList restored) {
        restored.savedJobs = copied->jobs;
        return restored;
    });
}

StoreResult<std::optional<RestoredList>> finishRestoring(const QString &list)
{
    const QFileInfo facts(list);
    const QStringList copies =
        QDir(facts.absolutePath())
            .entryList({facts.fileName() + kRestoring + u'*', facts.fileName() + kSalvaged + u'*'},
                       QDir::Files);
    if (copies.isEmpty()) {
        return std::nullopt;
    }
    return putInPlace(facts.absolutePath() + u'/' + copies.first(), list)
        .map([](const RestoredList &restored) { return std::optional(restored); });
}

} // namespace core
