// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_record.h"

#include <sys/types.h>

#include <memory>

namespace core {

class PartFile;

/// How a whole part file becomes a file with its final name.
struct PublishOrder {
    PartIdentity part;
    qint64 sizeBytes = 0; ///< the part must have exactly this length
    QString folder;
    QString fileName; ///< safe, one component
    ExistingFile existing = ExistingFile::Ask;
    QDateTime lastModified; ///< set on the finished file when valid
    mode_t umask = 077;     ///< what the finished file is not to be
};

/// Gives each part its final name and returns its path, or why it has none: checks that it is ours
/// and whole, sets mode (0666 less umask, never executable) and time, syncs it, renames without
/// replacing (renameat2 RENAME_NOREPLACE, else link and unlink). All take each of these steps
/// together, so that the journal of the file system is written once for all, and the names are on
/// the disk in the end. Only ExistingFile::Replace replaces, and only a regular file. Idempotent: a
/// part that already stands under the name, or under a numbered one, after a crash is recognised by
/// device and inode. NameExists when the name is taken and the policy is Ask or Skip. A part must
/// be on the file system of the folder (movePart brings it there). Each takes three descriptors
/// meanwhile. Blocks: writer threads only.
[[nodiscard]] QList<DiskResult<QString>> giveFinalNames(const QList<PublishOrder> &orders);
/// Removes the part if it is still ours; a part that is gone or not ours any more is success.
[[nodiscard]] DiskResult<> discard(const PartIdentity &part);

/// A part that was moved.
struct MovedPart {
    PartIdentity part; ///< where it lies, or will lie
    std::shared_ptr<PartFile>
        copy; ///< set: it is one, see nameCopy(), and the original still there
};

/// Moves an unfinished file into another folder, under a ".part" name that is free there. Across
/// file systems it is copied, and the copy goes with its descriptor until it gets its name.
[[nodiscard]] DiskResult<MovedPart> movePart(const PartIdentity &part, const QString &folder,
                                             const QString &fileName);

/// Gives a copy its name, and returns once it is on the disk with all its bytes. Where the name was
/// taken in between, another one is returned and the copy has none yet: see PartFile::giveName().
[[nodiscard]] DiskResult<PartIdentity> nameCopy(PartFile *copy);

/// The digest of the whole file in lower-case hex. Blocks for long: pool threads only.
[[nodiscard]] DiskResult<QByteArray> hashOf(const PartIdentity &part,
                                            ExpectedHash::Algorithm algorithm);

} // namespace core
