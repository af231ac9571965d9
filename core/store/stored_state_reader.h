// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/job_store.h"

#include <QSqlDatabase>

namespace core {

/// Reads all that the file remembers. A job of which a row is not acceptable is left out whole,
/// since with a file missing it would look finished too early; so are a notice or a setting that
/// cannot be understood.
[[nodiscard]] StoreResult<StoredState> readStoredState(const QSqlDatabase &database,
                                                       const QString &path);

/// One job, by queries that ask for its rows alone: also of a file of which others cannot be read.
/// Nothing when there is none, or one of which a row cannot be used.
[[nodiscard]] StoreResult<std::optional<JobRecord>> readStoredJob(const QSqlDatabase &database,
                                                                  const QString &path, JobId id);

/// The settings as rows of name and value. One table for reading and writing.
[[nodiscard]] QList<std::pair<QString, QString>> settingRows(const Settings &settings);

} // namespace core
