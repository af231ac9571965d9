// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"

#include <array>
#include <optional>

namespace core {

/// What a job carries, and which way. Stored by name.
enum class JobType { Download, Upload };
template <>
struct EnumRows<JobType> {
    static constexpr std::array rows{
        EnumRow{JobType::Download, "Download"},
        EnumRow{JobType::Upload, "Upload"},
    };
};

/// Where a job is in its life (the BITS states). Stored, logged and printed by name(), never by
/// number.
enum class JobState {
    Suspended,
    Queued,
    Connecting,
    Transferring,
    TransientError,
    Error,
    Transferred,
    Acknowledged,
    Cancelled,
};
template <>
struct EnumRows<JobState> {
    static constexpr std::array rows{
        EnumRow{JobState::Suspended, "Suspended"},
        EnumRow{JobState::Queued, "Queued"},
        EnumRow{JobState::Connecting, "Connecting"},
        EnumRow{JobState::Transferring, "Transferring"},
        EnumRow{JobState::TransientError, "TransientError"},
        EnumRow{JobState::Error, "Error"},
        EnumRow{JobState::Transferred, "Transferred"},
        EnumRow{JobState::Acknowledged, "Acknowledged"},
        EnumRow{JobState::Cancelled, "Cancelled"},
    };
};

inline constexpr auto kJobStates = allOf<JobState>();

/// Everything that may happen to a job. The first four are commands of a person or a program, the
/// rest is what the engine observes.
enum class JobEvent {
    Resume,
    Suspend,
    Complete,
    Cancel,
    Start,
    FirstByte,
    AllWhole,
    Preempt,
    FailForNow,
    FailForGood,
    RetryDue,
    NetworkBack,
    NoProgressExpired,
    ObstacleGone,
    Obstructed,
    Rejected,
};
template <>
struct EnumRows<JobEvent> {
    static constexpr std::array rows{
        EnumRow{JobEvent::Resume, "Resume"},
        EnumRow{JobEvent::Suspend, "Suspend"},
        EnumRow{JobEvent::Complete, "Complete"},
        EnumRow{JobEvent::Cancel, "Cancel"},
        EnumRow{JobEvent::Start, "Start"},
        EnumRow{JobEvent::FirstByte, "FirstByte"},
        EnumRow{JobEvent::AllWhole, "AllWhole"},
        EnumRow{JobEvent::Preempt, "Preempt"},
        EnumRow{JobEvent::FailForNow, "FailForNow"},
        EnumRow{JobEvent::FailForGood, "FailForGood"},
        EnumRow{JobEvent::RetryDue, "RetryDue"},
        EnumRow{JobEvent::NetworkBack, "NetworkBack"},
        EnumRow{JobEvent::NoProgressExpired, "NoProgressExpired"},
        EnumRow{JobEvent::ObstacleGone, "ObstacleGone"},
        EnumRow{JobEvent::Obstructed, "Obstructed"},
        EnumRow{JobEvent::Rejected, "Rejected"},
    };
};

inline constexpr auto kJobEvents = allOf<JobEvent>();

struct Transition {
    JobState from;
    JobEvent event;
    JobState to;
};

/// The whole life of a job. A pair that is not listed is refused; a row that leads to where it
/// started is a command that is accepted and changes nothing.
// clang-format off
inline constexpr std::array kTransitions{
    Transition{JobState::Suspended,      JobEvent::Resume,            JobState::Queued},
    Transition{JobState::Suspended,      JobEvent::Suspend,           JobState::Suspended},
    Transition{JobState::Suspended,      JobEvent::Complete,          JobState::Acknowledged},
    Transition{JobState::Suspended,      JobEvent::Cancel,            JobState::Cancelled},

    Transition{JobState::Queued,         JobEvent::Start,             JobState::Connecting},
    Transition{JobState::Queued,         JobEvent::FailForNow,        JobState::TransientError},
    Transition{JobState::Queued,         JobEvent::FailForGood,       JobState::Error},
    Transition{JobState::Queued,         JobEvent::Resume,            JobState::Queued},
    Transition{JobState::Queued,         JobEvent::Suspend,           JobState::Suspended},
    Transition{JobState::Queued,         JobEvent::Complete,          JobState::Acknowledged},
    Transition{JobState::Queued,         JobEvent::Cancel,            JobState::Cancelled},

    Transition{JobState::Connecting,     JobEvent::FirstByte,         JobState::Transferring},
    Transition{JobState::Connecting,     JobEvent::AllWhole,          JobState::Transferred},
    Transition{JobState::Connecting,     JobEvent::Preempt,           JobState::Queued},
    Transition{JobState::Connecting,     JobEvent::FailForNow,        JobState::TransientError},
    Transition{JobState::Connecting,     JobEvent::FailForGood,       JobState::Error},
    Transition{JobState::Connecting,     JobEvent::Resume,            JobState::Connecting},
    Transition{JobState::Connecting,     JobEvent::Suspend,           JobState::Suspended},
    Transition{JobState::Connecting,     JobEvent::Complete,          JobState::Acknowledged},
    Transition{JobState::Connecting,     JobEvent::Cancel,            JobState::Cancelled},

    Transition{JobState::Transferring,   JobEvent::AllWhole,          JobState::Transferred},
    Transition{JobState::Transferring,   JobEvent::Preempt,           JobState::Queued},
    Transition{JobState::Transferring,   JobEvent::FailForNow,        JobState::TransientError},
    Transition{JobState::Transferring,   JobEvent::FailForGood,       JobState::Error},
    Transition{JobState::Transferring,   JobEvent::Resume,            JobState::Transferring},
    Transition{JobState::Transferring,   JobEvent::Suspend,           JobState::Suspended},
    Transition{JobState::Transferring,   JobEvent::Complete,          JobState::Acknowledged},
    Transition{JobState::Transferring,   JobEvent::Cancel,            JobState::Cancelled},

    // Waiting holds a due time and a reason. It is a state, not a coroutine asleep.
    Transition{JobState::TransientError, JobEvent::RetryDue,          JobState::Queued},
    Transition{JobState::TransientError, JobEvent::NetworkBack,       JobState::Queued},
    Transition{JobState::TransientError, JobEvent::Resume,            JobState::Queued},
    Transition{JobState::TransientError, JobEvent::NoProgressExpired, JobState::Error},
    Transition{JobState::TransientError, JobEvent::FailForGood,       JobState::Error},
    Transition{JobState::TransientError, JobEvent::Suspend,           JobState::Suspended},
    Transition{JobState::TransientError, JobEvent::Complete,          JobState::Acknowledged},
    Transition{JobState::TransientError, JobEvent::Cancel,            JobState::Cancelled},

    Transition{JobState::Error,          JobEvent::Resume,            JobState::Queued},
    Transition{JobState::Error,          JobEvent::ObstacleGone,      JobState::Queued},
    Transition{JobState::Error,          JobEvent::Suspend,           JobState::Error},
    Transition{JobState::Error,          JobEvent::Complete,          JobState::Acknowledged},
    Transition{JobState::Error,          JobEvent::Cancel,            JobState::Cancelled},

    // Resume leads on only when files were added since; otherwise it is refused as Empty.
    Transition{JobState::Transferred,    JobEvent::Resume,            JobState::Queued},
    Transition{JobState::Transferred,    JobEvent::Suspend,           JobState::Transferred},
    Transition{JobState::Transferred,    JobEvent::Complete,          JobState::Acknowledged},
    Transition{JobState::Transferred,    JobEvent::Rejected,          JobState::Error},
    Transition{JobState::Transferred,    JobEvent::Cancel,            JobState::Cancelled},

    // A Complete that met an obstacle leaves the job Transferred, wherever it was called from.
    Transition{JobState::Suspended,      JobEvent::Obstructed,        JobState::Transferred},
    Transition{JobState::Queued,         JobEvent::Obstructed,        JobState::Transferred},
    Transition{JobState::Connecting,     JobEvent::Obstructed,        JobState::Transferred},
    Transition{JobState::Transferring,   JobEvent::Obstructed,        JobState::Transferred},
    Transition{JobState::TransientError, JobEvent::Obstructed,        JobState::Transferred},
    Transition{JobState::Error,          JobEvent::Obstructed,        JobState::Transferred},
    Transition{JobState::Transferred,    JobEvent::Obstructed,        JobState::Transferred},
};
// clang-format on

/// The state that follows, or nothing if the table does not allow the event here.
[[nodiscard]] constexpr std::optional<JobState> next(JobState from, JobEvent event)
{
    for (const Transition &row : kTransitions) {
        if (row.from == from && row.event == event) {
            return row.to;
        }
    }
    return std::nullopt;
}

/// next(), and the one rule that depends on the type: an upload cannot be completed in part
/// (BITS: Complete on an upload job is legal only in Transferred).
[[nodiscard]] constexpr std::optional<JobState> next(JobType type, JobState from, JobEvent event)
{
    if (type != JobType::Download && event == JobEvent::Complete && from != JobState::Transferred) {
        return std::nullopt;
    }
    return next(from, event);
}

/// Acknowledged and Cancelled: nothing happens to such a job any more.
[[nodiscard]] constexpr bool isFinal(JobState state)
{
    return state == JobState::Acknowledged || state == JobState::Cancelled;
}

/// Connecting and Transferring: attempts of the job hold connections.
[[nodiscard]] constexpr bool isRunning(JobState state)
{
    return state == JobState::Connecting || state == JobState::Transferring;
}

} // namespace core
