// SPDX-License-Identifier: Apache-2.0
#include "core/http/file_name.h"
#include "core/http/headers.h"
#include "core/http/link.h"
#include "core/job/upload_fields.h"
#include "core/store/job_rows.h"

#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

namespace core {

namespace {

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
           options.limitBytesPerSecond.value_or(1) > 0 && options.connections.value_or(1) > 0 &&
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
    const bool bad = name == u'.' || name == u".." || name.toUtf8().size() > kMaxFileNameBytes ||
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

std::optional<PartStamp> readStamp(RowReader &row)
{
    const auto size = row.optional([&row] { return row.count(); });
    const auto modified = row.optional([&row] { return row.integer(); });
    return size && modified ? std::optional(PartStamp{*size, *modified}) : std::nullopt;
}

UploadMark readUpload(RowReader &row)
{
    const auto upload =
        row.optional([&row] { return row.require(parseJson<UploadMark>(row.text())); });
    return upload.value_or(UploadMark());
}

std::optional<ExpectedHash> readHash(RowReader &row)
{
    return row.optional([&row] { return row.require(parseExpectedHash(row.text())); });
}

int readCount(RowReader &row)
{
    return static_cast<int>(row.count(std::numeric_limits<int>::max()));
}

FileState readFileState(RowReader &row)
{
    const FileState state = row.require(parse<FileState>(row.text()));
    return state == FileState::Active ? FileState::Pending : state;
}

} // namespace

bool isStoredPath(const QString &path)
{
    return path.startsWith(u'/') && !path.contains(QChar(u'\0')) &&
           !QString(path + u'/').contains(QLatin1StringView("/../"));
}

FileId readFileId(RowReader &row)
{
    const JobId job{row.count()};
    return {job, static_cast<int>(row.count(kMaxFilesPerJob - 1))};
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
    job.untold.frontEnds = row.integer() != 0;
    job.untold.command = row.integer() != 0;
    job.connectionsBorne =
        row.optional([&row] { return std::max(1, int(row.count(kMaxConnections))); });
    job.servedAs = row.text().toLatin1();
    return job;
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
    file.seal.stamp = readStamp(row);
    file.upload = readUpload(row);
    file.priority = row.require(parse<FilePriority>(row.text()));
    return read;
}

SupersededRow readSuperseded(RowReader &row)
{
    SupersededRow read;
    read.file = readFileId(row);
    [[maybe_unused]] const qint64 position = row.integer();
    read.older.part = readPart(row);
    read.older.bytes = std::max<qint64>(row.integer(), 0);
    read.older.isWhole = row.integer() != 0;
    return read;
}

} // namespace core
