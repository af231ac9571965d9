// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/job/job_state.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

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
template <>
struct EnumRows<AttemptEnd> {
    static constexpr std::array rows{
        EnumRow{AttemptEnd::Whole, "Whole"},
        EnumRow{AttemptEnd::Counted, "Counted"},
        EnumRow{AttemptEnd::Stopped, "Stopped"},
        EnumRow{AttemptEnd::NotWanted, "NotWanted"},
    };
};

/// Who decided.
enum class Decider { Person, Engine };
template <>
struct EnumRows<Decider> {
    static constexpr std::array rows{
        EnumRow{Decider::Person, "Person"},
        EnumRow{Decider::Engine, "Engine"},
    };
};

/// What a person may want to know although nothing was stopped by it.
enum class Note {
    NumberedName,     ///< another file of the job has the name, so a number was added to it
    Unencrypted,      ///< the address had no scheme, and https was not to be had
    SameBytes,        ///< the server calls it another version, yet the bytes are the same
    UploadForgotten,  ///< the server does not know the unfinished upload any more: it begins anew
    FoundStored,      ///< no answer had come, yet the server has the file
    PartLeftOnServer, ///< the server could not be told to forget the unfinished upload
    FolderMade,       ///< on the server
    NamesByServer,    ///< tus: what was asked about names and folders there has no meaning
    FewerConnections, ///< the server refused one of several connections for a file
    Unpacked,         ///< the file came compressed, and is so no more
    RestLeftOut,      ///< what it was unpacked from went on behind its end
    HashDiffers,      ///< it has not the checksum given, and a person takes it as it is
};
template <>
struct EnumRows<Note> {
    static constexpr std::array rows{
        EnumRow{Note::NumberedName, "NumberedName"},
        EnumRow{Note::Unencrypted, "Unencrypted"},
        EnumRow{Note::SameBytes, "SameBytes"},
        EnumRow{Note::UploadForgotten, "UploadForgotten"},
        EnumRow{Note::FoundStored, "FoundStored"},
        EnumRow{Note::PartLeftOnServer, "PartLeftOnServer"},
        EnumRow{Note::FolderMade, "FolderMade"},
        EnumRow{Note::NamesByServer, "NamesByServer"},
        EnumRow{Note::FewerConnections, "FewerConnections"},
        EnumRow{Note::Unpacked, "Unpacked"},
        EnumRow{Note::RestLeftOut, "RestLeftOut"},
        EnumRow{Note::HashDiffers, "HashDiffers"},
    };
};

/// What can happen to a job, each with what belongs to it.
namespace happening {

/// The job was made, or files were added to it later.
struct Added {
    static constexpr auto kName = "Added";
    int files = 0;
    bool operator==(const Added &) const = default;
};
struct StateChanged {
    static constexpr auto kName = "StateChanged";
    JobState from = JobState::Suspended;
    JobState to = JobState::Suspended;
    JobEvent event = JobEvent::Resume;
    bool operator==(const StateChanged &) const = default;
};
struct AttemptStarted {
    static constexpr auto kName = "AttemptStarted";
    int attempt = 1;        ///< in a row, since bytes last moved, from 1
    qint64 offsetBytes = 0; ///< what is there already
    QUrl url;               ///< without userinfo, query and fragment
    bool operator==(const AttemptStarted &) const = default;
};
struct AttemptEnded {
    static constexpr auto kName = "AttemptEnded";
    AttemptEnd end = AttemptEnd::Whole;
    qint64 bytesDone = 0; ///< durable bytes of the file
    QString fileName;     ///< that is taken (NotWanted)
    bool operator==(const AttemptEnded &) const = default;
};
/// What is kept was read again, or is gone. So many bytes are fetched again: they were not what had
/// been received, or what would prove that they are was, like so many of them, not there any more.
struct Rechecked {
    static constexpr auto kName = "Rechecked";
    qint64 bytes = 0;
    qint64 missingBytes = 0;
    bool operator==(const Rechecked &) const = default;
};
struct Noted {
    static constexpr auto kName = "Noted";
    Note note = Note::NumberedName;
    QString fileName; ///< of the file from then on, as far as it is known
    bool operator==(const Noted &) const = default;
};
struct Failed {
    static constexpr auto kName = "Failed";
    JobError error;                                   ///< its addresses like that of AttemptStarted
    std::optional<std::chrono::milliseconds> nextTry; ///< from then on; none: it needs a person
    bool operator==(const Failed &) const = default;
};
struct FixApplied {
    static constexpr auto kName = "FixApplied";
    QString fix; ///< name() of a FixKind
    bool operator==(const FixApplied &) const = default;
};
/// Resume, Suspend, Complete or Cancel.
struct Decided {
    static constexpr auto kName = "Decided";
    JobEvent command = JobEvent::Resume;
    Decider by = Decider::Person;
    bool operator==(const Decided &) const = default;
};
/// Files of a job of very many, fetched in one go each; the times between are those of the entries
/// before and after.
struct Fetched {
    static constexpr auto kName = "Fetched";
    int files = 0;
    qint64 bytes = 0; ///< of all of them
    bool operator==(const Fetched &) const = default;
};
/// A person has left files out, or wants them after all.
struct FilesChosen {
    static constexpr auto kName = "FilesChosen";
    int leftOut = 0;
    int takenIn = 0;
    bool operator==(const FilesChosen &) const = default;
};
/// What Complete came to, in numbers of files.
struct Completed {
    static constexpr auto kName = "Completed";
    int kept = 0;
    int partial = 0;
    int missing = 0;
    std::optional<JobError> obstacle; ///< set: the job asks about this
    bool operator==(const Completed &) const = default;
};

} // namespace happening

using Happening = std::variant<happening::Added, happening::StateChanged, happening::AttemptStarted,
                               happening::AttemptEnded, happening::Rechecked, happening::Noted,
                               happening::Failed, happening::FixApplied, happening::Decided,
                               happening::Fetched, happening::FilesChosen, happening::Completed>;

/// "AttemptStarted": stable, for the store, logs and JSON.
[[nodiscard]] constexpr const char *name(const Happening &what)
{
    return std::visit([](const auto &each) { return each.kName; }, what);
}

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
