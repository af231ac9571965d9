// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_json.h"

#include "core/job/certificate_json.h"
#include "core/job/json_reader.h"

#include <QJsonArray>

#include <algorithm>

namespace core {

namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxHttpStatus = 999;

QJsonValue orNull(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

template <typename Rep, typename Period>
QJsonValue orNull(const std::optional<std::chrono::duration<Rep, Period>> &duration)
{
    return duration ? QJsonValue(qint64(duration->count())) : QJsonValue();
}

QJsonValue orNull(const std::optional<JobError> &error)
{
    return error ? QJsonValue(toJson(*error)) : QJsonValue();
}

QJsonValue orNull(const std::optional<ExpectedHash> &hash)
{
    return hash ? QJsonValue(text(*hash)) : QJsonValue();
}

QJsonValue orNull(const std::optional<Due> &due)
{
    if (!due) {
        return {};
    }
    return QJsonObject{{u"at"_s, isoTime(due->at)}, {u"delayMs"_s, qint64(due->delay.count())}};
}

/// Bytes as the characters of the same numbers, so that each value comes back as it was, whatever
/// coding the server had in mind.
QJsonArray fieldsToJson(const HeaderFields &fields)
{
    QJsonArray out;
    for (const auto &[fieldName, value] : fields) {
        out += QJsonObject{{u"name"_s, QString::fromLatin1(fieldName)},
                           {u"value"_s, QString::fromLatin1(value)}};
    }
    return out;
}

bool isLatin1(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() <= 0xff; });
}

void readFields(JsonReader *in, HeaderFields *out)
{
    if (!in->isPresent("headers"_L1)) {
        return;
    }
    if (!in->value("headers"_L1).isArray()) {
        in->spoil();
        return;
    }
    const QJsonArray fields = in->value("headers"_L1).toArray();
    for (const QJsonValue field : fields) {
        const QJsonValue fieldName = field["name"_L1];
        const QJsonValue value = field["value"_L1];
        if (!fieldName.isString() || !value.isString() || !isLatin1(fieldName.toString()) ||
            !isLatin1(value.toString())) {
            in->spoil();
            return;
        }
        *out += HeaderField(fieldName.toString().toLatin1(), value.toString().toLatin1());
    }
}

void readUrls(JsonReader *in, QLatin1StringView key, QList<QUrl> *out)
{
    if (!in->isPresent(key)) {
        return;
    }
    if (!in->value(key).isArray()) {
        in->spoil();
        return;
    }
    const QJsonArray urls = in->value(key).toArray();
    for (const QJsonValue each : urls) {
        const QUrl url(each.toString(), QUrl::StrictMode);
        if (!url.isValid()) {
            in->spoil();
            return;
        }
        *out += url;
    }
}

void readDuration(JsonReader *in, QLatin1StringView key, std::chrono::milliseconds *out)
{
    qint64 count = out->count();
    in->read(key, &count);
    *out = std::chrono::milliseconds(count);
}

QJsonObject evidenceToJson(const Evidence &evidence)
{
    QJsonArray redirects;
    for (const QUrl &url : evidence.redirects) {
        redirects += publicUrl(url);
    }
    return {
        {u"redirects"_s, redirects},      {u"headers"_s, fieldsToJson(evidence.headers)},
        {u"attempt"_s, evidence.attempt}, {u"offsetBytes"_s, evidence.offsetBytes},
        {u"detail"_s, evidence.detail},   {u"osError"_s, evidence.osError},
    };
}

void readEvidence(JsonReader *outer, Evidence *out)
{
    if (!outer->isPresent("evidence"_L1)) {
        return;
    }
    if (!outer->value("evidence"_L1).isObject()) {
        outer->spoil();
        return;
    }
    JsonReader in(outer->value("evidence"_L1).toObject());
    readUrls(&in, "redirects"_L1, &out->redirects);
    readFields(&in, &out->headers);
    in.read("attempt"_L1, &out->attempt);
    in.read("offsetBytes"_L1, &out->offsetBytes);
    in.read("detail"_L1, &out->detail);
    in.read("osError"_L1, &out->osError);
    if (!in.isGood()) {
        outer->spoil();
    }
}

void readCertificate(JsonReader *in, std::optional<SeenCertificate> *out)
{
    if (!in->isPresent("certificate"_L1)) {
        return;
    }
    *out = seenCertificateFromJson(in->value("certificate"_L1).toObject());
    if (!*out) {
        in->spoil();
    }
}

