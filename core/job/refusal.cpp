// SPDX-License-Identifier: Apache-2.0
#include "core/job/refusal.h"

namespace core {

const char *name(RefusalKind value)
{
    switch (value) {
    case RefusalKind::EngineGone:
        return "EngineGone";
    case RefusalKind::UnknownJob:
        return "UnknownJob";
    case RefusalKind::InvalidState:
        return "InvalidState";
    case RefusalKind::Empty:
        return "Empty";
    case RefusalKind::UploadInPart:
        return "UploadInPart";
    case RefusalKind::Busy:
        return "Busy";
    case RefusalKind::BadLink:
        return "BadLink";
    case RefusalKind::BadHeader:
        return "BadHeader";
    case RefusalKind::BadFolder:
        return "BadFolder";
    case RefusalKind::BadName:
        return "BadName";
    case RefusalKind::BadFingerprint:
        return "BadFingerprint";
    case RefusalKind::OtherCertificate:
        return "OtherCertificate";
    case RefusalKind::BadValue:
        return "BadValue";
    case RefusalKind::TooManyFiles:
        return "TooManyFiles";
    case RefusalKind::UnknownFile:
        return "UnknownFile";
    case RefusalKind::FixDoesNotApply:
        return "FixDoesNotApply";
    case RefusalKind::StoreFailed:
        return "StoreFailed";
    }
    Q_UNREACHABLE();
}

} // namespace core
