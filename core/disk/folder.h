// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_record.h"

#include <QString>

#include <optional>

namespace core {

/// What is known of a folder files are to be put in.
struct FolderFacts {
    QString path;
    quint64 device = 0;
    qint64 freeBytes = 0; ///< for this user
    QString fileSystem;   ///< "ext4", "tmpfs", … or hex of the type
};

/// Whether what the descriptor is open on lies in a file system that has nothing but memory.
[[nodiscard]] bool isInMemory(int descriptor);

/// The path with every link on it replaced by where it leads, as far as the path exists: how a job
/// keeps the folder that a person chose, so that a link which is put into it later is not followed.
/// Blocks: pool threads only.
[[nodiscard]] QString withoutLinks(const QString &path);

/// The path itself, or the nearest folder above it that is there. Blocks: pool threads only.
[[nodiscard]] QString nearestThere(const QString &path);

/// Whether the part lies in this very folder, by its path.
[[nodiscard]] bool liesIn(const PartIdentity &part, const QString &folder);

/// The device of the folder, or of the nearest one above it that exists. Blocks: pool threads only.
[[nodiscard]] DiskResult<quint64> deviceOf(const QString &folder);

/// Opens the folder and proves that files can be made in it (creates and removes one that has no
/// name where the system can, an exclusively named one elsewhere). One that is missing is
/// DriveMissing, and not made, where it would be on another device than the one it was on, as far
/// as that is known. Blocks: writer threads only.
[[nodiscard]] DiskResult<FolderFacts> inspectFolder(const QString &path, MissingFolder missing,
                                                    std::optional<quint64> wasOn = {});
/// The same without making anything. ENOENT says that the folder could be made; where it could not,
/// the error is that of the first folder above it that is there.
[[nodiscard]] DiskResult<FolderFacts> inspectPlaceOf(const QString &path);

} // namespace core