void readHash(JsonReader *in, QLatin1StringView key, std::optional<ExpectedHash> *out)
{
    if (!in->isPresent(key)) {
        return;
    }
    QString typed;
    in->read(key, &typed);
    *out = parseExpectedHash(typed);
    if (!*out) {
        in->spoil();
    }
}

void readTrusted(JsonReader *in, QList<TrustedCertificate> *out)
{
    const auto read = trustedCertificatesFromJson(in->value("trusted"_L1).toArray());
    if (read) {
        *out = *read;
    } else {
        in->spoil();
    }
}

QJsonObject entryToJson(const ManifestEntry &entry)
{
    return {
        {u"file"_s, entry.fileIndex},
        {u"name"_s, entry.name},
        {u"path"_s, entry.path},
        {u"bytes"_s, entry.bytes},
        {u"sizeBytes"_s, orNull(entry.sizeBytes)},
    };
}

QJsonArray entriesToJson(const QList<ManifestEntry> &entries)
{
    QJsonArray out;
    for (const ManifestEntry &entry : entries) {
        out += entryToJson(entry);
    }
    return out;
}

QJsonObject effectToJson(const CompleteEffect &effect)
{
    return {
        {u"filesKept"_s, effect.filesKept},       {u"bytesKept"_s, effect.bytesKept},
        {u"filesPartial"_s, effect.filesPartial}, {u"bytesPartial"_s, effect.bytesPartial},
        {u"filesMissing"_s, effect.filesMissing},
    };
}

} // namespace

QJsonObject toJson(const JobError &error)
{
    return {
        {u"cause"_s, nameOf(error.cause)},
        {u"context"_s, nameOf(contextOf(error))},
        {u"step"_s, nameOf(error.step)},
        {u"file"_s, error.fileIndex},
        {u"url"_s, publicUrl(error.url)},
        {u"localPath"_s, error.localPath},
        {u"httpStatus"_s, error.httpStatus},
        {u"fileBytesDone"_s, error.fileBytesDone},
        {u"fileBytesTotal"_s, orNull(error.fileBytesTotal)},
        {u"jobBytesDone"_s, error.jobBytesDone},
        {u"jobFilesDone"_s, error.jobFilesDone},
        {u"jobFilesTotal"_s, error.jobFilesTotal},
        {u"bytesMissing"_s, orNull(error.bytesMissing)},
        {u"retryAfterMs"_s, orNull(error.retryAfter)},
        {u"certificate"_s,
         error.certificate ? QJsonValue(toJson(*error.certificate)) : QJsonValue()},
        {u"pageTitle"_s, error.pageTitle},
        {u"proxy"_s, publicUrl(error.proxy)},
        {u"wantedHash"_s, orNull(error.wantedHash)},
        {u"foundHash"_s, orNull(error.foundHash)},
        {u"time"_s, isoTime(error.time)},
        {u"evidence"_s, evidenceToJson(error.evidence)},
    };
}

std::optional<JobError> jobErrorFromJson(const QJsonObject &json)
{
    JsonReader in(json);
    JobError error;
    in.require("cause"_L1);
    in.require("step"_L1);
    in.readName("cause"_L1, &error.cause, parseCause);
    in.readName("step"_L1, &error.step, parseStep);
    in.read("file"_L1, &error.fileIndex, kMaxFilesPerJob - 1);
    in.read("url"_L1, &error.url);
    in.read("localPath"_L1, &error.localPath);
    in.read("httpStatus"_L1, &error.httpStatus, kMaxHttpStatus);
    in.read("fileBytesDone"_L1, &error.fileBytesDone);
    in.read("fileBytesTotal"_L1, &error.fileBytesTotal);
    in.read("jobBytesDone"_L1, &error.jobBytesDone);
    in.read("jobFilesDone"_L1, &error.jobFilesDone, kMaxFilesPerJob);
    in.read("jobFilesTotal"_L1, &error.jobFilesTotal, kMaxFilesPerJob);
    in.read("bytesMissing"_L1, &error.bytesMissing);
    std::optional<qint64> retryAfterMs;
    in.read("retryAfterMs"_L1, &retryAfterMs);
    if (retryAfterMs) {
        error.retryAfter = std::chrono::milliseconds(*retryAfterMs);
    }
    readCertificate(&in, &error.certificate);
    in.read("pageTitle"_L1, &error.pageTitle);
    in.read("proxy"_L1, &error.proxy);
    readHash(&in, "wantedHash"_L1, &error.wantedHash);
    readHash(&in, "foundHash"_L1, &error.foundHash);
    in.read("time"_L1, &error.time);
    readEvidence(&in, &error.evidence);
    return in.isGood() ? std::optional(error) : std::nullopt;
}

