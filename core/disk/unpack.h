// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_record.h"
#include "core/job/part_mark.h"

#include <memory>
#include <stop_token>

namespace core {

class PartFile;

/// A whole part in a content coding, and what a file without it is to be.
struct UnpackOrder {
    PartIdentity part;
    qint64 sizeBytes = 0; ///< of the part
    QString fileName;     ///< that the file is to get in the end; beside the part
    PartMark mark;
};

/// A file beside the part that has its bytes without the coding.
struct UnpackedCopy {
    std::shared_ptr<PartFile> copy; ///< to be named by nameCopy(), which syncs it as well
    qint64 sizeBytes = 0;
    PartSeal seal;        ///< of all its bytes
    bool hasRest = false; ///< behind the end of what was packed were bytes that are no part of it
};

/// Undoes the coding of a part: gzip of any number of members (RFC 1952), zlib (RFC 1950), or
/// deflate without a frame (RFC 1951); its first bytes tell which. What is cut off, or whose check
/// value is wrong, is HashMismatch, as is what goes on behind its end, but for gzip, whose members
/// have a check value each: nothing is left of the copy then, nor after any other failure. Where
/// there is no room, bytesMissing is guessed from the ratio so far. The part is only read. Blocks
/// for long: pool threads only. Asked to stop it fails with ECANCELED.
[[nodiscard]] DiskResult<UnpackedCopy> unpack(const UnpackOrder &order,
                                              const std::stop_token &stop = {});

} // namespace core
