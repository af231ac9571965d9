// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/job_table.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/wording.h"
#include "app/cli/print/words.h"
#include "core/remedy/redact.h"
#include "core/words/describe_timeline.h"
#include "core/words/explain.h"
#include "core/words/explain_several.h"
#include "core/words/sentence.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>

namespace cli {

namespace {

using namespace Qt::StringLiterals;

constexpr int kColumns = 4;
constexpr int kGap = 2;

using Row = std::array<QString, kColumns>;

/// Where an upload goes, without what opens it: a list is looked at in company.
QString placeOf(const core::JobSnapshot &job)
{
    return job.type == core::JobType::Upload ? terminalText(core::redactUrl(job.firstUrl))
                                             : QString();
}

/// What was sent is not all there before the server has said so.
qint64 certainlyDone(const core::Progress &progress)
{
    return progress.bytesUnconfirmed > 0 ? progress.bytesDone - 1 : progress.bytesDone;
}

QString stateAndPriority(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    const QString state = core::describeState(job, nowUtc);
    const QString priority = core::describePriority(job);
    return priority.isEmpty() ? state : Words::tr("%1, %2").arg(state, priority);
}

Row rowOf(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    const QString place = placeOf(job);
    const QString name = terminalText(job.name);
    return {core::text(job.id), place.isEmpty() ? name : Words::tr("%1 to %2").arg(name, place),
            percent(certainlyDone(job.progress), job.progress.bytesTotal),
            terminalText(stateAndPriority(job, nowUtc))};
}

std::array<int, kColumns> widthsOf(const QList<Row> &rows, int width)
{
    std::array<int, kColumns> widths{};
    for (const Row &row : rows) {
        for (std::size_t i = 0; i < kColumns; ++i) {
            widths[i] = std::max(widths[i], displayWidth(row[i]));
        }
    }
    // The name gives way first, but for more than half of the room, then what the job is doing.
    const int room = width - widths[0] - widths[2] - (kColumns - 1) * kGap;
    const int narrowest = std::min(widths[1], std::max(kNarrowestName, room / 2));
    widths[1] = std::clamp(room - widths[3], narrowest, widths[1]);
    widths[3] = std::clamp(room - widths[1], 0, widths[3]);
    return widths;
}

QString trimmedEnd(QString line)
{
    while (line.endsWith(u' ')) {
        line.chop(1);
    }
    return line;
}

QString orDash(const std::optional<qint64> &number)
{
    return number ? QString::number(*number) : u"-"_s;
}

QString localTime(const QDateTime &utc)
{
    return QLocale().toString(utc.toLocalTime(), QLocale::ShortFormat);
}

/// "1, 3 and 5 more"
QString numbersOf(const QList<AskedFile> &files)
{
    constexpr qsizetype kNumbersShown = 20;
    QStringList numbers;
    for (const AskedFile &file : files.first(std::min(files.size(), kNumbersShown))) {
        numbers.append(QString::number(file.error.fileIndex + 1));
    }
    const QString shown = numbers.join(", "_L1);
    return files.size() <= kNumbersShown ? shown
                                         : core::andMore(shown, files.size() - kNumbersShown);
}

void addProblem(QStringList *lines, const QList<AskedFile> &files, qint64 bytesSaved)
{
    const core::JobError &problem = files.first().error;
    const core::Explanation explanation = core::explainAll(errorsOf(files), bytesSaved);
    lines->append(Words::tr("Problem:   %1").arg(terminalText(explanation.oneLine())));
    lines->append(Words::tr("Cause:     %1").arg(QLatin1StringView(core::name(problem.cause))));
    lines->append(
        Words::tr("Context:   %1").arg(QLatin1StringView(core::name(core::contextOf(problem)))));
    if (problem.httpStatus != 0) {
        lines->append(Words::tr("Status:    %1").arg(problem.httpStatus));
    }
    lines->append((files.size() == 1 ? Words::tr("File:      %1") : Words::tr("Files:     %1"))
                      .arg(numbersOf(files)));
    const QString facts = factsText(problem);
    if (!facts.isEmpty()) {
        lines->append(facts.chopped(1)); // without the end of its last line
    }
}

} // namespace

QString jobTable(const QList<core::JobSnapshot> &jobs, int width, const QDateTime &nowUtc)
{
    QList<Row> rows{{Words::tr("ID"), Words::tr("Name"), Words::tr("Done"), Words::tr("State")}};
    for (const core::JobSnapshot &job : jobs) {
        rows.append(rowOf(job, nowUtc));
    }
    const auto widths = widthsOf(rows, width);
    QString text;
    for (const Row &row : std::as_const(rows)) {
        QString line;
        for (std::size_t i = 0; i < kColumns; ++i) {
            line += padded(row[i], widths[i]) + QString(kGap, u' ');
        }
        text += trimmedEnd(line) + u'\n';
    }
    return text;
}

QString jobLines(const QList<core::JobSnapshot> &jobs)
{
    QString text;
    for (const core::JobSnapshot &job : jobs) {
        const core::Progress &progress = job.progress;
        QStringList fields{core::text(job.id),
                           QLatin1StringView(core::name(job.state)),
                           QString::number(progress.bytesDone),
                           orDash(progress.bytesTotal),
                           QString::number(progress.filesDone),
                           QString::number(progress.filesTotal),
                           terminalText(job.name),
                           QLatin1StringView(core::name(job.type))};
        if (const QString place = placeOf(job); !place.isEmpty()) {
            fields.append(place);
        }
        text += fields.join(u'\t') + u'\n';
    }
    return text;
}

QString jobDetails(const core::JobSnapshot &job, const Questions &questions,
                   const QDateTime &nowUtc)
{
    const core::Progress &progress = job.progress;
    QStringList lines{
        Words::tr("Job:       %1").arg(core::text(job.id)),
        Words::tr("Name:      %1").arg(terminalText(job.name)),
        Words::tr("State:     %1 (%2)")
            .arg(QLatin1StringView(core::name(job.state)),
                 terminalText(core::describeState(job, nowUtc))),
        Words::tr("Type:      %1").arg(QLatin1StringView(core::name(job.type))),
        Words::tr("Folder:    %1").arg(terminalText(job.folder)),
        Words::tr("Priority:  %1").arg(core::priorityWord(job.priority)),
        progress.filesTotal == 0
            ? Words::tr("Done:      nothing; every file was left out")
            : Words::tr("Done:      %1, %2 of %3 files")
                  .arg(bytesOfTotal(progress.bytesDone, progress.bytesTotal),
                       QString::number(progress.filesDone), QString::number(progress.filesTotal)),
        Words::tr("Created:   %1").arg(localTime(job.createdAt)),
    };
    if (job.queuePlace) {
        lines.append(Words::tr("In queue:  number %1").arg(*job.queuePlace));
    }
    if (job.limitBytesPerSecond) {
        lines.append(Words::tr("Limit:     %1").arg(limitText(job.limitBytesPerSecond)));
    }
    if (job.connectionsWanted) {
        lines.append(Words::tr("Asks for:  %1").arg(connectionsText(*job.connectionsWanted)));
    }
    if (job.type == core::JobType::Upload) {
        lines.append(Words::tr("Address:   %1")
                         .arg(terminalText(job.firstUrl.toString(QUrl::FullyEncoded))));
    }
    if (job.bytesPerSecond) {
        lines.append(Words::tr("Speed:     %1").arg(core::formatRate(*job.bytesPerSecond)));
    }
    if (const QString connections = core::describeConnections(job); !connections.isEmpty()) {
        lines.append(Words::tr("Network:   %1").arg(connections));
    }
    if (job.due) {
        lines.append(Words::tr("Next try:  %1").arg(localTime(job.due->at)));
    }
    for (const QList<AskedFile> &files : questions) {
        addProblem(&lines, files, job.progress.bytesDone);
    }
    return lines.join(u'\n') + u'\n';
}

namespace {

/// Of a job that has ended nothing comes any more.
QString stateOf(const core::FileSnapshot &file, core::JobState job)
{
    const bool isThere = file.state == core::FileState::Published ||
                         file.state == core::FileState::Unwanted || file.bytesDone > 0;
    return core::isFinal(job) && !isThere ? Words::tr("Missing")
                                          : QString::fromLatin1(core::name(file.state));
}

} // namespace

QString fileLines(const QList<core::FileSnapshot> &files, core::JobState job)
{
    QString text;
    for (const core::FileSnapshot &file : files) {
        QString line = QString::number(file.id.index + 1).rightJustified(6) + u"  "_s +
                       padded(stateOf(file, job), 9) + u"  "_s +
                       padded(bytesOfTotal(file.bytesDone, file.sizeBytes), 20) + u"  "_s +
                       terminalText(file.name) + u"\n        "_s +
                       terminalText(core::redactUrl(file.url));
        if (file.priority != core::FilePriority::Normal) {
            line += u"\n        "_s + (file.priority == core::FilePriority::High
                                           ? Words::tr("Comes before the others.")
                                           : Words::tr("Comes after the others."));
        }
        if (file.error) {
            line += u"\n        "_s + terminalText(core::explain(*file.error).whatHappened);
        }
        text += line + u'\n';
    }
    return text;
}

QString timelineLines(const QList<core::TimelineEntry> &entries, const core::ToldJob &told)
{
    if (entries.isEmpty()) {
        return {};
    }
    QString text = Words::tr("Timeline:") + u'\n';
    for (const core::TimelineEntry &entry : entries) {
        text += u"  "_s + entry.time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s) + u"  "_s +
                terminalText(core::describe(entry, told)) + u'\n';
    }
    return text;
}

} // namespace cli
