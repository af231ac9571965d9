// SPDX-License-Identifier: Apache-2.0
#include "core/store/job_store.h"

namespace core {

const char *name(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Error:
        return "Error";
    case NoticeKind::Transferred:
        return "Transferred";
    }
    Q_UNREACHABLE();
}

} // namespace core
