// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/restored_list.h"
#include "core/store/store_error.h"

#include <optional>

namespace core {

// A list of jobs that is damaged is moved aside, never deleted, and its newest good backup takes
// its place, or, where none is good, a list of the jobs that can still be read. Once the copy of
// that is whole, a crash at any point leaves what is needed to finish. No connection to the list
// may be open.

/// Puts the newest good backup in the place of the list, which goes to "<list>.damaged-<UTC time>"
/// with its -wal and -shm. Damaged when no backup is good and no job can be read, and CannotOpen
/// when a file cannot be made; both before anything was moved. Checks the backups through
/// connections of this thread.
[[nodiscard]] StoreResult<RestoredList> restoreList(const QString &list, const QDateTime &now);

/// Finishes what restoreList() of a program that ended half-way had begun; usually nothing.
/// CannotOpen when a file cannot be renamed.
[[nodiscard]] StoreResult<std::optional<RestoredList>> finishRestoring(const QString &list);

} // namespace core
