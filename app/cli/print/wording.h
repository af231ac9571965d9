// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/asked_file.h"
#include "core/job/job_change.h"
#include "core/job/job_snapshot.h"
#include "core/remedy/fix.h"

#include <QString>
#include <QStringList>

namespace cli {

// What `bhop` says about jobs to a person. Whatever came from outside is made harmless here.

/// How commands are to be written so that they meet the same list of jobs.
struct CommandStyle {
    QString stateFolder; ///< empty: the default one

    /// "bhop resume 7", with --state-dir where one is needed.
    [[nodiscard]] QString command(QLatin1StringView name, core::JobId job,
                                  const QString &options = {}) const;
};

/// "7 (big.iso)"
[[nodiscard]] QString jobLabel(const core::JobSnapshot &job);

/// What has stopped the job: a headline, the files and the three sentences of explain(). More than
/// one file: of one question group.
[[nodiscard]] QString problemText(const core::JobSnapshot &job, const QList<AskedFile> &files);
/// The same of files of the job that something else has stopped.
[[nodiscard]] QString otherProblemText(const core::JobSnapshot &job, const QList<AskedFile> &files);
/// What was seen, a line each: the certificate, the page, the proxy, the checksums. For people who
/// have to compare or type it.
[[nodiscard]] QString factsText(const core::JobError &problem);
/// The certificate for people who are to decide about it, its fingerprint as programs print it.
[[nodiscard]] QString certificateText(const core::SeenCertificate &certificate);
/// The commands that answer it: a fix a line, then Complete and Cancel with their effect.
[[nodiscard]] QString answersText(const core::JobSnapshot &job,
                                  const QList<core::JobError> &problems, const CommandStyle &style);
/// The same for a question that is not the one of the job: each names its files, and what would
/// answer that of the job is left out.
[[nodiscard]] QString otherAnswersText(const core::JobSnapshot &job,
                                       const QList<core::JobError> &problems,
                                       const CommandStyle &style);
/// A repair and what it does, when it is chosen at a question.
[[nodiscard]] QString repairText(core::FixKind fix, const QList<core::JobError> &problems);
/// The options of `bhop resume` that stand for a repair; empty where none are needed.
[[nodiscard]] QString optionsFor(core::FixKind fix, const core::JobError &problem);

/// A line for each file of the answer to Complete.
[[nodiscard]] QStringList manifestLines(const core::Manifest &manifest);
/// The same of an upload: what is on the server now.
[[nodiscard]] QStringList sentLines(const core::JobSnapshot &job, const core::Manifest &manifest);

/// "1.2 of 3.4 GB" or "1.2 MB" as far as is known.
[[nodiscard]] QString bytesOfTotal(qint64 done, std::optional<qint64> total);
/// "1 MB/s at most"
[[nodiscard]] QString limitText(std::optional<qint64> bytesPerSecond);
[[nodiscard]] QString connectionsText(int wanted);
/// What a change has made of a job.
[[nodiscard]] QString changedText(const core::JobSnapshot &job, const core::JobChange &change);
/// "45 %", empty while the size is not known. Never 100 % before the last byte.
[[nodiscard]] QString percent(qint64 done, std::optional<qint64> total);

} // namespace cli
