// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/job/job_state.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <tl/expected.hpp>

namespace core {

/// Why a command was not carried out. Nothing has changed when one is returned.
enum class RefusalKind {
    EngineGone, ///< the engine ended before it could answer
    UnknownJob,
    InvalidState,     ///< the transition table has no such move
    Empty,            ///< nothing is left to do (BG_E_EMPTY)
    OneFilePerUpload, ///< an upload has exactly one file (BITS: a second AddFile is an error)
    UploadInPart,     ///< an upload cannot be completed in part
    Busy,             ///< the job is just being completed or cancelled
    PlaceTaken,       ///< another job sends to that very address, or may have
    UnderWay,         ///< it is being fetched: there is nothing to check
    Superseded,       ///< something else was done with the job before it was found out
    Ended,            ///< nothing of it can be changed any more
    NotFinished,      ///< it is still to be gone on with, or asks something
    BadLink,
    BadHeader,
    BadFolder,
    BadName,
    BadFingerprint,
    OtherCertificate, ///< the fingerprint is not that of the certificate in question
    WhichServer,      ///< several servers ask for this, and none was named
    BadValue,         ///< any other value out of bounds
    TooManyFiles,
    UnknownFile,
    FileInPlace,   ///< it has its name already, so it cannot be left out
    LastFile,      ///< nothing of the job would be wanted any more
    FilesOfUpload, ///< an upload has one file, and nothing to choose
    NoLonePart,    ///< not an unfinished file that no job knows of
    FixDoesNotApply,
    StoreFailed, ///< it could not be written down
};
template <>
struct EnumRows<RefusalKind> {
    static constexpr std::array rows{
        EnumRow{RefusalKind::EngineGone, "EngineGone"},
        EnumRow{RefusalKind::UnknownJob, "UnknownJob"},
        EnumRow{RefusalKind::InvalidState, "InvalidState"},
        EnumRow{RefusalKind::Empty, "Empty"},
        EnumRow{RefusalKind::OneFilePerUpload, "OneFilePerUpload"},
        EnumRow{RefusalKind::UploadInPart, "UploadInPart"},
        EnumRow{RefusalKind::Busy, "Busy"},
        EnumRow{RefusalKind::PlaceTaken, "PlaceTaken"},
        EnumRow{RefusalKind::UnderWay, "UnderWay"},
        EnumRow{RefusalKind::Superseded, "Superseded"},
        EnumRow{RefusalKind::Ended, "Ended"},
        EnumRow{RefusalKind::NotFinished, "NotFinished"},
        EnumRow{RefusalKind::BadLink, "BadLink"},
        EnumRow{RefusalKind::BadHeader, "BadHeader"},
        EnumRow{RefusalKind::BadFolder, "BadFolder"},
        EnumRow{RefusalKind::BadName, "BadName"},
        EnumRow{RefusalKind::BadFingerprint, "BadFingerprint"},
        EnumRow{RefusalKind::OtherCertificate, "OtherCertificate"},
        EnumRow{RefusalKind::WhichServer, "WhichServer"},
        EnumRow{RefusalKind::BadValue, "BadValue"},
        EnumRow{RefusalKind::TooManyFiles, "TooManyFiles"},
        EnumRow{RefusalKind::UnknownFile, "UnknownFile"},
        EnumRow{RefusalKind::FileInPlace, "FileInPlace"},
        EnumRow{RefusalKind::LastFile, "LastFile"},
        EnumRow{RefusalKind::FilesOfUpload, "FilesOfUpload"},
        EnumRow{RefusalKind::NoLonePart, "NoLonePart"},
        EnumRow{RefusalKind::FixDoesNotApply, "FixDoesNotApply"},
        EnumRow{RefusalKind::StoreFailed, "StoreFailed"},
    };
};

struct Refusal {
    RefusalKind kind = RefusalKind::EngineGone;
    JobId job;                            ///< 0 when none is concerned
    JobState state = JobState::Suspended; ///< for InvalidState
    JobEvent event = JobEvent::Resume;    ///< for InvalidState
    QString subject; ///< the link, folder, header name or value that was refused

    bool operator==(const Refusal &) const = default;
};

/// What a command answers with.
template <typename T>
using Answer = tl::expected<T, Refusal>;

/// What became of a command on a set of jobs: every id is in exactly one of the lists.
struct SetOutcome {
    JobIds done;
    QList<Refusal> refused;

    bool operator==(const SetOutcome &) const = default;
};

} // namespace core

Q_DECLARE_METATYPE(core::Refusal)
Q_DECLARE_METATYPE(core::SetOutcome)
