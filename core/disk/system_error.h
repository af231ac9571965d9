// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"

namespace core {

/// What the system call that has just failed said.
[[nodiscard]] inline tl::unexpected<DiskError> systemError(Step step, const QString &path,
                                                           int osError = errno)
{
    return tl::unexpected(DiskError{.step = step, .osError = osError, .path = path});
}

/// Something that we do not do, whatever the system would say.
[[nodiscard]] inline tl::unexpected<DiskError> refusal(Step step, const QString &path, Cause cause)
{
    return tl::unexpected(DiskError{.step = step, .path = path, .cause = cause});
}

} // namespace core
