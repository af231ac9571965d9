// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/job/job_state.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <array>
#include <chrono>
#include <optional>
#include <variant>

namespace core {

/// How an attempt at a file ended, other than by an error.
enum class AttemptEnd {
    Whole,     ///< every byte is here
    Counted,   ///< the body came to its end; nobody has said how long the file is
    Stopped,   ///< asked to end, or it failed when nobody wanted it any more
    NotWanted, ///< the final name is taken and the job says to skip such files
};

inline constexpr std::array kAttemptEnds{AttemptEnd::Whole, AttemptEnd::Counted,
                                         AttemptEnd::Stopped, AttemptEnd::NotWanted};

[[nodiscard]] const char *name(AttemptEnd end);
[[nodiscard]] std::optional<AttemptEnd> parseAttemptEnd(QStringView name);

/// Who decided.
enum class Decider { Person, Engine };

inline constexpr std::array kDeciders{Decider::Person, Decider::Engine};

[[nodiscard]] const char *name(Decider decider);
[[nodiscard]] std::optional<Decider> parseDecider(QStringView name);

/// What can happen to a job, each with what belongs to it.
namespace happening {

/// The job was made, or files were added to it later.
struct Added {
    int files = 0;
    bool operator==(const Added &) const = default;
};
struct StateChanged {
    JobState from = JobState::Suspended;
    JobState to = JobState::Suspended;
    JobEvent event = JobEvent::Resume;
    bool operator==(const StateChanged &) const = default;
};
struct AttemptStarted {
    int attempt = 1;        ///< in a row, since bytes last moved, from 1
    qint64 offsetBytes = 0; ///< what is there already
    QUrl url;               ///< without userinfo, query and fragment
    bool operator==(const AttemptStarted &) const = default;
};
struct AttemptEnded {
    AttemptEnd end = AttemptEnd::Whole;
    qint64 bytesDone = 0; ///< durable bytes of the file
    bool operator==(const AttemptEnded &) const = default;
};
struct Failed {
    JobError error;                                   ///< its addresses like that of AttemptStarted
    std::optional<std::chrono::milliseconds> nextTry; ///< from then on; none: it needs a person
    bool operator==(const Failed &) const = default;
};
struct FixApplied {
    QString fix; ///< name() of a FixKind
    bool operator==(const FixApplied &) const = default;
};
/// Resume, Suspend, Complete or Cancel.
struct Decided {
    JobEvent command = JobEvent::Resume;
    Decider by = Decider::Person;
    bool operator==(const Decided &) const = default;
};
/// What Complete came to, in numbers of files.
struct Completed {
    int kept = 0;
    int partial = 0;
    int missing = 0;
    std::optional<JobError> obstacle; ///< set: the job asks about this
    bool operator==(const Completed &) const = default;
};

} // namespace happening

using Happening = std::variant<happening::Added, happening::StateChanged, happening::AttemptStarted,
                               happening::AttemptEnded, happening::Failed, happening::FixApplied,
                               happening::Decided, happening::Completed>;

/// "AttemptStarted": stable, for the store, logs and JSON.
[[nodiscard]] const char *name(const Happening &what);

/// One thing that happened to a job. Written once, never changed. Holds no secrets.
struct TimelineEntry {
    QDateTime time;               ///< UTC
    std::optional<int> fileIndex; ///< of the file it is about, if it is about one
    Happening what;

    bool operator==(const TimelineEntry &) const = default;
};

/// At most this many entries of a job are kept: the first one ever and the newest.
inline constexpr int kTimelineMax = 1000;

/// Some entries of a job, oldest first. Entries are numbered from 0 as they happen; those that are
/// not kept any more, or cannot be read, are left out.
struct TimelinePage {
    int total = 0; ///< how many there ever were: the number of the next one to happen
    int next = 0;  ///< where to read on; equal to `total` when all was read
    QList<TimelineEntry> entries;

    bool operator==(const TimelinePage &) const = default;
};

} // namespace core

Q_DECLARE_METATYPE(core::TimelineEntry)
