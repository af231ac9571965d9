// SPDX-License-Identifier: Apache-2.0
#include "core/store/stored_state_reader.h"

#include "core/job/job_fields.h"
#include "core/store/block_hash_rows.h"
#include "core/store/job_rows.h"
#include "core/store/sqlite_file.h"

#include <QHash>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace core {

namespace {

constexpr int kMostAtOnce = 1000;

constexpr std::array kCounterColumns{"value"};
constexpr std::array kLeftColumns{"job"};

// A setting is a row: the name of its field, and a text.

QString settingText(const QString &folder)
{
    return folder;
}

QString settingText(int atOnce)
{
    return QString::number(atOnce);
}

QString settingText(bool isOn)
{
    return isOn ? QStringLiteral("yes") : QStringLiteral("no");
}

QString settingText(std::optional<qint64> limit)
{
    return limit ? QString::number(*limit) : QString();
}

bool readSetting(const QString &text, std::optional<qint64> *limit)
{
    bool ok = false;
    *limit = text.isEmpty() ? std::nullopt : std::optional(text.toLongLong(&ok));
    return !*limit || (ok && **limit > 0);
}

bool readSetting(const QString &text, bool *isOn)
{
    *isOn = text == settingText(true);
    return *isOn || text == settingText(false);
}

bool readSetting(const QString &text, QString *folder)
{
    *folder = text;
    return text.isEmpty() || isStoredPath(text);
}

bool readSetting(const QString &text, int *atOnce)
{
    bool ok = false;
    *atOnce = text.toInt(&ok);
    return ok && *atOnce >= 1 && *atOnce <= kMostAtOnce;
}

bool applySetting(Settings &settings, const QString &name, const QString &value)
{
    bool isGood = false;
    Settings changed = settings;
    forEachField<Settings>([&](const auto &field) {
        if (name == QLatin1StringView(field.name)) {
            isGood = readSetting(value, &(changed.*field.member));
        }
    });
    settings = isGood ? changed : settings;
    return isGood;
}

/// Collects the state, and which jobs cannot be used.
class StateReader {
public:
    /// Of all jobs, or of one.
    StateReader(const QSqlDatabase &database, QString path, std::optional<JobId> only = {})
        : m_database(database)
        , m_path(std::move(path))
        , m_only(only)
    {
    }

    StoreResult<StoredState> read();
    StoreResult<std::optional<JobRecord>> readOne();

private:
    using OnRow = std::function<void(RowReader &)>;
    StoreResult<> eachRow(const char *table, std::span<const char *const> columns,
                          const char *order, const OnRow &onRow);
    StoreResult<> readJobs();
    void addJob(RowReader &row);
    void addFile(RowReader &row);
    void addSuperseded(RowReader &row);
    void addBlockHashes(RowReader &row);
    void addSetting(RowReader &row);
    void dropUnusableJobs();

    /// The job of a row of a child, unless it is left out.
    JobRecord *findJob(JobId id);
    void leaveOut(JobId id, const QString &why);

