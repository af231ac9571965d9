// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "core/job/lone_part.h"
#include "core/job/timeline.h"
#include "core/words/describe_timeline.h"
#include "core/words/explain_check.h"

#include <QJsonObject>

namespace cli {

// The objects that `bhop --json` prints, one a line, each with `event` and `job`. Files are
// numbered from 1 in them, as on the command line, so that what is printed can be typed back.

/// {"event":"state","job":7,"state":"Queued",…}: all that is known of the job, whoever asks.
[[nodiscard]] QJsonObject stateLine(const core::JobSnapshot &job);
[[nodiscard]] QJsonObject fileLine(const core::FileSnapshot &file);
/// One thing that happened to a job of so many files.
[[nodiscard]] QJsonObject timelineLine(core::JobId job, const core::TimelineEntry &entry,
                                       const core::ToldJob &told);
[[nodiscard]] QJsonObject progressLine(const core::JobSnapshot &job);
[[nodiscard]] QJsonObject errorLine(core::JobId job, const core::JobError &error,
                                    const QString &fileName);
/// A notice of what stands in the way of a job that is not in Error: an obstacle at Complete, a
/// wait that lasts.
[[nodiscard]] QJsonObject problemLine(core::JobId job, const core::JobError &problem,
                                      const QString &fileName);
/// {"event":"lonePart","job":null,"path":"/x/a.part","name":"a","bytes":5}
[[nodiscard]] QJsonObject lonePartLine(const core::LonePart &part);
/// {"event":"check","job":7,"file":1,"verdict":"Good","text":"Same file: …","server":{…},…}
[[nodiscard]] QJsonObject checkLine(const core::CheckReport &report, const core::CheckWords &words);
[[nodiscard]] QJsonObject transferredLine(const core::JobSnapshot &job);
[[nodiscard]] QJsonObject completedLine(core::JobId job, const core::Manifest &manifest);
[[nodiscard]] QJsonObject cancelledLine(core::JobId job);
/// `job` is null when no job is concerned.
[[nodiscard]] QJsonObject noticeLine(core::JobId job, const QString &text);

} // namespace cli
