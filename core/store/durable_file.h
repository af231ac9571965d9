// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/store_error.h"

#include <QDateTime>

#include <optional>

namespace core {

// Steps with whole files. Each may be taken on any thread, and says CannotOpen with the path and
// what the system said.

/// Whether anything at all stands under the name; a link is not followed.
[[nodiscard]] bool isThere(const QString &path);

/// When the content was last written, UTC; nothing for a file that is not there or is empty.
[[nodiscard]] std::optional<QDateTime> lastWritten(const QString &path);

/// Returns once the names in the folder of the file are on the disk.
[[nodiscard]] StoreResult<> syncFolderOf(const QString &path);

/// Gives the file another name in its folder and takes that from whatever had it. The name is kept
/// through a power cut once the folder was synced.
[[nodiscard]] StoreResult<> renameFile(const QString &from, const QString &to);

/// Makes an empty file of mode 0600 in the place of whatever file has the name.
[[nodiscard]] StoreResult<> makeEmptyFile(const QString &path);

/// Gives the file this time as that of its last writing, and returns once it is on the disk.
[[nodiscard]] StoreResult<> syncFile(const QString &path, const QDateTime &time);

/// Makes a copy of mode 0600, in the place of whatever file has the name. Not synced.
[[nodiscard]] StoreResult<> copyFile(const QString &from, const QString &to);

} // namespace core
