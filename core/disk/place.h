// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/folder.h"
#include "core/job/job_record.h"

namespace core {

/// What stands under a name in a folder.
enum class NameUse { Free, File, Folder, Other };

/// Links are not followed. Blocks: writer threads only.
[[nodiscard]] DiskResult<NameUse> useOfNameIn(const QString &folder, const QString &fileName);

/// A file that has still to come, or to be copied, to a folder.
struct FileToCome {
    qint64 sizeBytes = 0;
    qint64 durableBytes = 0;
    PartIdentity part; ///< empty where none was made yet

    bool operator==(const FileToCome &) const = default;
};

/// Where files of a job are to be put.
struct PlaceOrder {
    QString folder;
    QString fileName; ///< of the file in question; empty where none is known
    MissingFolder missing = MissingFolder::Refuse;
    QList<FileToCome> files; ///< as far as their size is known
};

/// What such a place is like.
struct PlaceFacts {
    FolderFacts folder;      ///< of the nearest one above that is there, where it is to be made
    bool isToBeMade = false; ///< it is not there, and may be made
    qint64 neededBytes = 0;  ///< for the files, beside what is here or reserved already
    NameUse use = NameUse::Free;
};

/// Finds out what would keep files from being put there, and leaves nothing behind: a folder that
/// is missing is not made. Blocks: writer threads only.
[[nodiscard]] DiskResult<PlaceFacts> inspectPlace(const PlaceOrder &order);

} // namespace core
