// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_spec.h"

#include <QString>

namespace core {

/// What is known of a folder files are to be put in.
struct FolderFacts {
    QString path;
    quint64 device = 0;
    qint64 freeBytes = 0; ///< for this user
    QString fileSystem;   ///< "ext4", "tmpfs", … or hex of the type
};

/// Opens the folder and proves that files can be made in it (creates and removes one that has no
/// name where the system can, an exclusively named one elsewhere). Blocks: writer threads only.
[[nodiscard]] DiskResult<FolderFacts> inspectFolder(const QString &path, MissingFolder missing);

} // namespace core