    const QSqlDatabase &m_database;
    const QString m_path;
    const std::optional<JobId> m_only;
    StoredState m_state;
    QHash<JobId, qsizetype> m_indexOf;
    QHash<JobId, QString> m_leftOut;
};

StoreResult<> StateReader::eachRow(const char *table, std::span<const char *const> columns,
                                   const char *order, const OnRow &onRow)
{
    QStringList names;
    for (const char *column : columns) {
        names.append(QString::fromLatin1(column));
    }
    const QString sort = QString::fromLatin1(order); // the job first
    const QString which =
        m_only ? QStringLiteral("WHERE %1 = %2").arg(sort.section(u',', 0, 0), text(*m_only))
               : QString();
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    bool ok = query.exec(QStringLiteral("SELECT %1 FROM %2 %3 ORDER BY %4")
                             .arg(names.join(u','), QLatin1StringView(table), which, sort));
    while (ok && query.next()) {
        RowReader row(query, columns);
        onRow(row);
    }
    ok = ok && !query.lastError().isValid();
    return ok ? StoreResult<>()
              : tl::unexpected(storeError(query.lastError(), m_path, StoreFault::CannotOpen));
}

JobRecord *StateReader::findJob(JobId id)
{
    const auto found = m_indexOf.constFind(id);
    return found == m_indexOf.cend() || m_leftOut.contains(id) ? nullptr
                                                               : &m_state.jobs[found.value()];
}

void StateReader::leaveOut(JobId id, const QString &why)
{
    if (!m_leftOut.contains(id)) {
        m_leftOut.insert(id, why);
        m_state.problems.append(QStringLiteral("job %1 was left out: %2").arg(text(id), why));
    }
}

void StateReader::addJob(RowReader &row)
{
    JobRecord job = readJob(row);
    m_state.lastJobId = std::max(m_state.lastJobId, job.id.value);
    if (!row.isGood()) {
        leaveOut(job.id, QStringLiteral("bad ") + row.badColumn());
        return;
    }
    m_indexOf.insert(job.id, m_state.jobs.size());
    m_state.jobs.append(std::move(job));
}

void StateReader::addFile(RowReader &row)
{
    FileRow read = readFile(row);
    JobRecord *job = findJob(read.id.job);
    if (!job) {
        return leaveOut(read.id.job, QStringLiteral("files without a job"));
    }
    if (!row.isGood()) {
        return leaveOut(job->id,
                        QStringLiteral("file %1: bad %2").arg(read.id.index).arg(row.badColumn()));
    }
    if (read.id.index != job->files.size()) {
        return leaveOut(job->id, QStringLiteral("file %1 is missing").arg(job->files.size()));
    }
    job->files.append(std::move(read.file));
}

void StateReader::addSuperseded(RowReader &row)
{
    const SupersededRow read = readSuperseded(row);
    JobRecord *job = findJob(read.file.job);
    if (!job) {
        return;
    }
    if (!row.isGood() || read.older.part.isEmpty() || read.file.index >= job->files.size()) {
        return leaveOut(job->id,
                        QStringLiteral("file %1: bad superseded part").arg(read.file.index));
    }
    job->files[read.file.index].superseded.append(read.older);
}

/// Hashes that cannot be used vouch for nothing; the bytes are still claimed.
void StateReader::addBlockHashes(RowReader &row)
{
    const BlockHashRow read = readBlockHashes(row);
    JobRecord *job = findJob(read.file.job);
    if (!job || read.file.index >= job->files.size()) {
        return;
    }
    if (!row.isGood()) {
        m_state.problems.append(QStringLiteral("hashes of file %1 of job %2 were left out")
                                    .arg(QString::number(read.file.index), text(job->id)));
        return;
    }
    FileRecord &file = job->files[read.file.index];
    file.seal.hashes.insert(read.hashes.within(file.durable));
}

void StateReader::addSetting(RowReader &row)
{
    const QString name = row.text();
    const QString value = row.text();
    if (!row.isGood() || !applySetting(m_state.settings, name, value)) {
        m_state.problems.append(QStringLiteral("the setting \"%1\" was left out").arg(name));
    }
}

/// Errors point at files by index; an index that is not there would be followed somewhere.
bool pointsAtAFile(const std::optional<JobError> &error, const JobRecord &job)
{
    return !error || error->fileIndex == 0 || error->fileIndex < job.files.size();
}

void StateReader::dropUnusableJobs()
{
    for (const JobRecord &job : std::as_const(m_state.jobs)) {
        const bool good = pointsAtAFile(job.error, job) && pointsAtAFile(job.obstacle, job) &&
                          std::ranges::all_of(job.files, [&job](const FileRecord &file) {
                              return pointsAtAFile(file.error, job);
                          });
        if (!good) {
            leaveOut(job.id, QStringLiteral("an error of a file that is not there"));
        }
    }
    m_state.jobs.removeIf([this](const JobRecord &job) { return m_leftOut.contains(job.id); });
}

StoreResult<> StateReader::readJobs()
{
    const auto done = eachRow("jobs", kJobColumns, "id", [this](RowReader &row) { addJob(row); });
    if (!done || (m_only && m_state.jobs.isEmpty())) {
        return done;
    }
    return done
        .and_then([this] {
            return eachRow("files", kFileColumns, "job, position",
                           [this](RowReader &row) { addFile(row); });
        })
        .and_then([this] {
            return eachRow("superseded", kSupersededColumns, "job, file, position",
                           [this](RowReader &row) { addSuperseded(row); });
        })
        .and_then([this] {
            return eachRow("block_hashes", kBlockHashColumns, "job, file, chunk",
                           [this](RowReader &row) { addBlockHashes(row); });
        });
}

StoreResult<std::optional<JobRecord>> StateReader::readOne()
{
    if (const auto done = readJobs(); !done) {
        return tl::unexpected(done.error());
    }
    dropUnusableJobs();
    return m_state.jobs.isEmpty() ? std::nullopt : std::optional(m_state.jobs.takeFirst());
}

StoreResult<StoredState> StateReader::read()
{
    const auto addCounter = [this](RowReader &row) {
        m_state.lastJobId = std::max(m_state.lastJobId, row.count());
    };
    const auto addLeft = [this](RowReader &row) { m_state.secretsLeft.append(JobId{row.count()}); };
    const auto done =
        eachRow("counters", kCounterColumns, "name", addCounter)
            .and_then([this] { return readJobs(); })
            .and_then([&] { return eachRow("keyring_left", kLeftColumns, "job", addLeft); })
            .and_then([this] {
                return eachRow("settings", kSettingColumns, "name",
                               [this](RowReader &row) { addSetting(row); });
            });
    if (!done) {
        return tl::unexpected(done.error());
    }
    dropUnusableJobs();
    return std::move(m_state);
}

} // namespace

StoreResult<StoredState> readStoredState(const QSqlDatabase &database, const QString &path)
{
    return StateReader(database, path).read();
}

StoreResult<std::optional<JobRecord>> readStoredJob(const QSqlDatabase &database,
                                                    const QString &path, JobId id)
{
    return StateReader(database, path, id).readOne();
}

QList<std::pair<QString, QString>> settingRows(const Settings &settings)
{
    QList<std::pair<QString, QString>> rows;
    forEachField<Settings>([&](const auto &field) {
        rows.append({QString::fromLatin1(field.name), settingText(settings.*field.member)});
    });
    return rows;
}

} // namespace core
