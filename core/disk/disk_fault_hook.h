// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <functional>

namespace core {

/// Stands between a Volume and its disk, so that a slow or failing one can be had: each is called
/// on the thread that does the work, may block, and returns the errno to fail with, or 0 to go on.
struct DiskFaultHook {
    std::function<int(qint64 offset, qint64 size)> beforeWrite;
    std::function<int()> beforeSync;
    std::function<int()> beforeLong; ///< hashing a file, or moving one
};

} // namespace core
