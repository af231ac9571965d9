// SPDX-License-Identifier: Apache-2.0
#include "core/store/list_salvage.h"

#include "core/store/sqlite_job_store.h"
#include "core/store/store_schema.h"
#include "core/store/stored_state_reader.h"

#include <QFileInfo>
#include <QVariant>

#include <algorithm>

namespace core {

namespace {

/// So many ids are tried, the newest ones: each takes some queries.
constexpr qint64 kMostTried = 20'000;
/// What is farther from an id that is known is damage itself.
constexpr qint64 kFarthestId = 1'000'000;
/// More than anybody adds between two backups.
constexpr qint64 kUntoldIds = 1'000;

} // namespace

ListSalvage::ListSalvage(const QString &list)
    : m_list(list)
{
    if (QFileInfo(list).size() < kShortestFileBytes) {
        return;
    }
    auto connection = SqliteConnection::open(list, SqliteConnection::Access::ReadOnly);
    if (!connection) {
        return;
    }
    m_connection = std::move(*connection);
    for (const char *sql : {"SELECT value FROM counters WHERE name = 'last_job_id'",
                            "SELECT max(id) FROM jobs", "SELECT max(job) FROM files"}) {
        m_lastIds.append(numberBy(sql));
    }
}

qint64 ListSalvage::numberBy(const char *sql) const
{
    return m_connection->run(QString::fromLatin1(sql), StoreFault::CannotOpen)
        .value_or(QVariant())
        .toLongLong();
}

qint64 ListSalvage::lastIdAfter(qint64 known) const
{
    qint64 last = 0;
    for (const qint64 told : m_lastIds) {
        last = told <= known + kFarthestId ? std::max(last, told) : last;
    }
    return last > 0 ? std::max(last, known) : known + kUntoldIds;
}

QList<JobRecord> ListSalvage::jobsBeside(const QSet<JobId> &known, qint64 lastId) const
{
    QList<JobRecord> jobs;
    if (!m_connection || numberBy("PRAGMA user_version") != SqliteJobStore::kSchemaVersion) {
        return jobs;
    }
    for (JobId id{std::max<qint64>(1, lastId - kMostTried)}; id.value <= lastId; ++id.value) {
        if (known.contains(id)) {
            continue;
        }
        if (auto job = readStoredJob(m_connection->database(), m_list, id); job && *job) {
            jobs.append(std::move(**job));
        }
    }
    return jobs;
}

} // namespace core
