// SPDX-License-Identifier: Apache-2.0
#include "core/disk/synced_folders.h"

#include "core/disk/open_folder.h"

namespace core {

DiskResult<> SyncedFolders::sync(const QString &folder)
{
    const auto known = m_synced.find(folder);
    if (known != m_synced.end()) {
        return known->second;
    }
    const DiskResult<> synced = openFolder(folder, Step::Write).and_then([](const auto &opened) {
        return syncFolder(opened, Step::Write);
    });
    return m_synced.emplace(folder, synced).first->second;
}

} // namespace core
