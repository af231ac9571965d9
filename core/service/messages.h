// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/link.h"
#include "core/job/check_report.h"
#include "core/job/job_change.h"
#include "core/job/job_snapshot.h"
#include "core/job/lone_part.h"
#include "core/job/refusal.h"
#include "core/job/settings.h"
#include "core/job/timeline.h"
#include "core/job/waiting_file.h"
#include "core/remedy/fix.h"
#include "core/service/notice.h"

#include <QStringList>

#include <tuple>

namespace core {

/// The answer of a command that has nothing to say but that it was done.
struct Done {
    bool operator==(const Done &) const = default;
};

struct CompleteOutcome {
    QList<Completion> done;
    QList<Refusal> refused;

    bool operator==(const CompleteOutcome &) const = default;
};

struct FilePage {
    int total = 0;
    QList<FileSnapshot> files;

    bool operator==(const FilePage &) const = default;
};

/// What became of one line that is meant to be a link.
struct LinkReport {
    QString typed;
    QUrl url;                     ///< valid when the link may be fetched
    bool isSchemeGuessed = false; ///< none was typed: https, and http if that is not to be had
    QString suggestedName;        ///< from the address; the server may name it otherwise
    std::optional<LinkRefusal> problem;
    std::optional<WaitingFile> waiting; ///< a file that it is likely to be a fresh link for

    bool operator==(const LinkReport &) const = default;
};

/// What is known of a folder.
struct FolderReport {
    QString folder;
    std::optional<qint64> freeBytes;
    std::optional<JobError> problem; ///< what a job would fail with that put its files there

    bool operator==(const FolderReport &) const = default;
};

/// What is known of a file that is to be sent.
struct SourceReport {
    QString path;
    std::optional<qint64> sizeBytes;
    std::optional<JobError> problem; ///< what a job would fail with that sent it

    bool operator==(const SourceReport &) const = default;
};

/// How much the engine has to do.
struct ActivityReport {
    int jobsUnderWay = 0; ///< that it may run: transferring, queued, waiting, being completed
    int commandsDue = 0;  ///< notify commands that run, or will again in a moment

    bool operator==(const ActivityReport &) const = default;
};

/// Something a front end should put before a person, once: accepted by accept(id), told again until
/// then.
struct Attention {
    enum class Kind { Error, Transferred };
    quint64 id = 0;
    Kind kind = Kind::Error;
    JobSnapshot job;
    std::optional<JobError> error; ///< for Error

