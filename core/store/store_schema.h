// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/sqlite_file.h"

#include <span>

namespace core {

/// The steps from one version of the schema to the next.
struct Migration {
    int version; ///< what the file is at afterwards
    std::span<const char *const> statements;
};

/// In order, the first one makes the tables of version 1 in an empty file.
[[nodiscard]] std::span<const Migration> schemaMigrations();

/// The schema version of a file of ours, 0 for one without any table. Checks that it is ours, not
/// newer than `newest`, and whole. Writes nothing.
[[nodiscard]] StoreResult<int> checkedVersion(SqliteConnection &connection, const QString &path,
                                              int newest);

/// Takes the file from this version to the last of the steps, in one transaction: after an error,
/// or a crash half-way, it is as it was.
[[nodiscard]] StoreResult<> migrate(SqliteConnection &connection, int from,
                                    std::span<const Migration> migrations);

} // namespace core
