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

/// Symbolic links on the way to a folder are followed: the person chose the path.
[[nodiscard]] DiskResult<OpenFolder> openFolder(const QString &path, Step step);

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

/// The name of that form in the folder under which this very file stands.
[[nodiscard]] std::optional<QString>
findByIdentity(const OpenFolder &folder, const PartIdentity &identity, const NameForm &form);

} // namespace core
