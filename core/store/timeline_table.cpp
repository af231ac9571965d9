// SPDX-License-Identifier: Apache-2.0
#include "core/store/timeline_table.h"

#include "core/job/timeline_fields.h"
#include "core/store/row_reader.h"
#include "core/store/sqlite_file.h"
#include "core/store/without_secrets.h"

#include <QJsonDocument>
#include <QVariant>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace core {

namespace {

constexpr int kMaxNumber = std::numeric_limits<int>::max() - 1;
constexpr std::array kReadColumns{"position", "entry"};

/// An error that would not be understood when it is read back, because of something a server put
/// into it, is kept by its cause and what else is ours.
void makeReadable(JobError &error)
{
    if (!fromJson<JobError>(toJson(error))) {
        error = JobError{.cause = error.cause,
                         .step = error.step,
                         .fileBytesDone = std::max<qint64>(error.fileBytesDone, 0),
                         .time = error.time};
    }
}

QString textOf(TimelineEntry entry)
{
    entry = withoutSecrets(std::move(entry));
    if (auto *failed = std::get_if<happening::Failed>(&entry.what)) {
        makeReadable(failed->error);
    } else if (auto *completed = std::get_if<happening::Completed>(&entry.what);
               completed != nullptr && completed->obstacle) {
        makeReadable(*completed->obstacle);
    }
    return QString::fromUtf8(QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact));
}

std::optional<TimelineEntry> parse(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject()) {
        return std::nullopt;
    }
    auto entry = fromJson<TimelineEntry>(document.object());
    return entry ? std::optional(*std::move(entry)) : std::nullopt;
}

} // namespace

StoreResult<TimelineTable> TimelineTable::prepare(const QSqlDatabase &database, const QString &path)
{
    TimelineTable table(path);
    const std::array<std::pair<QSqlQuery *, const char *>, 4> wanted{{
        {&table.m_last,
         "SELECT position FROM timeline WHERE job = ? ORDER BY position DESC LIMIT 1"},
        {&table.m_add, "INSERT INTO timeline (job, position, entry) VALUES (?, ?, ?)"},
        {&table.m_trim, "DELETE FROM timeline WHERE job = ? AND position > 0 AND position <= ?"},
        {&table.m_read, "SELECT position, entry FROM timeline WHERE job = ? AND position >= ?"
                        " ORDER BY position LIMIT ?"},
    }};
    for (const auto &[statement, sql] : wanted) {
        *statement = QSqlQuery(database);
        statement->setForwardOnly(true);
        if (!statement->prepare(QString::fromLatin1(sql))) {
            return tl::unexpected(storeError(statement->lastError(), path, StoreFault::CannotOpen));
        }
    }
    return table;
}

StoreResult<int> TimelineTable::numberAfterLast(JobId job)
{
    m_last.addBindValue(job.value);
    if (!m_last.exec()) {
        return tl::unexpected(storeError(m_last.lastError(), m_path, StoreFault::CannotSave));
    }
    const qint64 last = m_last.next() ? m_last.value(0).toLongLong() : -1;
    m_last.finish();
    return int(std::clamp<qint64>(last + 1, 0, kMaxNumber));
}

std::optional<QSqlError> TimelineTable::append(JobId job, const QList<TimelineEntry> &entries)
{
    const auto first = numberAfterLast(job);
    if (!first) {
        return m_last.lastError();
    }
    int number = *first;
    for (const TimelineEntry &entry : entries) {
        m_add.addBindValue(job.value);
        m_add.addBindValue(number);
        m_add.addBindValue(textOf(entry));
        if (const auto failed = runStatement(m_add)) {
            return failed;
        }
        ++number;
    }
    if (number <= kTimelineMax) {
        return std::nullopt;
    }
    m_trim.addBindValue(job.value);
    m_trim.addBindValue(number - kTimelineMax); // with the first one, as many are left as may be
    return runStatement(m_trim);
}

StoreResult<TimelinePage> TimelineTable::page(JobId job, int first, int count)
{
    const auto total = numberAfterLast(job);
    if (!total) {
        return tl::unexpected(total.error());
    }
    TimelinePage page{.total = *total, .next = *total, .entries = {}};
    const int limit = std::max(count, 0);
    m_read.addBindValue(job.value);
    m_read.addBindValue(std::max(first, 0));
    m_read.addBindValue(limit);
    if (!m_read.exec()) {
        return tl::unexpected(storeError(m_read.lastError(), m_path, StoreFault::CannotSave));
    }
    int rows = 0;
    while (m_read.next()) {
        RowReader row(m_read, kReadColumns);
        const qint64 position = row.count(kMaxNumber);
        auto entry = row.require(parse(row.text()));
        if (row.isGood()) {
            page.entries.append(std::move(entry));
        }
        if (++rows == limit) {
            page.next = int(position) + 1;
        }
    }
    if (limit == 0) {
        page.next = std::clamp(first, 0, page.total);
    }
    m_read.finish();
    return page;
}

} // namespace core
