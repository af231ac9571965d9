// SPDX-License-Identifier: Apache-2.0
#include "core/store/job_rows.h"

#include "core/http/headers.h"
#include "core/http/link.h"
#include "core/job/job_fields.h"
#include "core/store/without_secrets.h"

#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

namespace core {

namespace {

constexpr qint64 kLastMsec = 253'402'300'799'999; // the end of the year 9999
constexpr qint64 kLongestDelayMsec = qint64(100) * 366 * 86'400'000;
constexpr qint64 kFastestBytesPerSecond = qint64(1) << 53;
constexpr int kNameMaxBytes = 255;

// Binding: what is written here is always accepted below, or a job would be gone at the next start.

/// A validator that could not be sent back is as good as none.
QVariant fieldValueOf(const QByteArray &received)
{
    return isFieldValue(received) && !received.isNull() ? received : QByteArray("");
}

std::chrono::milliseconds boundedDelay(std::chrono::milliseconds delay)
{
    return std::clamp(delay, std::chrono::milliseconds(0),
                      std::chrono::milliseconds(kLongestDelayMsec));
}

QVariant timeValue(const QDateTime &time)
{
    return time.isValid() ? QVariant(std::clamp(time.toMSecsSinceEpoch(), qint64(0), kLastMsec))
                          : QVariant();
}

QVariant urlValue(const QUrl &url)
{
    return textValue(QString::fromLatin1(url.toEncoded(QUrl::RemoveUserInfo)));
}

QString jsonText(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

/// An error that would not be understood when it is read back, because of something a server put
/// into it, is stored without its evidence: it must not cost the job.
QVariant errorValue(const std::optional<JobError> &error)
{
    if (!error) {
        return {};
    }
    const QJsonObject json = toJson(withoutSecrets(*error));
    if (fromJson<JobError>(json)) {
        return jsonText(json);
    }
    return jsonText(
        toJson(JobError{.cause = error->cause,
                        .step = error->step,
                        .fileIndex = std::clamp(error->fileIndex, 0, kMaxFilesPerJob - 1),
                        .httpStatus = std::clamp(error->httpStatus, 0, 999),
                        .time = error->time}));
}

/// Numbers beyond what JSON carries exactly mean "for ever" and "no limit".
QVariant optionsValue(const JobOptions &given)
{
    JobOptions options = withoutSecrets(given);
    options.minRetryDelay = boundedDelay(options.minRetryDelay);
    options.noProgressTimeout = boundedDelay(options.noProgressTimeout);
    if (options.limitBytesPerSecond.value_or(0) > kFastestBytesPerSecond) {
        options.limitBytesPerSecond.reset();
    }
    return jsonText(toJson(options));
}

template <typename Enum>
QVariant nameValue(Enum value)
{
    return QString::fromLatin1(name(value));
}

QVariant hashValue(const std::optional<ExpectedHash> &hash)
{
    return hash ? QVariant(text(*hash)) : QVariant();
}

/// Device and inode numbers use all 64 bits; SQLite has signed integers only.
QVariant bitsValue(quint64 bits)
{
    return static_cast<qint64>(bits);
}

// Reading.

template <typename T>
std::optional<T> parseJson(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject()) {
        return std::nullopt;
    }
    auto value = fromJson<T>(document.object());
    return value ? std::optional(*std::move(value)) : std::nullopt;
}

/// What is sent to a server is checked again: a line break in it would be a second header.
bool isPlausible(const JobOptions &options)
{
    return options.minRetryDelay.count() >= 0 && options.noProgressTimeout.count() >= 0 &&
           options.limitBytesPerSecond.value_or(1) > 0 &&
           (options.proxy.isEmpty() || isUsableProxy(options.proxy)) &&
           std::ranges::all_of(options.headers, [](const HeaderField &field) {
               return isFieldName(field.first) && isFieldValue(field.second) &&
                      !isReservedFieldName(field.first);
           });
}

std::optional<JobOptions> parseOptions(const QString &text)
{
    auto options = parseJson<JobOptions>(text);
    return options && isPlausible(*options) ? std::move(options) : std::nullopt;
}

QDateTime readTime(RowReader &row)
{
    return QDateTime::fromMSecsSinceEpoch(row.count(kLastMsec), QTimeZone::utc()).toUTC();
}

QDateTime readOptionalTime(RowReader &row)
{
    return row.optional([&row] { return readTime(row); }).value_or(QDateTime());
}

std::optional<JobError> readError(RowReader &row)
{
    return row.optional([&row] { return row.require(parseJson<JobError>(row.text())); });
}

QUrl readUrl(RowReader &row)
{
    const auto link = parseLink(row.text());
    return row.require(link ? std::optional(link->url) : std::nullopt);
}

/// One component of a path, or nothing yet.
QString readFileName(RowReader &row)
{
    const QString name = row.text();
    const bool bad = name == u'.' || name == u".." || name.toUtf8().size() > kNameMaxBytes ||
                     std::ranges::any_of(name, [](QChar c) { return c == u'/' || c < u' '; });
    if (bad) {
        row.reject();
    }
    return name;
}

/// An absolute path, or none.
QString readPath(RowReader &row)
{
    const QString path = row.text();
    if (!path.isEmpty() && !isStoredPath(path)) {
        row.reject();
    }
    return path;
}

QByteArray readFieldValue(RowReader &row)
{
    const QByteArray value = row.bytes();
    if (!isFieldValue(value)) {
        row.reject();
    }
    return value;
}

PartIdentity readPart(RowReader &row)
{
    PartIdentity part;
    part.path = readPath(row);
    part.device = static_cast<quint64>(row.integer());
    part.inode = static_cast<quint64>(row.integer());
    return part;
}

std::optional<Due> readDue(RowReader &row)
{
    const auto at = row.optional([&row] { return readTime(row); });
    const auto delay = row.optional([&row] { return row.count(kLongestDelayMsec); });
    if (at.has_value() != delay.has_value()) {
        row.reject();
    }
    return at && delay ? std::optional(Due{*at, std::chrono::milliseconds(*delay)}) : std::nullopt;
}

/// Claims beyond the end of the file are not ours.
RangeSet readDurable(RowReader &row, std::optional<qint64> sizeBytes)
{
    const RangeSet durable = row.require(RangeSet::fromText(row.text()));
    if (sizeBytes && !durable.isEmpty() && durable.ranges().last().end > *sizeBytes) {
        row.reject();
    }
    return durable;
}

std::optional<ExpectedHash> readHash(RowReader &row)
{
    return row.optional([&row] { return row.require(parseExpectedHash(row.text())); });
}

int readCount(RowReader &row)
{
    return static_cast<int>(row.count(std::numeric_limits<int>::max()));
}

FileId readFileId(RowReader &row)
{
    const JobId job{row.count()};
    return {job, static_cast<int>(row.count(kMaxFilesPerJob - 1))};
}

FileState readFileState(RowReader &row)
{
    const FileState state = row.require(parse<FileState>(row.text()));
    return state == FileState::Active ? FileState::Pending : state;
}

} // namespace

QVariant textValue(const QString &text)
{
    return text.isNull() ? QString(QLatin1StringView("")) : text;
}

bool isStoredPath(const QString &path)
{
    return path.startsWith(u'/') && !path.contains(QChar(u'\0')) &&
           !QString(path + u'/').contains(QLatin1StringView("/../"));
}

void bindJob(QSqlQuery &statement, const JobRecord &job)
{
    statement.addBindValue(job.id.value);
    statement.addBindValue(nameValue(job.type));
    statement.addBindValue(nameValue(job.state));
    statement.addBindValue(textValue(job.name));
    statement.addBindValue(nameValue(job.priority));
    statement.addBindValue(textValue(job.folder));
    statement.addBindValue(optionsValue(job.options));
    statement.addBindValue(errorValue(job.error));
    statement.addBindValue(errorValue(job.obstacle));
    statement.addBindValue(qint64(job.errorCount));
    statement.addBindValue(timeValue(job.createdAt));
    statement.addBindValue(timeValue(job.modifiedAt));
    statement.addBindValue(timeValue(job.transferredAt));
}

JobRecord readJob(RowReader &row)
{
    JobRecord job;
    job.id.value = row.count();
    job.type = row.require(parse<JobType>(row.text()));
    job.state = row.require(parse<JobState>(row.text()));
    job.name = row.text();
    job.priority = row.require(parse<Priority>(row.text()));
    job.folder = readPath(row);
    if (job.type == JobType::Download && job.folder.isEmpty()) {
        row.reject();
    }
    job.options = row.require(parseOptions(row.text()));
    job.error = readError(row);
    job.obstacle = readError(row);
    job.errorCount = readCount(row);
    job.createdAt = readOptionalTime(row);
    job.modifiedAt = readOptionalTime(row);
    job.transferredAt = readOptionalTime(row);
    return job;
}

void bindFile(QSqlQuery &statement, FileId id, const FileRecord &file)
{
    const bool active = file.state == FileState::Active;
    statement.addBindValue(id.job.value);
    statement.addBindValue(qint64(id.index));
    statement.addBindValue(urlValue(file.spec.url));
    statement.addBindValue(textValue(file.spec.name));
    statement.addBindValue(hashValue(file.spec.hash));
    statement.addBindValue(nameValue(active ? FileState::Pending : file.state));
    statement.addBindValue(textValue(file.name));
    statement.addBindValue(file.sizeBytes ? QVariant(*file.sizeBytes) : QVariant());
    statement.addBindValue(fieldValueOf(file.validator.etag));
    statement.addBindValue(fieldValueOf(file.validator.lastModified));
    statement.addBindValue(fieldValueOf(file.validator.date));
    statement.addBindValue(textValue(file.durable.toText()));
    statement.addBindValue(textValue(file.part.path));
    statement.addBindValue(bitsValue(file.part.device));
    statement.addBindValue(bitsValue(file.part.inode));
    statement.addBindValue(textValue(file.publishedPath));
    statement.addBindValue(file.existing ? nameValue(*file.existing) : QVariant());
    statement.addBindValue(errorValue(file.error));
    const bool isDue = file.due && file.due->at.isValid();
    statement.addBindValue(isDue ? timeValue(file.due->at) : QVariant());
    statement.addBindValue(isDue ? QVariant(qint64(boundedDelay(file.due->delay).count()))
                                 : QVariant());
    statement.addBindValue(qint64(file.failures));
    statement.addBindValue(nameValue(file.acceptance));
    statement.addBindValue(hashValue(file.promisedHash));
    statement.addBindValue(nameValue(file.sizeSource));
}

FileRow readFile(RowReader &row)
{
    FileRow read{readFileId(row), {}};
    FileRecord &file = read.file;
    file.spec.url = readUrl(row);
    file.spec.name = readFileName(row);
    file.spec.hash = readHash(row);
    file.state = readFileState(row);
    file.name = readFileName(row);
    file.sizeBytes = row.optional([&row] { return row.count(); });
    file.validator.etag = readFieldValue(row);
    file.validator.lastModified = readFieldValue(row);
    file.validator.date = readFieldValue(row);
    file.durable = readDurable(row, file.sizeBytes);
    file.part = readPart(row);
    file.publishedPath = readPath(row);
    file.existing = row.optional([&row] { return row.require(parse<ExistingFile>(row.text())); });
    file.error = readError(row);
    file.due = readDue(row);
    file.failures = readCount(row);
    file.acceptance = row.require(parse<Acceptance>(row.text()));
    file.promisedHash = readHash(row);
    file.sizeSource = row.require(parse<SizeSource>(row.text()));
    return read;
}

void bindSuperseded(QSqlQuery &statement, FileId id, int position, const PartIdentity &part)
{
    statement.addBindValue(id.job.value);
    statement.addBindValue(qint64(id.index));
    statement.addBindValue(qint64(position));
    statement.addBindValue(textValue(part.path));
    statement.addBindValue(bitsValue(part.device));
    statement.addBindValue(bitsValue(part.inode));
}

SupersededRow readSuperseded(RowReader &row)
{
    SupersededRow read;
    read.file = readFileId(row);
    [[maybe_unused]] const qint64 position = row.integer();
    read.part = readPart(row);
    return read;
}

} // namespace core
