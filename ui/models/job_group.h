// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <array>

namespace ui {

/// What the sidebar offers. Every job is in All and in exactly one of the others, and uploads are
/// in Uploads besides.
enum class JobGroup { All, Active, Waiting, Paused, NeedsAttention, Finished, Cancelled, Uploads };

inline constexpr std::array kJobGroups{
    JobGroup::All,       JobGroup::Active,         JobGroup::Waiting,
    JobGroup::Paused,    JobGroup::NeedsAttention, JobGroup::Finished,
    JobGroup::Cancelled, JobGroup::Uploads};

/// The group of a job besides All and Uploads. What waits for a person counts as that, whatever its
/// state.
[[nodiscard]] JobGroup groupOf(const core::JobSnapshot &job, const QDateTime &nowUtc);

/// The label as it stands in the sidebar.
[[nodiscard]] QString label(JobGroup group);

} // namespace ui
