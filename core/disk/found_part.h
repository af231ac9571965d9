// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_record.h"
#include "core/job/part_mark.h"

namespace core {

// Marks are a courtesy: file systems without extended attributes have none, and nothing fails for
// want of one.

/// Marks an open part.
void markPart(int descriptor, const PartMark &mark);
/// Gives a copy the mark of the original, if it has one.
void copyMark(int from, int to);
/// A finished file says nothing of where it comes from.
void removeMark(int descriptor);

/// A file that looks like a part, whatever list it belongs to: regular, ours, of one name, which
/// ends in ".part".
struct FoundPart {
    PartIdentity part;
    QString fileName;     ///< what it is to be called in the end
    qint64 sizeBytes = 0; ///< up to the first hole: what lies there was never written
    std::optional<PartMark> mark;
};

/// The parts in a folder, by name. Blocks.
[[nodiscard]] DiskResult<QList<FoundPart>> partsIn(const QString &folder);
/// The part at this path; PartMissing or PartChanged when there is none there. Blocks.
[[nodiscard]] DiskResult<FoundPart> partAt(const QString &path);
/// Marks the part, if it is still that one. Blocks.
[[nodiscard]] DiskResult<> markAnew(const PartIdentity &part, const PartMark &mark);

} // namespace core
