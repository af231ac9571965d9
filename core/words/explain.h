// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/job/job_snapshot.h"
#include "core/job/refusal.h"
#include "core/remedy/fix.h"

#include <QString>

namespace core {

/// An error in the words of the person whose download just failed. Plain text, in the language of
/// the calling program; whatever came from outside is shown, never interpreted.
struct Explanation {
    QString whatHappened;
    QString whatIsSafe;
    QString whatToDo;

    /// The three sentences in one line.
    [[nodiscard]] QString oneLine() const;
    bool operator==(const Explanation &) const = default;
};

/// All sentences about failures are made here. Total over Cause.
[[nodiscard]] Explanation explain(const JobError &error);

/// Why a command was not carried out, in one sentence that says what to do.
[[nodiscard]] QString explain(const Refusal &refusal);

/// The label of a repair as it stands on a button or a radio, for this error: "Use another link".
[[nodiscard]] QString label(FixKind kind, const JobError &error);
/// What the repair does, in one short sentence, for this error.
[[nodiscard]] QString describe(FixKind kind, const JobError &error);

/// What a job is doing, in words: "Downloading", "Server asked to wait until 14:05".
[[nodiscard]] QString describeState(const JobSnapshot &job, const QDateTime &nowUtc);
/// "4 connections", and where the server allows no more, that. Empty where there is one, and more
/// were not refused.
[[nodiscard]] QString describeConnections(const JobSnapshot &job);

/// What a priority is called wherever it is named: "foreground", "high", "normal", "low".
[[nodiscard]] QString priorityWord(Priority priority);

/// Its priority where that is not the usual one and still means something; else nothing.
[[nodiscard]] QString describePriority(const JobSnapshot &job);

/// Bytes of an upload that have to be sent once more if it is paused now: the server has confirmed
/// none.
[[nodiscard]] qint64 bytesSentInVain(const JobSnapshot &job);
/// That so many bytes were sent in vain, once it is paused.
[[nodiscard]] QString describeSentInVain(qint64 bytes);

/// The effect of each verb on the bytes of this job, for the buttons of the error dialog.
[[nodiscard]] QString describeCancel(const JobSnapshot &job);
[[nodiscard]] QString describeComplete(const JobSnapshot &job);
[[nodiscard]] QString describeResume(const JobSnapshot &job);
/// Likewise of leaving out the last of what a job still has to do. `bytesLost`: what there is of
/// the files that are left out with that or were so before.
[[nodiscard]] QString describeLastLeftOut(int filesKept, qint64 bytesLost);

/// The day where the program runs, in full but without the name of the weekday.
[[nodiscard]] QString formatDay(const QDateTime &utc);
/// "3.2 GB": decimal units as file managers print them, one digit where it matters.
[[nodiscard]] QString formatBytes(qint64 bytes);
/// "3.2 MB/s"
[[nodiscard]] QString formatRate(qint64 bytesPerSecond);
/// "2 h 5 min", "40 s": at most two units, rounded as a person would say it.
[[nodiscard]] QString formatDuration(std::chrono::seconds duration);

} // namespace core
