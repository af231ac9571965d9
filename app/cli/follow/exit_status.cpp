// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/exit_status.h"

#include "app/cli/print/words.h"

#include <cerrno>

namespace cli {

core::ExitCode exitCodeFor(const core::Refusal &refusal)
{
    switch (refusal.kind) {
    case core::RefusalKind::EngineGone:
        return core::ExitCode::NoEngine;
    case core::RefusalKind::UnknownJob:
    case core::RefusalKind::InvalidState:
    case core::RefusalKind::Empty:
    case core::RefusalKind::OneFilePerUpload:
    case core::RefusalKind::UploadInPart:
    case core::RefusalKind::Busy:
    case core::RefusalKind::PlaceTaken:
    case core::RefusalKind::UnderWay:
    case core::RefusalKind::Superseded:
    case core::RefusalKind::Ended:
    case core::RefusalKind::NotFinished:
    case core::RefusalKind::FileInPlace:
    case core::RefusalKind::LastFile:
    case core::RefusalKind::FilesOfUpload:
        return core::ExitCode::Other;
    case core::RefusalKind::BadLink:
    case core::RefusalKind::BadHeader:
    case core::RefusalKind::BadName:
    case core::RefusalKind::BadFingerprint:
    case core::RefusalKind::WhichServer:
    case core::RefusalKind::BadValue:
    case core::RefusalKind::TooManyFiles:
    case core::RefusalKind::UnknownFile:
    case core::RefusalKind::NoLonePart:
    case core::RefusalKind::FixDoesNotApply:
        return core::ExitCode::Usage;
    case core::RefusalKind::OtherCertificate:
        return core::ExitCode::Tls;
    case core::RefusalKind::BadFolder:
    case core::RefusalKind::StoreFailed:
        return core::ExitCode::Storage;
    }
    Q_UNREACHABLE();
}

core::ExitCode worst(core::ExitCode first, core::ExitCode second)
{
    return first != core::ExitCode::Done ? first : second;
}

core::ExitCode withList(core::ExitCode status, core::Ending ending, const Request &request)
{
    const bool changes = std::holds_alternative<GetRequest>(request) ||
                         std::holds_alternative<PutRequest>(request) ||
                         std::holds_alternative<ResumeRequest>(request) ||
                         std::holds_alternative<LifecycleRequest>(request) ||
                         std::holds_alternative<SetRequest>(request) ||
                         std::holds_alternative<AdoptRequest>(request) ||
                         std::holds_alternative<CompleteRequest>(request);
    return ending != core::Ending::Unsaved || !changes ? status
                                                       : worst(status, core::ExitCode::Storage);
}

core::ExitCode withOutput(core::ExitCode status, Screen *screen)
{
    if (screen->outError() == 0 || screen->outError() == EPIPE) {
        return status;
    }
    screen->complain(Words::tr("bhop: Standard output cannot be written to: %1.")
                         .arg(qt_error_string(screen->outError())) +
                     u'\n');
    return status == core::ExitCode::Done ? core::ExitCode::Other : status;
}

} // namespace cli
