// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/asked_file.h"
#include "core/service/job_service.h"

#include <functional>

namespace cli {

/// How many jobs or files are asked for at once.
inline constexpr int kPageSize = 1000;

/// Finds what a file of a job is called and hands the name on; empty when it cannot be known.
void withFileName(core::JobService *service, QObject *context, core::FileId file,
                  std::function<void(const QString &name)> then);

/// Finds what the files of the job ask, and hands it on: first this problem of it, its file before
/// others that ask the same, then whatever else has stopped files of it.
void withQuestions(core::JobService *service, QObject *context, const core::JobSnapshot &job,
                   const core::JobError &problem,
                   const std::function<void(const Questions &questions)> &then);

/// The same among the files of a job that are known.
[[nodiscard]] Questions questionsAmong(const QList<core::FileSnapshot> &files,
                                       const core::JobSnapshot &job, const core::JobError &problem);

/// Collects all files of a job, page by page, and hands them on; fewer where the engine ends.
void withAllFiles(core::JobService *service, QObject *context, core::JobId job,
                  const std::function<void(const QList<core::FileSnapshot> &files)> &then);

/// Collects what happened to a job, oldest first, and hands it on; less where the engine ends.
void withTimeline(core::JobService *service, QObject *context, core::JobId job,
                  const std::function<void(const QList<core::TimelineEntry> &entries)> &then);

/// Collects the jobs with these ids, or all jobs page by page where none are named, and hands them
/// on in order of id, or why not.
void withJobs(core::JobService *service, QObject *context, const core::JobIds &ids,
              const std::function<void(const core::Answer<QList<core::JobSnapshot>> &jobs)> &then);

/// What Complete has made of the files of a job, when nobody kept its answer.
[[nodiscard]] core::Manifest manifestOf(const QList<core::FileSnapshot> &files);

} // namespace cli
