// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/checked_file.h"
#include "app/cli/print/output_format.h"
#include "app/cli/print/screen.h"
#include "app/cli/print/wording.h"
#include "core/job/job_change.h"
#include "core/job/job_snapshot.h"
#include "core/job/lone_part.h"
#include "core/job/refusal.h"
#include "core/job/timeline.h"
#include "core/words/describe_timeline.h"

#include <QJsonObject>

namespace cli {

/// Tells whoever reads `bhop` what happens to jobs: JSON lines for programs, sentences for people.
class Reporter {
public:
    Reporter(Screen *screen, OutputFormat format, CommandStyle style);

    void state(const core::JobSnapshot &job);
    /// Its state is another one, told to somebody who looks on.
    void moved(const core::JobSnapshot &job);
    /// Nothing happens for a while, and why; for people only.
    void waits(const core::JobSnapshot &job);
    void progress(const core::JobSnapshot &job);
    void transferred(const core::JobSnapshot &job);
    /// Every byte is here, or on the server, but the job waits for Complete.
    void ready(const core::JobSnapshot &job);
    void completed(const core::JobSnapshot &job, const core::Manifest &manifest);
    void cancelled(const core::JobSnapshot &job);
    /// Stopped by Ctrl-C. So many bytes that were sent count for nothing.
    void suspended(const core::JobSnapshot &job, qint64 sentInVain);
    /// Complete was stopped by Ctrl-C.
    void incomplete(const core::JobSnapshot &job);
    /// What Suspend has left the job in; the same.
    void paused(const core::JobSnapshot &job, qint64 sentInVain);
    void removed(core::JobId job);
    /// What Set has made of the job.
    void changed(const core::JobSnapshot &job, const core::JobChange &change);
    void limitedAll(std::optional<qint64> bytesPerSecond);
    /// `answers`: with the commands that would answer it.
    enum class Answers { Listed, AskedFor };
    void problem(const core::JobSnapshot &job, const Questions &questions, Answers answers);
    /// What else the job asks, before that is answered.
    void otherProblem(const core::JobSnapshot &job, const QList<AskedFile> &files);
    /// The same as the answer to `bhop errors`: to standard output.
    void listProblem(const core::JobSnapshot &job, const Questions &questions);
    /// The answer of a check: what is the same of several files is said once. So many others were
    /// left alone.
    void checked(const QList<CheckedFile> &files, qsizetype others);
    /// These ask the same as the job that was listed last; for people only.
    void listAlike(const core::JobIds &jobs);
    /// What is printed is JSON: every job has its own line.
    [[nodiscard]] bool isForPrograms() const { return m_format.json; }
    void notice(core::JobId job, const QString &text);
    void refused(const core::Refusal &refusal);
    /// One sentence about a command that was carried out; for people only.
    void done(const QString &sentence);
    /// One sentence about what went wrong.
    void failed(const QString &sentence);

    /// Tables and details, in the form that fits the reader.
    void list(const QList<core::JobSnapshot> &jobs);
    void details(const core::JobSnapshot &job, const Questions &questions);
    void files(const QList<core::FileSnapshot> &files, core::JobState job);
    void loneParts(const QList<core::LonePart> &parts);
    void timeline(core::JobId job, const QList<core::TimelineEntry> &entries,
                  const core::ToldJob &told);

    [[nodiscard]] const CommandStyle &style() const { return m_style; }

private:
    void stopped(core::JobId job, const QString &text);
    void carriedOut(core::JobId job, const QString &sentence);
    void tellCheck(const core::CheckWords &words, const QString &which);
    void problemLines(const core::JobSnapshot &job, const Questions &questions);
    [[nodiscard]] QString withAnswers(const core::JobSnapshot &job,
                                      const Questions &questions) const;
    void line(const QJsonObject &object);

    Screen *m_screen;
    OutputFormat m_format;
    CommandStyle m_style;
};

} // namespace cli
