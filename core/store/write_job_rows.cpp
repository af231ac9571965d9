// SPDX-License-Identifier: Apache-2.0
#include "core/http/headers.h"
#include "core/job/upload_fields.h"
#include "core/store/job_rows.h"
#include "core/store/without_secrets.h"

#include <QJsonDocument>

#include <algorithm>

namespace core {

namespace {

constexpr qint64 kFastestBytesPerSecond = qint64(1) << 53;

// What is written here is always accepted when it is read, or a job would be gone at the next
// start.

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

QVariant uploadValue(const UploadMark &upload)
{
    return upload == UploadMark() ? QVariant() : jsonText(toJson(upload));
}

} // namespace

QVariant textValue(const QString &text)
{
    return text.isNull() ? QString(QLatin1StringView("")) : text;
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
    statement.addBindValue(qint64(job.untold.frontEnds));
    statement.addBindValue(qint64(job.untold.command));
    statement.addBindValue(job.connectionsBorne ? QVariant(*job.connectionsBorne) : QVariant());
    statement.addBindValue(textValue(QString::fromLatin1(job.servedAs)));
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
    const auto &stamp = file.seal.stamp;
    statement.addBindValue(stamp ? QVariant(stamp->sizeBytes) : QVariant());
    statement.addBindValue(stamp ? QVariant(stamp->modifiedNs) : QVariant());
    statement.addBindValue(uploadValue(file.upload));
    statement.addBindValue(nameValue(file.priority));
}

void bindSuperseded(QSqlQuery &statement, FileId id, int position, const OlderPart &older)
{
    statement.addBindValue(id.job.value);
    statement.addBindValue(qint64(id.index));
    statement.addBindValue(qint64(position));
    statement.addBindValue(textValue(older.part.path));
    statement.addBindValue(bitsValue(older.part.device));
    statement.addBindValue(bitsValue(older.part.inode));
    statement.addBindValue(older.bytes);
    statement.addBindValue(qint64(older.isWhole ? 1 : 0));
}

} // namespace core
