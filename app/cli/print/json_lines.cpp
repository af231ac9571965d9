// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/json_lines.h"

#include "core/job/check_fields.h"
#include "core/job/timeline_fields.h"
#include "core/remedy/catalogue.h"
#include "core/words/describe_timeline.h"
#include "core/words/explain.h"

#include <QJsonArray>

namespace cli {

namespace {

using namespace Qt::StringLiterals;

QJsonObject line(const QString &event, core::JobId job)
{
    return {{u"event"_s, event}, {u"job"_s, job.value == 0 ? QJsonValue() : QJsonValue(job.value)}};
}

QJsonObject joined(QJsonObject first, const QJsonObject &second)
{
    for (auto field = second.begin(); field != second.end(); ++field) {
        first.insert(field.key(), field.value());
    }
    return first;
}

QJsonValue orNull(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QString nameOf(const char *name)
{
    return QString::fromLatin1(name);
}

QJsonObject problemObject(const core::JobError &error)
{
    QJsonArray fixes;
    for (const core::FixKind fix : core::fixesFor(error)) {
        fixes.append(nameOf(core::name(fix)));
    }
    const QJsonObject seen = core::toJson(error);
    QJsonObject object{
        {u"context"_s, nameOf(core::name(core::contextOf(error)))},
        {u"cause"_s, nameOf(core::name(error.cause))},
        {u"step"_s, nameOf(core::name(error.step))},
        {u"httpStatus"_s, error.httpStatus},
        {u"file"_s, error.fileIndex + 1},
        {u"fileBytesDone"_s, error.fileBytesDone},
        {u"fileBytesTotal"_s, orNull(error.fileBytesTotal)},
        {u"bytesDone"_s, error.jobBytesDone},
        {u"filesDone"_s, error.jobFilesDone},
        {u"filesTotal"_s, error.jobFilesTotal},
        {u"explanation"_s, core::explain(error).oneLine()},
        {u"fixes"_s, fixes},
    };
    for (const char *key :
         {"reason", "certificate", "pageTitle", "serverWords", "proxy", "wantedHash", "foundHash"}) {
        object.insert(QLatin1StringView(key), seen.value(QLatin1StringView(key)));
    }
    return object;
}

QJsonValue problemOrNull(const std::optional<core::JobError> &error)
{
    return error ? QJsonValue(problemObject(*error)) : QJsonValue();
}

QJsonArray entries(const QList<core::ManifestEntry> &files)
{
    QJsonArray array;
    for (const core::ManifestEntry &file : files) {
        array.append(QJsonObject{{u"file"_s, file.fileIndex + 1},
                                 {u"name"_s, file.name},
                                 {u"path"_s, file.path},
                                 {u"bytes"_s, file.bytes},
                                 {u"sizeBytes"_s, orNull(file.sizeBytes)},
                                 {u"sizeSource"_s, nameOf(core::name(file.sizeSource))}});
    }
    return array;
}

} // namespace

QJsonObject stateLine(const core::JobSnapshot &job)
{
    QJsonObject details = core::toJson(job);
    details.remove("id"_L1);
    details.insert("error"_L1, problemOrNull(job.error));
    details.insert("obstacle"_L1, problemOrNull(job.obstacle));
    return joined(details, line(u"state"_s, job.id));
}

QJsonObject fileLine(const core::FileSnapshot &file)
{
    QJsonObject details = core::toJson(file);
    details.insert("file"_L1, file.id.index + 1);
    details.insert("error"_L1, problemOrNull(file.error));
    return joined(details, line(u"file"_s, file.id.job));
}

QJsonObject lonePartLine(const core::LonePart &part)
{
    return joined({{"path"_L1, part.path}, {"name"_L1, part.name}, {"bytes"_L1, part.bytes}},
                  line(u"lonePart"_s, {}));
}

QJsonObject checkLine(const core::CheckReport &report, const core::CheckWords &words)
{
    const QJsonObject found = core::toJson(report);
    return joined({{"file"_L1, report.fileIndex + 1},
                   {"verdict"_L1, nameOf(core::name(words.verdict))},
                   {"text"_L1, words.text},
                   {"server"_L1, found.value("server"_L1)},
                   {"place"_L1, found.value("place"_L1)},
                   {"problem"_L1, problemOrNull(report.problem)}},
                  line(u"check"_s, report.job));
}

QJsonObject timelineLine(core::JobId job, const core::TimelineEntry &entry,
                         const core::ToldJob &told)
{
    QJsonObject details = core::toJson(entry);
    if (entry.fileIndex) {
        details.insert("file"_L1, *entry.fileIndex + 1);
    }
    if (const auto *failed = std::get_if<core::happening::Failed>(&entry.what)) {
        details.insert("error"_L1, problemObject(failed->error));
    } else if (const auto *completed = std::get_if<core::happening::Completed>(&entry.what)) {
        details.insert("obstacle"_L1, problemOrNull(completed->obstacle));
    }
    details.insert("text"_L1, core::describe(entry, told));
    return joined(details, line(u"timeline"_s, job));
}

QJsonObject progressLine(const core::JobSnapshot &job)
{
    const auto seconds =
        job.remaining ? std::optional<qint64>(job.remaining->count()) : std::nullopt;
    return joined(
        joined(core::toJson(job.progress), {{u"bytesPerSecond"_s, orNull(job.bytesPerSecond)},
                                            {u"remainingSeconds"_s, orNull(seconds)}}),
        line(u"progress"_s, job.id));
}

QJsonObject errorLine(core::JobId job, const core::JobError &error, const QString &fileName)
{
    return joined(joined(problemObject(error), {{u"name"_s, fileName}}), line(u"error"_s, job));
}

QJsonObject problemLine(core::JobId job, const core::JobError &problem, const QString &fileName)
{
    const QJsonObject details = joined(problemObject(problem), {{u"name"_s, fileName}});
    return joined(noticeLine(job, core::explain(problem).oneLine()), {{u"problem"_s, details}});
}

QJsonObject transferredLine(const core::JobSnapshot &job)
{
    return joined(line(u"transferred"_s, job.id), {{u"filesDone"_s, job.progress.filesDone},
                                                   {u"bytesDone"_s, job.progress.bytesDone}});
}

QJsonObject completedLine(core::JobId job, const core::Manifest &manifest)
{
    return joined(line(u"completed"_s, job), {{u"kept"_s, entries(manifest.kept)},
                                              {u"partial"_s, entries(manifest.partial)},
                                              {u"missing"_s, entries(manifest.missing)},
                                              {u"skipped"_s, entries(manifest.skipped)}});
}

QJsonObject cancelledLine(core::JobId job)
{
    return line(u"cancelled"_s, job);
}

QJsonObject noticeLine(core::JobId job, const QString &text)
{
    return joined(line(u"notice"_s, job), {{u"text"_s, text}});
}

} // namespace cli
