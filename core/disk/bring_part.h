// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/publish.h"

#include <QCoroTask>
#include <QFuture>

#include <functional>

namespace core {

class Volumes;

/// Whoever writes down where a part lies. Each is ready once that is on the disk, or could not be:
/// false.
struct PartRecords {
    /// There is a copy, which is to go in the end if it never becomes the part.
    std::function<QFuture<bool>(PartIdentity copy)> copied;
    /// This is the part from now on.
    std::function<QFuture<bool>(PartIdentity part)> moved;
};

/// Brings the part into the folder, by movePart(). A copy gets its name when it is written down
/// that there is one, and the original goes when it is written down that the copy counts: whatever
/// ends the program, no file is left that nobody knows of. The part as it lies afterwards: where it
/// was, if the copy could not be written down.
[[nodiscard]] QCoro::Task<DiskResult<PartIdentity>> bringPart(Volumes *volumes, PartIdentity part,
                                                              QString folder, QString fileName,
                                                              PartRecords records);

} // namespace core
