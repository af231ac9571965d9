// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/job/job_record.h"

namespace core {

/// How much of a job there is.
struct Progress {
    qint64 bytesDone = 0;             ///< received and kept, durable or about to be
    qint64 bytesUnconfirmed = 0;      ///< of those: sent, and the server has not said it has them
    std::optional<qint64> bytesTotal; ///< once the size of every wanted file is known
    int filesDone = 0;                ///< whole or published
    int filesTotal = 0;               ///< wanted
    int filesFailed = 0;              ///< failed for good: they will need a person
    int filesCounted = 0;             ///< of those done: no server ever said their size

    bool operator==(const Progress &) const = default;
};

/// What Complete would do now: shown before the button is pressed.
struct CompleteEffect {
    int filesKept = 0;
    qint64 bytesKept = 0;
    int filesPartial = 0; ///< begun, not whole: their bytes go
    qint64 bytesPartial = 0;
    qint64 bytesAside = 0; ///< of files left out and of older parts: they go, too
    int filesMissing = 0;  ///< not begun

    bool operator==(const CompleteEffect &) const = default;
};

/// One job as a front end sees it. A value, complete in itself, however many files the job has.
struct JobSnapshot {
    JobId id;
    JobType type = JobType::Download;
    JobState state = JobState::Suspended;
    QString name;
    Priority priority = Priority::Normal;
    /// While Queued: which of those that wait for their turn it is, from 1; of the first ones only.
    std::optional<int> queuePlace;
    QString folder;
    QUrl firstUrl; ///< without userinfo
    QUrl pageUrl;  ///< where its links were found, by the Referer it sends; empty for unknown
    Progress progress;
    CompleteEffect completeEffect;
    qint64 bytesOnCancel = 0; ///< that Cancel removes: of files left out and of older parts, too
    QString currentFile;      ///< name of the first active file, empty when none
    std::optional<qint64> bytesPerSecond;      ///< smoothed; while Transferring
    std::optional<qint64> limitBytesPerSecond; ///< of this job alone
    int connections = 0;                       ///< of all its files; while Transferring
    std::optional<int> connectionsWanted; ///< for each file at most, where somebody has said so
    std::optional<int> connectionsBorne;  ///< so many at once the server was seen to allow, no more
    /// Of the file of an upload that was read to compare its checksum, while that is done.
    std::optional<int> percentCompared;
    std::optional<std::chrono::seconds> remaining; ///< honest: absent while it would be a guess
    std::optional<Due> due;                        ///< while TransientError: the next try
    std::optional<QDateTime> troubleSince; ///< while TransientError: since when, without progress
    std::optional<JobError> error;         ///< in Error and TransientError
    std::optional<JobError> obstacle;      ///< in Transferred
    CompleteMode complete = CompleteMode::WhenTransferred;
    QString notifyCommand;    ///< empty: none
    bool keepSecrets = false; ///< as JobOptions has it
    int errorCount = 0;
    QDateTime createdAt;
    QDateTime modifiedAt;
    QDateTime transferredAt;

    bool operator==(const JobSnapshot &) const = default;
};

/// One file of a job as a front end sees it.
struct FileSnapshot {
    FileId id;
    FileState state = FileState::Pending;
    FilePriority priority = FilePriority::Normal;
    QUrl url;     ///< without userinfo
    QString name; ///< final name, or the best guess before it is fixed
    qint64 bytesDone = 0;
    std::optional<qint64> sizeBytes;
    SizeSource sizeSource = SizeSource::Stated; ///< of a file that is whole
    QString path;                               ///< of the published file, else of the part file
    std::optional<Due> due;
    std::optional<JobError> error;

    bool operator==(const FileSnapshot &) const = default;
};

/// One file in the answer to Complete.
struct ManifestEntry {
    int fileIndex = 0;
    QString name;
    QString path; ///< where it is now; empty when it is nowhere
    qint64 bytes = 0;
    std::optional<qint64> sizeBytes;
    SizeSource sizeSource = SizeSource::Stated; ///< of a file that is whole

    bool operator==(const ManifestEntry &) const = default;
};

/// What Complete did: every file is in exactly one of the lists.
struct Manifest {
    QList<ManifestEntry> kept;
    QList<ManifestEntry> partial; ///< had some bytes; removed, or kept as .part when asked
    QList<ManifestEntry> missing; ///< had none
    QList<ManifestEntry> skipped; ///< not wanted: their names were taken, or a person said so.
                                  ///< What there was of them is removed

    bool operator==(const Manifest &) const = default;
};

/// What Complete does with files that are not whole.
enum class PartialFiles { Remove, KeepAsPart };
template <>
struct EnumRows<PartialFiles> {
    static constexpr std::array rows{
        EnumRow{PartialFiles::Remove, "Remove"},
        EnumRow{PartialFiles::KeepAsPart, "KeepAsPart"},
    };
};

/// What Complete did to one job.
struct Completion {
    JobId job;
    Manifest manifest;
    std::optional<JobError> obstacle; ///< set: the job is Transferred and asks about this

    bool operator==(const Completion &) const = default;
};

} // namespace core

Q_DECLARE_METATYPE(core::JobSnapshot)
Q_DECLARE_METATYPE(core::FileSnapshot)
Q_DECLARE_METATYPE(core::Manifest)
