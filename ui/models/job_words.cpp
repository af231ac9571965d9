// SPDX-License-Identifier: Apache-2.0
#include "ui/models/job_words.h"

#include "core/words/explain.h"
#include "core/words/sentence.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

namespace {

QString jobTr(const char *source, int n = -1)
{
    return QCoreApplication::translate("JobWords", source, nullptr, n);
}

QString joined(const QStringList &parts)
{
    QStringList said = parts;
    said.removeAll(QString());
    return said.join(QStringLiteral(" · "));
}

bool isFinished(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Acknowledged || job.state == core::JobState::Transferred;
}

bool isMoving(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Transferring && job.bytesPerSecond;
}

} // namespace

QString bytesOf(const core::JobSnapshot &job)
{
    if (job.state == core::JobState::Cancelled) {
        return {}; // nothing of it is here
    }
    const core::Progress &progress = job.progress;
    if (!progress.bytesTotal) {
        return progress.bytesDone > 0 ? core::formatBytes(progress.bytesDone) : QString();
    }
    if (progress.bytesDone <= 0 || progress.bytesDone >= *progress.bytesTotal) {
        return core::formatBytes(*progress.bytesTotal);
    }
    return jobTr("%1 of %2")
        .arg(core::formatBytes(progress.bytesDone), core::formatBytes(*progress.bytesTotal));
}

QString displayName(const core::JobSnapshot &job)
{
    const QString name = job.name.isEmpty() ? job.firstUrl.fileName() : job.name;
    if (!name.isEmpty()) {
        return core::plain(name, core::kMaxJobNameLength);
    }
    return jobTr("Job %1").arg(core::text(job.id));
}

QString doing(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    return joined({core::describeState(job, nowUtc), core::describePriority(job)});
}

QString amount(const core::JobSnapshot &job)
{
    QString files;
    if (job.progress.filesTotal > 1) {
        files =
            isFinished(job) && job.progress.filesDone >= job.progress.filesTotal
                ? jobTr("%n files", job.progress.filesTotal)
                : jobTr("%1 of %2 files").arg(job.progress.filesDone).arg(job.progress.filesTotal);
    }
    return joined({files, bytesOf(job)});
}

namespace {

/// Where the limit is what holds the job back.
QString limit(const core::JobSnapshot &job)
{
    const bool isFelt =
        job.limitBytesPerSecond && *job.bytesPerSecond >= *job.limitBytesPerSecond / 10 * 9;
    return isFelt ? jobTr("limited") : QString();
}

} // namespace

QString pace(const core::JobSnapshot &job)
{
    if (!isMoving(job)) {
        return {};
    }
    const QString left =
        job.remaining ? jobTr("%1 left").arg(core::formatDuration(*job.remaining)) : QString();
    return joined({core::formatRate(*job.bytesPerSecond), limit(job), left});
}

QString rate(const core::JobSnapshot &job)
{
    return isMoving(job) ? core::formatRate(*job.bytesPerSecond) : QString();
}

std::optional<double> fractionDone(const core::JobSnapshot &job)
{
    if (isFinished(job)) {
        return 1.0;
    }
    const core::Progress &progress = job.progress;
    if (progress.bytesTotal && *progress.bytesTotal > 0) {
        return std::clamp(double(progress.bytesDone) / double(*progress.bytesTotal), 0.0, 1.0);
    }
    if (progress.filesTotal > 1) {
        return std::clamp(double(progress.filesDone) / progress.filesTotal, 0.0, 1.0);
    }
    return std::nullopt;
}

std::optional<double> fractionCertain(const core::JobSnapshot &job)
{
    if (job.progress.bytesUnconfirmed <= 0) {
        return std::nullopt;
    }
    core::JobSnapshot certain = job;
    certain.progress.bytesDone -= job.progress.bytesUnconfirmed;
    return fractionDone(certain);
}

bool hasBar(const core::JobSnapshot &job)
{
    if (core::isFinal(job.state) || job.state == core::JobState::Transferred) {
        return false;
    }
    return core::isRunning(job.state) || fractionDone(job).value_or(0) > 0;
}

QString percent(const core::JobSnapshot &job)
{
    const auto fraction = fractionDone(job);
    const int most = isFinished(job) ? 100 : 99;
    return fraction ? jobTr("%1 %").arg(std::min(int(*fraction * 100), most)) : QString();
}

QString isolated(const QString &text)
{
    constexpr QChar kFirstStrongIsolate(0x2068);
    constexpr QChar kPopIsolate(0x2069);
    return text.isEmpty() ? text : kFirstStrongIsolate + text + kPopIsolate;
}

QString spokenRow(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    const QString done = isFinished(job) ? QString() : percent(job);
    QStringList parts{displayName(job),
                      core::describeState(job, nowUtc),
                      core::describePriority(job),
                      done,
                      amount(job),
                      pace(job)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString toolTip(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    const QStringList lines{displayName(job), doing(job, nowUtc),
                            core::plain(job.firstUrl.toDisplayString(), 200)};
    QString html;
    for (const QString &line : lines) {
        if (!line.isEmpty()) {
            html += QStringLiteral("<div>%1</div>").arg(line.toHtmlEscaped());
        }
    }
    return html;
}

} // namespace ui
