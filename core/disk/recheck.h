// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_record.h"

#include <stop_token>

namespace core {

/// What is said of a part: which file it is, which of its bytes count, and by what they are known
/// again.
struct PartClaim {
    PartIdentity part;
    RangeSet durable;
    PartSeal seal;
};

/// What became of a claim.
struct RecheckedPart {
    PartIdentity part;       ///< another file than before where a copy of it was put in its place
    RangeSet sound;          ///< what still counts
    PartSeal seal;           ///< of that, as the file is now
    qint64 damagedBytes = 0; ///< of the claim, in whole pieces: what is not sound any more
    qint64 missingBytes = 0; ///< of these, beyond the end of the file
};

/// Whether the file looks from outside as it did when this was claimed, by inode, length and time
/// of change; also where no seal was kept. Reads nothing of it. PartMissing, FolderMissing or what
/// the system says where it cannot be looked at.
[[nodiscard]] DiskResult<bool> isAsClaimed(const PartClaim &claim);

/// What of the claim is not cut off: by the length of the file alone, none of it is read. A piece
/// that does not end in the file any more is of no use. PartMissing, PartChanged and so on as in
/// openOurFile().
[[nodiscard]] DiskResult<RangeSet> notCutOff(const PartClaim &claim);

/// Reads all pieces that have a hash and holds them against it. What is not as it was, or is cut
/// off, is not sound any more; what lies beyond the claim is of no consequence. Bytes without a
/// hash are believed as long as they are there. Another file in place of the part is taken for it
/// if every byte is known again. PartChanged else, FolderMissing and PartMissing as in
/// openOurFile(). Blocks for long: pool threads only. Asked to stop it fails with ECANCELED.
[[nodiscard]] DiskResult<RecheckedPart> recheck(const PartClaim &claim,
                                                const std::stop_token &stop = {});

} // namespace core
