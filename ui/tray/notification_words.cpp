// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/notification_words.h"

#include "core/job/question.h"
#include "core/remedy/redact.h"
#include "core/words/explain_several.h"
#include "core/words/sentence.h"
#include "ui/models/job_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace ui {

namespace {

const QString kDefault = QStringLiteral("default"); // the notification itself was clicked
const QString kFix = QStringLiteral("fix");
const QString kOpen = QStringLiteral("open");
const QString kOpenFolder = QStringLiteral("open-folder");
const QString kShow = QStringLiteral("show");
const QString kQuestionKey = QStringLiteral("question ");

constexpr qsizetype kNamesTold = 3;

struct NotificationWords {
    Q_DECLARE_TR_FUNCTIONS(ui::Notification)
};

/// Each name once, with how many have it.
QString namesOf(const JobsById &jobs)
{
    QStringList names;
    std::map<QString, int> counts;
    for (const auto &[id, job] : jobs) {
        const QString name = displayName(job);
        if (++counts[name] == 1) {
            names.append(name);
        }
    }
    auto more = qsizetype(jobs.size());
    QStringList told;
    for (const QString &name : names.first(std::min(names.size(), kNamesTold))) {
        const int count = counts.at(name);
        told.append(count == 1 ? name : NotificationWords::tr("%1 × %2").arg(count).arg(name));
        more -= count;
    }
    const QString shown = told.join(QStringLiteral(", "));
    return more > 0 ? core::andMore(shown, more) : shown;
}

/// A notification may be seen by others, and is kept by some desktops.
Notification forOthers(Notification shown)
{
    shown.summary = core::redactText(shown.summary);
    shown.body = core::redactText(shown.body);
    return shown;
}

NotificationAction folderAction()
{
    return {kOpenFolder, NotificationWords::tr("Open folder")};
}

bool areInOneFolder(const JobsById &jobs)
{
    return std::ranges::all_of(jobs, [&jobs](const auto &entry) {
        return entry.second.folder == jobs.begin()->second.folder;
    });
}

bool isUpload(const core::JobSnapshot &job)
{
    return job.type == core::JobType::Upload;
}

Notification notificationOfSent(const core::JobSnapshot &job)
{
    const QString show = NotificationWords::tr("Show");
    return forOthers(
        {.key = keyOfArrival(job.id),
         .summary = NotificationWords::tr("“%1” is on the server").arg(displayName(job)),
         .body = QStringList{amount(job), core::plain(job.firstUrl.host(), 200)}.join(
             QStringLiteral(" · ")),
         .category = QStringLiteral("transfer.complete"),
         .urgency = Notification::Urgency::Low,
         .actions = {{kDefault, show}, {kShow, show}}});
}

/// What so many files of these jobs have done.
QString summaryOf(const JobsById &jobs, int files)
{
    const auto sent =
        std::ranges::count_if(jobs, [](const auto &entry) { return isUpload(entry.second); });
    return (sent == 0 ? NotificationWords::tr("%1 files arrived")
            : sent == qsizetype(jobs.size())
                ? NotificationWords::tr("%1 files were sent")
                : NotificationWords::tr("%1 files arrived or were sent"))
        .arg(files);
}

} // namespace

QString keyOfQuestion(const core::QuestionGroup &group)
{
    return kQuestionKey + QLatin1StringView(name(group.cause)) + u' ' + group.about;
}

QString keyOfArrival(core::JobId job)
{
    return QStringLiteral("arrival ") + core::text(job);
}

QString keyOfArrivals()
{
    return QStringLiteral("arrivals");
}

Notification notificationOfQuestion(const core::QuestionGroup &group, const JobsById &jobs)
{
    QList<core::JobError> errors;
    qint64 bytesSaved = 0;
    for (const auto &[id, job] : jobs) {
        errors.append(core::questionOf(job).value_or(core::JobError{}));
        bytesSaved += job.progress.bytesDone;
    }
    const core::Explanation words = core::explainAll(errors, bytesSaved);
    const bool isOne = jobs.size() == 1;
    const QString sentences = words.whatHappened + u' ' + words.whatIsSafe;
    const QString fix = NotificationWords::tr("Fix…");
    Notification shown{
        .key = keyOfQuestion(group),
        .summary =
            isOne ? NotificationWords::tr("“%1” needs you").arg(displayName(jobs.begin()->second))
            : isUpload(jobs.begin()->second) // one question, one kind
                ? NotificationWords::tr("%1 uploads need you").arg(jobs.size())
                : NotificationWords::tr("%1 downloads need you").arg(jobs.size()),
        .body = isOne ? sentences : sentences + u'\n' + namesOf(jobs),
        .category = QStringLiteral("transfer.error"),
        .urgency = Notification::Urgency::Critical,
        .actions = {{kDefault, fix}, {kFix, fix}},
    };
    if (areInOneFolder(jobs)) {
        shown.actions.append(folderAction());
    }
    return forOthers(shown);
}

Notification notificationOfArrival(const core::JobSnapshot &job)
{
    if (isUpload(job)) {
        return notificationOfSent(job);
    }
    const QString open = NotificationWords::tr("Open");
    return forOthers(
        {.key = keyOfArrival(job.id),
         .summary = NotificationWords::tr("“%1” is here").arg(displayName(job)),
         .body = QStringList{amount(job), core::plain(job.folder, 200)}.join(QStringLiteral(" · ")),
         .category = QStringLiteral("transfer.complete"),
         .urgency = Notification::Urgency::Low,
         .actions = {{kDefault, open}, {kOpen, open}, folderAction()}});
}

Notification notificationOfArrivals(const JobsById &jobs)
{
    int files = 0;
    for (const auto &[id, job] : jobs) {
        files += std::max(1, job.progress.filesDone);
    }
    const QString show = NotificationWords::tr("Show");
    Notification shown{.key = keyOfArrivals(),
                       .summary = summaryOf(jobs, files),
                       .body = namesOf(jobs),
                       .category = QStringLiteral("transfer.complete"),
                       .urgency = Notification::Urgency::Low,
                       .actions = {{kDefault, show}, {kShow, show}}};
    if (areInOneFolder(jobs)) {
        shown.actions.append(folderAction());
    }
    return forOthers(shown);
}

std::optional<JobVerb> verbOf(const QString &action, const QString &key)
{
    if (action == kOpenFolder) {
        return JobVerb::OpenFolder;
    }
    if (action == kFix || (action == kDefault && key.startsWith(kQuestionKey))) {
        return JobVerb::Fix;
    }
    const bool isOfOne = key != keyOfArrivals();
    return action == kOpen || (action == kDefault && isOfOne) ? std::optional(JobVerb::Open)
                                                              : std::nullopt;
}

} // namespace ui
