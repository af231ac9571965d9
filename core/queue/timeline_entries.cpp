// SPDX-License-Identifier: Apache-2.0
#include "core/queue/timeline_entries.h"

#include "core/http/headers.h"
#include "core/queue/fix_target.h"
#include "core/remedy/redact.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace core::timeline_entry {

namespace {

/// Where something was fetched from, without what opens it.
QUrl place(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

/// What tells who answered, when, and of what.
constexpr std::array<QByteArrayView, 14> kTelling{
    "Date",          "Age",           "Server",      "Via",           "Proxy-Status",
    "X-Squid-Error", "X-Cache",       "Retry-After", "Content-Type",  "Content-Length",
    "Content-Range", "Last-Modified", "ETag",        "Accept-Ranges",
};
constexpr qsizetype kLongestValue = 200;

HeaderFields tellingFields(const HeaderFields &headers)
{
    HeaderFields fields;
    for (const QByteArrayView name : kTelling) {
        if (const auto value = fieldValue(headers, name)) {
            const QString told = redactText(
                QString::fromLatin1(value->first(std::min(value->size(), kLongestValue))));
            fields.emplaceBack(name.toByteArray(), told.toUtf8());
        }
    }
    return fields;
}

QList<QUrl> places(const QList<QUrl> &urls)
{
    QList<QUrl> made;
    std::ranges::transform(urls, std::back_inserter(made), place);
    return made;
}

/// The evidence of the last error is kept with the job whole; that of hundreds in a timeline as far
/// as a diagnosis needs it, and without what opens anything.
JobError remembered(JobError error)
{
    error.url = place(error.url);
    error.proxy = place(error.proxy);
    error.serverWords = redactText(error.serverWords);
    error.evidence = {.redirects = places(error.evidence.redirects),
                      .headers = tellingFields(error.evidence.headers),
                      .attempt = error.evidence.attempt,
                      .offsetBytes = error.evidence.offsetBytes,
                      .detail = redactText(error.evidence.detail),
                      .osError = error.evidence.osError};
    return error;
}

AttemptEnd endOf(const AttemptOutcome &outcome)
{
    if (const auto *receipt = std::get_if<Receipt>(&outcome)) {
        return receipt->sizeSource == SizeSource::Counted ? AttemptEnd::Counted : AttemptEnd::Whole;
    }
    return std::holds_alternative<NotWanted>(outcome) ? AttemptEnd::NotWanted : AttemptEnd::Stopped;
}

} // namespace

namespace {

qint64 offsetOf(const DownloadOrder &order)
{
    return order.target.durable.prefixBytes();
}

qint64 offsetOf(const UploadOrder &order)
{
    return order.confirmedBytes;
}

} // namespace

Happening attemptStarted(const AttemptOrder &order)
{
    return std::visit(
        [](const auto &each) {
            return happening::AttemptStarted{
                .attempt = each.attempt, .offsetBytes = offsetOf(each), .url = place(each.url)};
        },
        order);
}

Happening attemptEnded(const AttemptOutcome &outcome, qint64 bytesDone, const QString &fileName)
{
    happening::AttemptEnded ended{.end = endOf(outcome), .bytesDone = bytesDone};
    if (ended.end == AttemptEnd::NotWanted) {
        ended.fileName = fileName;
    }
    return ended;
}

Happening failed(const JobError &error, std::optional<std::chrono::milliseconds> nextTry)
{
    return happening::Failed{.error = remembered(error), .nextTry = nextTry};
}

Happening completed(const Completion &completion)
{
    const Manifest &manifest = completion.manifest;
    return happening::Completed{
        .kept = int(manifest.kept.size()),
        .partial = int(manifest.partial.size()),
        .missing = int(manifest.missing.size()),
        .obstacle =
            completion.obstacle ? std::optional(remembered(*completion.obstacle)) : std::nullopt,
    };
}

QList<AppliedFix> applied(const Fixes &fixes, const JobRecord &job)
{
    QList<AppliedFix> all;
    for (const Fix &fix : fixes) {
        const auto fixName = QString::fromLatin1(name(kindOf(fix)));
        const auto file = canNameFile(fix) ? fileMeant(job, fileOf(fix)) : std::nullopt;
        all.append({file, happening::FixApplied{.fix = fixName}});
    }
    return all;
}

QList<AppliedFix> numbered(const Fixes &fixes, const JobRecord &made)
{
    QList<AppliedFix> all;
    for (const Fix &fix : fixes) {
        const auto index = fileMeant(made, fileOf(fix));
        const bool isNamed = kindOf(fix) == FixKind::OtherName && made.type == JobType::Download;
        if (isNamed && index && made.files.at(*index).name != made.files.at(*index).spec.name) {
            all.append({index, happening::Noted{.note = Note::NumberedName,
                                                .fileName = made.files.at(*index).name}});
        }
    }
    return all;
}

} // namespace core::timeline_entry
