// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/fix.h"

#include "core/job/parse_name.h"

namespace core {

// NOLINTNEXTLINE(readability-function-size): one row per kind
const char *name(FixKind value)
{
    switch (value) {
    case FixKind::Retry:
        return "Retry";
    case FixKind::NewLink:
        return "NewLink";
    case FixKind::Headers:
        return "Headers";
    case FixKind::Login:
        return "Login";
    case FixKind::FreeSpace:
        return "FreeSpace";
    case FixKind::OtherFolder:
        return "OtherFolder";
    case FixKind::CreateFolder:
        return "CreateFolder";
    case FixKind::OtherName:
        return "OtherName";
    case FixKind::KeepBoth:
        return "KeepBoth";
    case FixKind::Replace:
        return "Replace";
    case FixKind::Restart:
        return "Restart";
    case FixKind::SkipFile:
        return "SkipFile";
    case FixKind::TrustCertificate:
        return "TrustCertificate";
    case FixKind::Proxy:
        return "Proxy";
    case FixKind::AllowInsecure:
        return "AllowInsecure";
    case FixKind::OtherHash:
        return "OtherHash";
    case FixKind::Accept:
        return "Accept";
    case FixKind::Wait:
        return "Wait";
    }
    Q_UNREACHABLE();
}

std::optional<FixKind> parseFixKind(QStringView text)
{
    return parseName(kFixKinds, text);
}

} // namespace core
