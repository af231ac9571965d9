// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/asked_file.h"
#include "core/job/job_snapshot.h"
#include "core/job/timeline.h"
#include "core/words/describe_timeline.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace cli {

/// The jobs in aligned columns with a heading, no line wider than `width`: for a terminal.
[[nodiscard]] QString jobTable(const QList<core::JobSnapshot> &jobs, int width,
                               const QDateTime &nowUtc);

/// One job a line, fields separated by tabs: number, state, bytes done, bytes in all, files done,
/// files in all, name. What is not known is "-". For other programs.
[[nodiscard]] QString jobLines(const QList<core::JobSnapshot> &jobs);

/// All that is known of one job and of what it asks, one thing a line.
[[nodiscard]] QString jobDetails(const core::JobSnapshot &job, const Questions &questions,
                                 const QDateTime &nowUtc);

/// The files of a job, numbered from 1.
[[nodiscard]] QString fileLines(const QList<core::FileSnapshot> &files, core::JobState job);

/// What happened to a job of so many files, one thing a line under a heading, oldest first; nothing
/// where nothing is known.
[[nodiscard]] QString timelineLines(const QList<core::TimelineEntry> &entries,
                                    const core::ToldJob &told);

} // namespace cli