    bool operator==(const Attention &) const = default;
};

template <>
struct EnumRows<Attention::Kind> {
    static constexpr std::array rows{
        EnumRow{Attention::Kind::Error, "Error"},
        EnumRow{Attention::Kind::Transferred, "Transferred"},
    };
};

/// The table of messages. Every transport, the JSON of `bhop` and the tests derive from it: a
/// message is a name, the value that is sent and the value that comes back.
namespace message {

struct Add {
    static constexpr auto kName = "add";
    struct Request {
        JobSpec spec;
        /// Begun at once; one that may not begin is refused, and not on the list.
        bool begins = false;
    };
    using Reply = JobId;
};
struct AddFiles {
    static constexpr auto kName = "addFiles";
    struct Request {
        JobId job;
        QList<FileSpec> files;
    };
    using Reply = Done;
};
struct Suspend {
    static constexpr auto kName = "suspend";
    struct Request {
        JobIds jobs;
    };
    using Reply = SetOutcome;
};
struct Resume {
    static constexpr auto kName = "resume";
    struct Request {
        JobIds jobs;
        Fixes fixes;
        std::optional<ClientEnvironment> environment; ///< filled in by call()
        QList<FileId> left; ///< failed files that go on waiting for an answer of their own
    };
    using Reply = SetOutcome;
};
/// What Resume would meet with these repairs; nothing is changed.
struct Check {
    static constexpr auto kName = "check";
    struct Request {
        JobId job;
        Fixes fixes;
        std::optional<int> fileIndex; ///< which file is to be looked at; none: the one in question
        std::optional<ClientEnvironment> environment; ///< filled in by call()
    };
    using Reply = CheckReport;
};
/// Changes jobs as long as they have not ended, whatever they are at.
struct Change {
    static constexpr auto kName = "change";
    struct Request {
        JobIds jobs;
        JobChange change;
    };
    using Reply = SetOutcome;
};
struct Cancel {
    static constexpr auto kName = "cancel";
    struct Request {
        JobIds jobs;
    };
    using Reply = SetOutcome;
};
struct Complete {
    static constexpr auto kName = "complete";
    struct Request {
        JobIds jobs;
        PartialFiles partial = PartialFiles::Remove;
    };
    using Reply = CompleteOutcome;
};
/// Takes final jobs off the list. Their files stay.
struct Remove {
    static constexpr auto kName = "remove";
    struct Request {
        JobIds jobs;
    };
    using Reply = SetOutcome;
};
/// What has to be accepted is told again at once: somebody has come who will hear it.
struct TellAgain {
    static constexpr auto kName = "tellAgain";
    struct Request {};
    using Reply = Done;
};
struct Accept {
    static constexpr auto kName = "accept";
    struct Request {
        quint64 attention = 0;
    };
    using Reply = Done;
};
/// Jobs in order of id. An empty list of ids means all.
struct Jobs {
    static constexpr auto kName = "jobs";
    struct Request {
        JobIds ids;
        int first = 0;
        int count = 1000;
    };
    using Reply = QList<JobSnapshot>;
};
/// Files in order of index: all of a job, or those of one state; then `first` and the total count
/// those.
struct Files {
    static constexpr auto kName = "files";
    struct Request {
        JobId job;
        int first = 0;
        int count = 1000;
        std::optional<FileState> only;
    };
    using Reply = FilePage;
};
/// What happened to a job, from entry number `first` on.
struct Timeline {
    static constexpr auto kName = "timeline";
    struct Request {
        JobId job;
        int first = 0;
        int count = kTimelineMax;
    };
    using Reply = TimelinePage;
};
struct Activity {
    static constexpr auto kName = "activity";
    struct Request {};
    using Reply = ActivityReport;
};
/// From now on all that is queued runs, of earlier sessions too.
struct RunEverything {
    static constexpr auto kName = "runEverything";
    struct Request {
        std::optional<ClientEnvironment> environment; ///< for those; filled in by call()
    };
    using Reply = Done;
};
struct InspectLinks {
    static constexpr auto kName = "inspectLinks";
    struct Request {
        QStringList links;
    };
    using Reply = QList<LinkReport>;
};
struct InspectFolder {
    static constexpr auto kName = "inspectFolder";
    struct Request {
        QString folder;
    };
    using Reply = FolderReport;
};
struct InspectSource {
    static constexpr auto kName = "inspectSource";
    struct Request {
        QString path; ///< absolute
    };
    using Reply = SourceReport;
};
/// Unfinished files of ours that no job knows of, in one folder, or in all that jobs are in and the
/// default one.
struct FindParts {
    static constexpr auto kName = "findParts";
    struct Request {
        QString folder; ///< absolute; empty: all of them
    };
    using Reply = QList<LonePart>;
};
/// Takes an unfinished file that no job knows of on as a job, which goes on with it from this link.
struct Adopt {
    static constexpr auto kName = "adopt";
    struct Request {
        QString path; ///< absolute
        QUrl url;
    };
    using Reply = JobId;
};
/// What the keyring of the desktop would do with a secret now.
struct Keyring {
    static constexpr auto kName = "keyring";
    struct Request {};
    using Reply = KeyringState;
};
struct GetSettings {
    static constexpr auto kName = "settings";
    struct Request {};
    using Reply = Settings;
};
struct SetSettings {
    static constexpr auto kName = "setSettings";
    struct Request {
        Settings settings;
    };
    using Reply = Done;
};
/// Changes this one of the settings: the limit of all jobs together.
struct LimitAll {
    static constexpr auto kName = "limitAll";
    struct Request {
        qint64 bytesPerSecond = 0; ///< 0: none
    };
    using Reply = Settings; ///< as they are then
};

} // namespace message

using Messages =
    std::tuple<message::Add, message::AddFiles, message::Suspend, message::Resume, message::Check,
               message::Change, message::Cancel, message::Complete, message::Remove,
               message::TellAgain, message::Accept, message::Jobs, message::Files,
               message::Timeline, message::Activity, message::RunEverything, message::InspectLinks,
               message::InspectFolder, message::InspectSource, message::FindParts, message::Adopt,
               message::Keyring, message::GetSettings, message::SetSettings, message::LimitAll>;

} // namespace core

Q_DECLARE_METATYPE(core::Attention)
