// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/cause.h"
#include "core/job/job_error.h"
#include "core/remedy/fix.h"

#include <QList>

#include <chrono>
#include <span>

namespace core {

/// How a failure of this cause is met.
enum class Recovery {
    Transient, ///< the engine tries again by itself
    Fatal,     ///< needs a person at once
};

/// What else a fatal failure of this cause stops.
enum class Scope {
    File,   ///< siblings of the file go on
    Server, ///< siblings from other servers go on, and where there are none, the job stops
    Job,    ///< nothing of the job can go on
};

/// When a transient cause becomes final although time is left. Tries are counted from the first
/// one, in a row, since bytes last moved; whichever limit is reached first holds. 0 means no such
/// limit: then only the no-progress timeout of the job ends it.
struct Patience {
    int triesUntilItWorked = 0; ///< while the server, or the proxy, brought nothing in this job
    int tries = 0;
    std::chrono::minutes duration{0};
};

/// Exit status of `bhop` for a job that ends in an error of this cause.
enum class ExitCode {
    Done = 0,
    Other = 1,
    Usage = 2,
    Network = 3,
    Refused = 4,
    Login = 5,
    Tls = 6,
    Changed = 7,
    Storage = 8,
    Verification = 9,
    Unfinished = 10,
    NoEngine = 11,
};

/// One row of the catalogue: all that the program decides from a cause.
struct CauseRow {
    Cause cause;
    Recovery recovery;
    Scope scope;
    Patience patience;
    ExitCode exitCode;
    std::span<const FixKind> fixes; ///< best first
};

/// The row of a cause. Total: every cause has exactly one.
[[nodiscard]] const CauseRow &catalogueRow(Cause cause);
[[nodiscard]] std::span<const CauseRow> causeCatalogue();

/// The row that says when it is tried again: of a server that refuses only because others are being
/// fetched from it, that of one that is busy.
[[nodiscard]] inline const CauseRow &patienceRow(const JobError &error)
{
    return catalogueRow(error.reason == Reason::TooManyConnections ? Cause::ServerBusy
                                                                   : error.cause);
}

/// The repairs to offer for this error, best first: the row of the cause, less what makes no sense
/// for this very error (skipping the only file of a job, say).
[[nodiscard]] QList<FixKind> fixesFor(const JobError &error);

/// Whether only an upload can fail so.
[[nodiscard]] constexpr bool isOnlyOfUploads(Cause cause)
{
    return cause >= Cause::SourceMissing && cause <= Cause::StoredDiffers;
}

/// Whether a job of that type can be repaired so.
[[nodiscard]] constexpr bool isFor(FixKind kind, JobType type)
{
    switch (kind) {
    case FixKind::OtherSource:
    case FixKind::OtherProtocol:
        return type == JobType::Upload;
    case FixKind::OtherFolder: // what would be left of these is about files that arrive here
    case FixKind::FreeSpace:
    case FixKind::KeepBoth:
    case FixKind::Recheck:
    case FixKind::SkipFile:
    case FixKind::Unpack:
        return type == JobType::Download;
    default:
        return true;
    }
}

/// How else the file can be sent to the same address, where the server does not take it in the way
/// that was tried.
[[nodiscard]] std::optional<UploadProtocol> protocolInstead(const JobError &error);

/// The server does not speak tus, which the job asks for.
[[nodiscard]] bool isAboutTus(const JobError &error);

/// A name is too long, and it is the one of the folder: a file has its own name only when it is
/// published, and until then one that was cut to what fits.
[[nodiscard]] bool isAboutNameOfFolder(const JobError &error);

/// The file comes in one coding, and in one that can be undone here (RFC 9110, 8.4.1).
[[nodiscard]] bool isUnpackable(const JobError &error);

/// Nothing came but an interim response (RFC 9110, 15.2), behind which the transport reads nothing.
[[nodiscard]] bool isNoticeOnly(const JobError &error);

/// The file came without a single header field, so that nothing is known of it.
[[nodiscard]] bool isWithoutFields(const JobError &error);

/// Accept means the older form that is kept aside, which is all of the file.
[[nodiscard]] bool isAboutOlderForm(const JobError &error);

/// Not the folder is closed to us, but the unfinished file in it.
[[nodiscard]] bool isAboutPart(const JobError &error);

[[nodiscard]] ExitCode exitCodeFor(const JobError &error);

} // namespace core
