// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/block_hashes.h"
#include "core/job/job_id.h"
#include "core/job/job_spec.h"
#include "core/job/range_set.h"
#include "core/job/validator.h"

#include <QDateTime>

namespace core {

/// Where one file of a job is. Stored by name; Active is stored as Pending.
enum class FileState {
    Pending,   ///< waits for its turn
    Active,    ///< an attempt is at work on it
    Waiting,   ///< failed for now; tried again when due
    Failed,    ///< failed for good; needs a person
    Whole,     ///< every byte is durable, under the name of the part file; or on the server
    Published, ///< under its final name; of an upload, the job is done with it
    Unwanted,  ///< left out: not fetched, not part of "all"; what is here stays until the job ends
};
template <>
struct EnumRows<FileState> {
    static constexpr std::array rows{
        EnumRow{FileState::Pending, "Pending"},   EnumRow{FileState::Active, "Active"},
        EnumRow{FileState::Waiting, "Waiting"},   EnumRow{FileState::Failed, "Failed"},
        EnumRow{FileState::Whole, "Whole"},       EnumRow{FileState::Published, "Published"},
        EnumRow{FileState::Unwanted, "Unwanted"},
    };
};

/// Whether what came is looked at for being what was asked for.
enum class Acceptance {
    Checked,  ///< a web page in place of a file, or a wrong checksum, is a question
    AsItIs,   ///< a person has said that it is right as it is
    Unpack,   ///< in whatever coding it comes, which is undone once all of it is here
    Unpacked, ///< that was done: no server has the bytes of the part
};
template <>
struct EnumRows<Acceptance> {
    static constexpr std::array rows{
        EnumRow{Acceptance::Checked, "Checked"},
        EnumRow{Acceptance::AsItIs, "AsItIs"},
        EnumRow{Acceptance::Unpack, "Unpack"},
        EnumRow{Acceptance::Unpacked, "Unpacked"},
    };
};

/// How it is known that a whole file is as long as it is.
enum class SizeSource {
    Stated,  ///< a response said the size, or a checksum proved that nothing is missing
    Counted, ///< nobody ever said: it is what came until the body ended (RFC 9112, 6.3)
};
template <>
struct EnumRows<SizeSource> {
    static constexpr std::array rows{
        EnumRow{SizeSource::Stated, "Stated"},
        EnumRow{SizeSource::Counted, "Counted"},
    };
};

/// The file on disk that holds our bytes until it is published. Device and inode tell whether the
/// file of that path is still ours: nothing is removed or written to unless they match.
struct PartIdentity {
    QString path; ///< absolute; empty: there is no part file
    quint64 device = 0;
    quint64 inode = 0;

    [[nodiscard]] bool isEmpty() const { return path.isEmpty(); }
    bool operator==(const PartIdentity &) const = default;
};

/// A part that another one has taken the place of.
struct OlderPart {
    PartIdentity part;
    qint64 bytes = 0;     ///< that were held of the file in it
    bool isWhole = false; ///< all of it

    bool operator==(const OlderPart &) const = default;
};

/// When something will be tried again. Stored as wall time plus delay, so that a clock that was
/// set back cannot make it wait for years: on load the due time is at most `delay` away.
struct Due {
    QDateTime at; ///< UTC
    std::chrono::milliseconds delay{0};

    bool operator==(const Due &) const = default;
};

/// One file of a job: what was asked for, and what became of it so far.
struct FileRecord {
    FileSpec spec;
    FileState state = FileState::Pending;
    FilePriority priority = FilePriority::Normal;
    QString name;                               ///< fixed at the first response, safe; empty before
    std::optional<qint64> sizeBytes;            ///< as said by a response, or counted once whole
    SizeSource sizeSource = SizeSource::Stated; ///< of a file that is whole
    Validator validator;                        ///< of the version the bytes belong to
    std::optional<ExpectedHash> promisedHash;   ///< of that version, by the server (RFC 9530)
    RangeSet durable; ///< synced; never more than is on the disk. Of an upload, what was confirmed
    PartSeal seal;    ///< of the durable bytes, claimed with them
    PartIdentity part;
    UploadMark upload;                    ///< of a file of an upload
    QList<OlderPart> superseded;          ///< kept until this one is published
    QString publishedPath;                ///< once Published
    std::optional<ExistingFile> existing; ///< overrides the job's policy
    Acceptance acceptance = Acceptance::Checked;
    std::optional<JobError> error; ///< the last one; cleared when bytes move again
    std::optional<Due> due;        ///< while Waiting
    int failures = 0;              ///< in a row, since bytes last moved
    bool operator==(const FileRecord &) const = default;
};

/// Who has not accepted yet what there is to tell of a job. Its state says what that is: that it
/// needs a person in Error, that it is done otherwise.
struct Untold {
    bool frontEnds = false;
    bool command = false; ///< JobOptions::notifyCommand

    [[nodiscard]] bool isAny() const { return frontEnds || command; }
    bool operator==(const Untold &) const = default;
};

/// A job: what is stored and shown. Only JobManager changes one.
struct JobRecord {
    JobId id;
    JobType type = JobType::Download;
    JobState state = JobState::Suspended;
    QString name;
    Priority priority = Priority::Normal;
    QString folder;
    JobOptions options;
    QList<FileRecord> files;          ///< in order of insertion; none is ever removed
    std::optional<JobError> error;    ///< why it is in Error or TransientError
    std::optional<JobError> obstacle; ///< what stood in the way of Complete; in Transferred
    int errorCount = 0;               ///< failures that stopped the transfer, ever
    QDateTime createdAt;              ///< UTC, like all times here
    QDateTime modifiedAt;
    QDateTime transferredAt; ///< invalid until Transferred
    Untold untold;
    std::optional<int> connectionsBorne; ///< the server of its first file refused more at once
    QByteArray servedAs; ///< digest of the addresses of this computer when bytes came last

    bool operator==(const JobRecord &) const = default;
};

} // namespace core
