// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"

#include <map>

namespace core {

/// Syncs each folder once, for all the files in it whose names are to be on the disk. Blocks.
class SyncedFolders {
public:
    /// Returns once it is synced, or how that went before.
    [[nodiscard]] DiskResult<> sync(const QString &folder);

private:
    std::map<QString, DiskResult<>> m_synced;
};

} // namespace core
