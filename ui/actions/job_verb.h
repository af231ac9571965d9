// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <array>

namespace ui {

/// What a person may do with a job that is there.
enum class JobVerb {
    Resume,
    Suspend,
    Complete,
    Cancel,
    Fix,
    Open,
    OpenFolder,
    CopyLink,
    Recheck, ///< read what is kept once more, and resume
    Again,   ///< fetch what an ended job did not bring, or all of it once more
    Remove,
};

inline constexpr std::array kJobVerbs{
    JobVerb::Resume,  JobVerb::Suspend, JobVerb::Complete,   JobVerb::Cancel,
    JobVerb::Fix,     JobVerb::Open,    JobVerb::OpenFolder, JobVerb::CopyLink,
    JobVerb::Recheck, JobVerb::Again,   JobVerb::Remove,
};

/// Whether the verb would change anything. For commands the transition table decides, so that a
/// button and the engine cannot disagree; a row that leads to where it started is no change.
[[nodiscard]] bool allows(const core::JobSnapshot &job, JobVerb verb, const QDateTime &nowUtc);

/// Finished with some of its files missing.
[[nodiscard]] bool isPartial(const core::JobSnapshot &job);

/// What a double click does: answer the question of the job, open what it brought, or turn it on or
/// off. Nothing for a job where none of these makes sense.
[[nodiscard]] std::optional<JobVerb> firstVerb(const core::JobSnapshot &job,
                                               const QDateTime &nowUtc);

/// Those of the jobs that allow the verb, in the same order.
[[nodiscard]] QList<core::JobSnapshot> allowing(const QList<core::JobSnapshot> &jobs, JobVerb verb,
                                                const QDateTime &nowUtc);

} // namespace ui