QJsonObject toJson(const JobOptions &options)
{
    return {
        {u"existing"_s, nameOf(options.existing)},
        {u"complete"_s, nameOf(options.complete)},
        {u"firstError"_s, nameOf(options.firstError)},
        {u"missingFolder"_s, nameOf(options.missingFolder)},
        {u"minRetryDelayMs"_s, qint64(options.minRetryDelay.count())},
        {u"noProgressTimeoutMs"_s, qint64(options.noProgressTimeout.count())},
        {u"limitBytesPerSecond"_s, orNull(options.limitBytesPerSecond)},
        {u"headers"_s, fieldsToJson(options.headers)},
        {u"proxy"_s, publicUrl(options.proxy)},
        {u"caFile"_s, options.caFile},
        {u"trusted"_s, toJson(options.trusted)},
        {u"insecureRedirect"_s, nameOf(options.insecureRedirect)},
    };
}

std::optional<JobOptions> jobOptionsFromJson(const QJsonObject &json)
{
    JsonReader in(json);
    JobOptions options;
    in.readName("existing"_L1, &options.existing, parseExistingFile);
    in.readName("complete"_L1, &options.complete, parseCompleteMode);
    in.readName("firstError"_L1, &options.firstError, parseFirstError);
    in.readName("missingFolder"_L1, &options.missingFolder, parseMissingFolder);
    readDuration(&in, "minRetryDelayMs"_L1, &options.minRetryDelay);
    readDuration(&in, "noProgressTimeoutMs"_L1, &options.noProgressTimeout);
    in.read("limitBytesPerSecond"_L1, &options.limitBytesPerSecond);
    readFields(&in, &options.headers);
    in.read("proxy"_L1, &options.proxy);
    in.read("caFile"_L1, &options.caFile);
    readTrusted(&in, &options.trusted);
    in.readName("insecureRedirect"_L1, &options.insecureRedirect, parseInsecureRedirect);
    return in.isGood() ? std::optional(options) : std::nullopt;
}

QJsonObject toJson(const Progress &progress)
{
    return {
        {u"bytesDone"_s, progress.bytesDone},     {u"bytesTotal"_s, orNull(progress.bytesTotal)},
        {u"filesDone"_s, progress.filesDone},     {u"filesTotal"_s, progress.filesTotal},
        {u"filesFailed"_s, progress.filesFailed}, {u"filesCounted"_s, progress.filesCounted},
    };
}

QJsonObject toJson(const JobSnapshot &job)
{
    return {
        {u"id"_s, job.id.value},
        {u"type"_s, nameOf(job.type)},
        {u"state"_s, nameOf(job.state)},
        {u"name"_s, job.name},
        {u"priority"_s, nameOf(job.priority)},
        {u"folder"_s, job.folder},
        {u"url"_s, publicUrl(job.firstUrl)},
        {u"progress"_s, toJson(job.progress)},
        {u"completeEffect"_s, effectToJson(job.completeEffect)},
        {u"currentFile"_s, job.currentFile},
        {u"bytesPerSecond"_s, orNull(job.bytesPerSecond)},
        {u"remainingSeconds"_s, orNull(job.remaining)},
        {u"due"_s, orNull(job.due)},
        {u"troubleSince"_s, isoTime(job.troubleSince.value_or(QDateTime()))},
        {u"error"_s, orNull(job.error)},
        {u"obstacle"_s, orNull(job.obstacle)},
        {u"complete"_s, nameOf(job.complete)},
        {u"errorCount"_s, job.errorCount},
        {u"createdAt"_s, isoTime(job.createdAt)},
        {u"modifiedAt"_s, isoTime(job.modifiedAt)},
        {u"transferredAt"_s, isoTime(job.transferredAt)},
    };
}

QJsonObject toJson(const FileSnapshot &file)
{
    return {
        {u"job"_s, file.id.job.value},
        {u"file"_s, file.id.index},
        {u"state"_s, nameOf(file.state)},
        {u"url"_s, publicUrl(file.url)},
        {u"name"_s, file.name},
        {u"path"_s, file.path},
        {u"bytesDone"_s, file.bytesDone},
        {u"sizeBytes"_s, orNull(file.sizeBytes)},
        {u"due"_s, orNull(file.due)},
        {u"error"_s, orNull(file.error)},
        {u"sizeSource"_s, nameOf(file.sizeSource)},
    };
}

QJsonObject toJson(const Manifest &manifest)
{
    return {
        {u"kept"_s, entriesToJson(manifest.kept)},
        {u"partial"_s, entriesToJson(manifest.partial)},
        {u"missing"_s, entriesToJson(manifest.missing)},
    };
}

} // namespace core
