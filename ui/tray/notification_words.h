// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remedy/question_group.h"
#include "ui/actions/job_verb.h"
#include "ui/tray/notifications.h"

#include <map>

namespace ui {

using JobsById = std::map<core::JobId, core::JobSnapshot>;

/// Under these keys they are shown: one for each question, one for each job that has arrived, and
/// one for those that arrived together.
[[nodiscard]] QString keyOfQuestion(const core::QuestionGroup &group);
[[nodiscard]] QString keyOfArrival(core::JobId job);
[[nodiscard]] QString keyOfArrivals();

/// The question of all these jobs, of which there is one at least.
[[nodiscard]] Notification notificationOfQuestion(const core::QuestionGroup &group,
                                                  const JobsById &jobs);
[[nodiscard]] Notification notificationOfArrival(const core::JobSnapshot &job);
[[nodiscard]] Notification notificationOfArrivals(const JobsById &jobs);

/// What a button of the notification with this key does; nothing for showing the window.
[[nodiscard]] std::optional<JobVerb> verbOf(const QString &action, const QString &key);

} // namespace ui
