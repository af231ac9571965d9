// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_error.h"

namespace core {

const char *name(ErrorContext value)
{
    switch (value) {
    case ErrorContext::None:
        return "None";
    case ErrorContext::RemoteFile:
        return "RemoteFile";
    }
    Q_UNREACHABLE();
}

} // namespace core
