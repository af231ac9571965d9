// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/open_folder.h"

namespace core {

/// A file that was proven to be the recorded one, and the folder it stands in.
struct OurFile {
    OpenFolder folder;
    QString name;
    Descriptor descriptor;
    struct stat facts = {};
};

/// Opens the file of that identity: a regular file of the recorded device and inode, owned by us.
/// PartMissing when nothing stands there, PartChanged when something else does, FolderMissing when
/// its folder is gone, DriveMissing when that is another one, for want of a mount.
[[nodiscard]] DiskResult<OurFile> openOurFile(const PartIdentity &identity, int flags, Step step);

/// Removes the name if it is still that of the file: errno, or 0. A name that is gone is 0.
[[nodiscard]] int unlinkOurs(const OpenFolder &folder, const QString &name,
                             const PartIdentity &identity);

/// Path and identity of a file that is open and stands under this name.
[[nodiscard]] PartIdentity identityOf(const OpenFolder &folder, const QString &name,
                                      const struct stat &facts);

/// With the later of its times of change: one of them can be put back by whoever has written to it.
[[nodiscard]] PartStamp stampOf(const struct stat &facts);

} // namespace core
