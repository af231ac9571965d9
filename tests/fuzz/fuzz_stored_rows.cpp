// SPDX-License-Identifier: Apache-2.0
// The rows of a list of jobs, as somebody else may have written them. A line of the input is
// "table.column=" and a value: n, i and digits, d and a number, t and bytes, which need not be
// UTF-8, or b and bytes. It overwrites the value in all rows of job 2; job 1 is left alone.
#include "core/store/block_hash_rows.h"
#include "core/store/job_rows.h"
#include "core/store/sqlite_file.h"
#include "core/store/stored_state_reader.h"
#include "tests/core/store/rich_job.h"
#include "tests/fuzz/check.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <array>

namespace {

using namespace core;

struct Table {
    const char *name;
    std::span<const char *const> columns;
};
constexpr std::array kTables{
    Table{"jobs", kJobColumns},
    Table{"files", kFileColumns},
    Table{"superseded", kSupersededColumns},
    Table{"block_hashes", kBlockHashColumns},
};

QString columnsOf(const Table &table)
{
    QStringList names;
    for (const char *column : table.columns) {
        names.append(QString::fromLatin1(column));
    }
    return names.join(u',');
}

/// Tables without a rule of their own, so that every value can stand in them.
class LooseList {
public:
    LooseList()
        : m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE")))
    {
        m_database.setDatabaseName(QStringLiteral(":memory:"));
        check(m_database.open());
        for (const Table &table : kTables) {
            run(QStringLiteral("CREATE TABLE %1 (%2)")
                    .arg(QLatin1StringView(table.name), columnsOf(table)));
        }
        for (const char *rest :
             {"counters (name, value)", "settings (name, value)", "keyring_left (job)"}) {
            run(QStringLiteral("CREATE TABLE %1").arg(QLatin1StringView(rest)));
        }
        for (const qint64 id : {1, 2}) {
            add(rich::job(id));
        }
    }

    [[nodiscard]] const QSqlDatabase &database() const { return m_database; }

    void run(const QString &sql) const { check(QSqlQuery(m_database).exec(sql)); }

    void overwrite(const Table &table, const QByteArray &column, const QByteArray &value) const
    {
        const bool isText = value.startsWith('t');
        const QLatin1StringView key(qstrcmp(table.name, "jobs") == 0 ? "id" : "job");
        QSqlQuery query(m_database);
        check(query.prepare(
            QStringLiteral("UPDATE %1 SET %2 = %3 WHERE %4 = 2")
                .arg(QLatin1StringView(table.name), QLatin1StringView(column),
                     isText ? QStringLiteral("CAST(? AS TEXT)") : QStringLiteral("?"), key)));
        query.bindValue(0, valueOf(value));
        check(query.exec());
    }

private:
    [[nodiscard]] static QVariant valueOf(const QByteArray &value)
    {
        const QByteArray rest = value.mid(1);
        switch (value.isEmpty() ? 'n' : value.front()) {
        case 'i':
            return rest.toLongLong();
        case 'd':
            return rest.toDouble();
        case 't':
        case 'b':
            return rest.isNull() ? QByteArray("") : rest;
        default:
            return {};
        }
    }

    [[nodiscard]] QSqlQuery insertInto(const Table &table) const
    {
        QStringList places;
        places.fill(QStringLiteral("?"), qsizetype(table.columns.size()));
        QSqlQuery insert(m_database);
        check(insert.prepare(QStringLiteral("INSERT INTO %1 VALUES (%2)")
                                 .arg(QLatin1StringView(table.name), places.join(u','))));
        return insert;
    }

    void add(const JobRecord &job) const
    {
        QSqlQuery jobs = insertInto(kTables[0]);
        bindJob(jobs, job);
        check(jobs.exec());
        for (int index = 0; index < int(job.files.size()); ++index) {
            const FileRecord &file = job.files.at(index);
            QSqlQuery files = insertInto(kTables[1]);
            bindFile(files, {job.id, index}, file);
            check(files.exec());
            for (int position = 0; position < int(file.superseded.size()); ++position) {
                QSqlQuery superseded = insertInto(kTables[2]);
                bindSuperseded(superseded, {job.id, index}, position, file.superseded.at(position));
                check(superseded.exec());
            }
        }
        run(QStringLiteral("INSERT INTO block_hashes VALUES (%1, 0, 0, x'00')").arg(job.id.value));
    }

    QSqlDatabase m_database;
};

void overwriteBy(const LooseList &list, const QByteArray &line)
{
    const qsizetype equals = line.indexOf('=');
    const QByteArray which = line.first(std::max<qsizetype>(equals, 0));
    for (const Table &table : kTables) {
        for (const char *column : table.columns) {
            const QByteArray name = QByteArray(table.name) + '.' + column;
            const bool isKey = qstrcmp(column, "id") == 0 || qstrcmp(column, "job") == 0;
            if (which == name && !isKey) { // the real tables have constraints on those
                list.overwrite(table, column, line.mid(equals + 1));
            }
        }
    }
}

bool isGoodPath(const QString &path)
{
    return path.isEmpty() || (path.startsWith(u'/') && !path.contains(QChar(u'\0')) &&
                              !path.split(u'/').contains(QStringLiteral("..")));
}

void checkFile(const FileRecord &file)
{
    check(isGoodPath(file.part.path) && isGoodPath(file.publishedPath));
    for (const OlderPart &older : file.superseded) {
        check(!older.part.isEmpty() && isGoodPath(older.part.path) && older.bytes >= 0);
    }
    check(!file.name.contains(u'/') && !file.name.contains(QChar(u'\0')));
    qint64 end = -1;
    for (const ByteRange &range : file.durable.ranges()) {
        check(range.first > end && range.end > range.first); // apart, and in order
        end = range.end;
    }
    check(!file.sizeBytes || (*file.sizeBytes >= 0 && end <= *file.sizeBytes));
    check(file.failures >= 0 && file.state != FileState::Active);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int argc = 0;
    static const QCoreApplication application(argc, nullptr); // drivers are found through one
    static const LooseList list;
    list.run(QStringLiteral("BEGIN"));
    for (const QByteArray &line : bytesOf(data, size).split('\n')) {
        overwriteBy(list, line);
    }
    const auto state = readStoredState(list.database(), QStringLiteral("/state/jobs.sqlite"));
    list.run(QStringLiteral("ROLLBACK"));

    check(state.has_value());
    check(!state->jobs.isEmpty() && state->jobs.first().id.value == 1);
    check(state->jobs.first().files == rich::job(1).files || !state->problems.isEmpty());
    check(state->jobs.size() == 2 || !state->problems.filter(QStringLiteral("job 2 ")).isEmpty());
    for (const JobRecord &job : state->jobs) {
        check(isGoodPath(job.folder) && job.errorCount >= 0);
        for (const FileRecord &file : job.files) {
            checkFile(file);
        }
    }
    return 0;
}
