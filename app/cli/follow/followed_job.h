// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <optional>

namespace cli {

/// What a new snapshot of a followed job brings, each thing exactly once.
struct FollowedNews {
    bool state = false;                    ///< the state is another one
    bool progress = false;                 ///< bytes or files are other ones
    bool transferred = false;              ///< every byte is here
    bool ready = false;                    ///< Transferred, and somebody has to call Complete
    std::optional<core::JobError> problem; ///< a new question: Error, or an obstacle at Complete

    bool operator==(const FollowedNews &) const = default;
};

/// One job as it is followed at the terminal: tells what is new from what was said before. The same
/// snapshot may come twice, and by two ways.
class FollowedJob {
public:
    /// The job as it was before the command: its old problem is not news.
    void startFrom(const core::JobSnapshot &job);
    [[nodiscard]] FollowedNews update(const core::JobSnapshot &job);

    [[nodiscard]] const std::optional<core::JobSnapshot> &last() const { return m_last; }
    /// Bytes of an upload that did not count when it was seen last before it was paused.
    [[nodiscard]] qint64 sentInVain() const { return m_sentInVain; }

private:
    std::optional<core::JobSnapshot> m_last;
    std::optional<core::JobState> m_toldState;
    std::optional<core::JobError> m_toldProblem;
    bool m_toldTransferred = false;
    qint64 m_sentInVain = 0;
};

/// The question that a job stands still for; of one that tries again by itself nothing is asked.
[[nodiscard]] std::optional<core::JobError> openQuestion(const core::JobSnapshot &job);

/// Whether the job runs or is about to, as far as it is known: left alone it goes on.
[[nodiscard]] bool wantsToRun(const core::JobSnapshot &job);

} // namespace cli
