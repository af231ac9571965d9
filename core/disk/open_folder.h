// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/descriptor.h"
#include "core/disk/disk_error.h"
#include "core/disk/local_name.h"
#include "core/job/job_record.h"

#include <QByteArray>

#include <sys/stat.h>

namespace core {

/// A folder held open, so that what is done in it is done in this one, whatever becomes of its
/// path.
struct OpenFolder {
    Descriptor descriptor;
    QString path;

    [[nodiscard]] int number() const { return descriptor.number(); }
    [[nodiscard]] QString pathOf(const QString &name) const;
    /// How long a name may be here, in bytes.
    [[nodiscard]] qsizetype maxNameBytes() const;
};

/// What the system said when a name was to be looked at or given in the folder: about the folder,
/// unless the name is too long for it.
[[nodiscard]] tl::unexpected<DiskError> nameError(Step step, const OpenFolder &folder,
                                                  const QString &name, int osError);

/// How a path is gone without following links.
enum class PathWalk {
    ByKernel, ///< openat2 with RESOLVE_NO_SYMLINKS, and the other way where that is not to be had
    ByComponent, ///< a descriptor for each folder on the way
};

/// Links on the way are not followed: the path of a job is free of them from the beginning, see
/// withoutLinks(), so that one which is there now was put there since and leads to another place.
/// Such a link, and a file on the way, is NotAFolder, of the path where it stands.
[[nodiscard]] DiskResult<OpenFolder> openFolder(const QString &path, Step step,
                                                PathWalk walk = PathWalk::ByKernel);

/// Returns once the names in the folder are on the disk, as far as its file system can do that.
[[nodiscard]] DiskResult<> syncFolder(const OpenFolder &folder, Step step);

/// What stands under the name, links not followed: errno, or 0.
[[nodiscard]] int entryFacts(const OpenFolder &folder, const QString &name, struct stat *facts);

/// A new file in the folder that has no name and is gone with its descriptor, mode 0600. Not open
/// where the file system knows no such files.
[[nodiscard]] DiskResult<Descriptor> openUnnamed(const OpenFolder &folder, Step step);

/// Makes and removes a file; what the system said of it.
[[nodiscard]] DiskResult<struct stat> probeFolder(const OpenFolder &folder, Step step);

/// What can be stored here by this user; nothing when the file system does not know.
[[nodiscard]] std::optional<qint64> freeBytesIn(int descriptor);

[[nodiscard]] bool isSameFile(const struct stat &facts, const PartIdentity &identity);

[[nodiscard]] bool isSameFolder(const OpenFolder &one, const OpenFolder &other);

/// The name of that form in the folder under which this very file stands.
[[nodiscard]] std::optional<QString>
findByIdentity(const OpenFolder &folder, const PartIdentity &identity, const NameForm &form);

} // namespace core
