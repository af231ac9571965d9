// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remedy/catalogue.h"

namespace core {

/// What has to be asked to know whether a repair will do.
enum class CheckedAgainst {
    Nothing, ///< it cannot fail
    Place,   ///< the folder, its volume and the names in it
    Server,  ///< and the place
};

/// Of a repair for a failure of this cause.
[[nodiscard]] constexpr CheckedAgainst checkedAgainst(FixKind kind, bool isAboutPlace)
{
    switch (kind) {
    case FixKind::NewLink:
    case FixKind::Headers:
    case FixKind::Login:
    case FixKind::Restart:
    case FixKind::TrustCertificate:
    case FixKind::Proxy:
    case FixKind::AllowInsecure:
    case FixKind::Unpack:
    case FixKind::OtherProtocol:
        return CheckedAgainst::Server;
    case FixKind::FreeSpace:
    case FixKind::OtherFolder:
    case FixKind::CreateFolder:
    case FixKind::OtherName:
    case FixKind::KeepBoth:
    case FixKind::OtherSource:
    case FixKind::Replace:
        return CheckedAgainst::Place;
    case FixKind::Recheck:
    case FixKind::SkipFile:
    case FixKind::OtherHash:
    case FixKind::Wait:
        return CheckedAgainst::Nothing;
    case FixKind::Retry:
    case FixKind::Accept:
        return isAboutPlace ? CheckedAgainst::Place : CheckedAgainst::Server;
    }
    Q_UNREACHABLE();
}

/// The failure is one of this computer's storage.
[[nodiscard]] inline bool isAboutPlace(Cause cause)
{
    return catalogueRow(cause).exitCode == ExitCode::Storage;
}

} // namespace core
