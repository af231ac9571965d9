// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/reporter.h"

#include "app/cli/print/job_table.h"
#include "app/cli/print/json_lines.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/words/explain.h"

#include <QJsonDocument>

namespace cli {

namespace {

using namespace Qt::StringLiterals;

QString stateSentence(const core::JobSnapshot &job)
{
    return Words::tr("Job %1: %2")
        .arg(jobLabel(job),
             terminalText(core::describeState(job, QDateTime::currentDateTimeUtc())));
}

bool isUpload(const core::JobSnapshot &job)
{
    return job.type == core::JobType::Upload;
}

/// What was sent and is not there, as a sentence to go on with; empty where there is nothing of it.
QString inVainText(const core::JobSnapshot &job, qint64 sentInVain)
{
    return sentInVain > 0 && job.state == core::JobState::Suspended && job.progress.bytesDone == 0
               ? u' ' + core::describeSentInVain(sentInVain)
               : QString();
}

/// What there is of a job that was stopped.
QString keptText(const core::JobSnapshot &job, qint64 sentInVain)
{
    if (const QString lost = inVainText(job, sentInVain); !lost.isEmpty()) {
        return Words::tr("Job %1 is paused.").arg(jobLabel(job)) + lost;
    }
    const QString bytes = bytesOfTotal(job.progress.bytesDone, job.progress.bytesTotal);
    if (job.state == core::JobState::Transferred) {
        return (isUpload(job)
                    ? Words::tr("Job %1 has sent everything, but is not closed yet.")
                    : Words::tr("Job %1 has all its bytes, but not all of its files are in place "
                                "yet."))
            .arg(jobLabel(job));
    }
    if (!isUpload(job)) {
        return Words::tr("Job %1 is paused, %2 are kept.").arg(jobLabel(job), bytes);
    }
    return job.progress.bytesDone > 0 ? Words::tr("Job %1 is paused, the server has confirmed %2.")
                                            .arg(jobLabel(job), bytes)
                                      : Words::tr("Job %1 is paused. It goes on from what the "
                                                  "server keeps of it, or from its start.")
                                            .arg(jobLabel(job));
}

} // namespace

Reporter::Reporter(Screen *screen, OutputFormat format, CommandStyle style)
    : m_screen(screen)
    , m_format(format)
    , m_style(std::move(style))
{
}

void Reporter::state(const core::JobSnapshot &job)
{
    if (m_format.json) {
        line(stateLine(job));
    }
}

void Reporter::moved(const core::JobSnapshot &job)
{
    state(job);
    done(stateSentence(job));
}

void Reporter::waits(const core::JobSnapshot &job)
{
    if (!m_format.json) { // which has its state
        notice(job.id, stateSentence(job));
    }
}

void Reporter::progress(const core::JobSnapshot &job)
{
    if (m_format.json && !m_format.quiet) {
        line(progressLine(job));
    }
}

void Reporter::transferred(const core::JobSnapshot &job)
{
    if (m_format.json) {
        line(transferredLine(job));
    }
}

void Reporter::ready(const core::JobSnapshot &job)
{
    const QString text =
        isUpload(job) ? Words::tr("Everything of job %1 is on the server; \"%2\" closes the job.")
                      : Words::tr("Everything of job %1 is here; \"%2\" puts the files in place.");
    notice(job.id, text.arg(jobLabel(job), m_style.command("complete"_L1, job.id)));
}

void Reporter::completed(const core::JobSnapshot &job, const core::Manifest &manifest)
{
    if (m_format.json) {
        line(completedLine(job.id, manifest));
    } else if (!m_format.quiet) {
        const QStringList lines =
            isUpload(job) ? sentLines(job, manifest) : manifestLines(manifest);
        m_screen->print(lines.isEmpty() ? QString() : lines.join(u'\n') + u'\n');
    }
}

void Reporter::cancelled(const core::JobSnapshot &job)
{
    if (m_format.json) {
        line(cancelledLine(job.id));
        return;
    }
    const QString text =
        isUpload(job) ? Words::tr("Job %1 is cancelled; the file on this computer is not touched.")
                      : Words::tr("Job %1 is cancelled; what it had fetched is removed.");
    done(text.arg(core::text(job.id)));
}

void Reporter::suspended(const core::JobSnapshot &job, qint64 sentInVain)
{
    stopped(job.id, keptText(job, sentInVain) + u' ' +
                        Words::tr("To go on: %1").arg(m_style.command("resume"_L1, job.id)));
}

void Reporter::incomplete(const core::JobSnapshot &job)
{
    stopped(job.id, Words::tr("Job %1 is not complete: not all of its whole files are in place "
                              "yet. To go on: %2")
                        .arg(jobLabel(job), m_style.command("complete"_L1, job.id)));
}

/// Told also to those who want to hear only what went wrong.
void Reporter::stopped(core::JobId job, const QString &text)
{
    if (m_format.json) {
        line(noticeLine(job, text));
    } else {
        m_screen->complain(text + u'\n');
    }
}

void Reporter::paused(const core::JobSnapshot &job, qint64 sentInVain)
{
    state(job);
    if (job.state == core::JobState::Suspended) {
        done(Words::tr("Job %1 is paused.").arg(jobLabel(job)) + inVainText(job, sentInVain) +
             u' ' + Words::tr("To go on: %1").arg(m_style.command("resume"_L1, job.id)));
    } else {
        done(Words::tr("Job %1 was not running: %2")
                 .arg(jobLabel(job),
                      terminalText(core::describeState(job, QDateTime::currentDateTimeUtc()))));
    }
}

void Reporter::changed(const core::JobSnapshot &job, const core::JobChange &change)
{
    state(job);
    done(Words::tr("Job %1: %2.").arg(jobLabel(job), changedText(job, change)));
}

void Reporter::limitedAll(std::optional<qint64> bytesPerSecond)
{
    carriedOut({}, Words::tr("All jobs together: %1.").arg(limitText(bytesPerSecond)));
}

void Reporter::removed(core::JobId job)
{
    carriedOut(job, Words::tr("Job %1 is off the list.").arg(core::text(job)));
}

/// For programs too, as a line of its own.
void Reporter::carriedOut(core::JobId job, const QString &sentence)
{
    if (m_format.json) {
        line(noticeLine(job, sentence));
    }
    done(sentence);
}

void Reporter::notice(core::JobId job, const QString &text)
{
    if (m_format.json) {
        line(noticeLine(job, text));
    } else if (!m_format.quiet) {
        m_screen->complain(text + u'\n');
    }
}

void Reporter::refused(const core::Refusal &refusal)
{
    failed(core::explain(refusal));
}

void Reporter::done(const QString &sentence)
{
    if (!m_format.json && !m_format.quiet) {
        m_screen->print(sentence + u'\n');
    }
}

void Reporter::failed(const QString &sentence)
{
    m_screen->complain(u"bhop: "_s + terminalText(sentence) + u'\n');
}

void Reporter::list(const QList<core::JobSnapshot> &jobs)
{
    if (m_format.json) {
        for (const core::JobSnapshot &job : jobs) {
            line(stateLine(job));
        }
    } else if (!m_screen->isTable()) {
        m_screen->print(jobLines(jobs));
    } else if (jobs.isEmpty()) {
        done(Words::tr("There are no jobs."));
    } else {
        m_screen->print(jobTable(jobs, m_screen->width(), QDateTime::currentDateTimeUtc()));
    }
}

void Reporter::loneParts(const QList<core::LonePart> &parts)
{
    for (const core::LonePart &part : parts) {
        if (m_format.json) {
            line(lonePartLine(part));
        } else {
            const QString size =
                m_screen->isTable() ? core::formatBytes(part.bytes) : QString::number(part.bytes);
            m_screen->print(size + u'\t' + terminalText(part.path) + u'\n');
        }
    }
    if (m_screen->isTable()) {
        done(parts.isEmpty() ? Words::tr("There are no unfinished files without a job.")
                             : Words::tr("\"bhop adopt FILE --link LINK\" takes one on as a job."));
    }
}

void Reporter::details(const core::JobSnapshot &job, const Questions &questions)
{
    if (m_format.json) {
        line(stateLine(job));
    } else {
        m_screen->print(jobDetails(job, questions, QDateTime::currentDateTimeUtc()));
    }
}

void Reporter::files(const QList<core::FileSnapshot> &files, core::JobState job)
{
    if (!m_format.json) {
        m_screen->print(fileLines(files, job));
        return;
    }
    for (const core::FileSnapshot &file : files) {
        line(fileLine(file));
    }
}

void Reporter::timeline(core::JobId job, const QList<core::TimelineEntry> &entries,
                        const core::ToldJob &told)
{
    if (!m_format.json) {
        m_screen->print(timelineLines(entries, told));
        return;
    }
    for (const core::TimelineEntry &entry : entries) {
        line(timelineLine(job, entry, told));
    }
}

void Reporter::line(const QJsonObject &object)
{
    m_screen->printBytes(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace cli
