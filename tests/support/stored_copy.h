// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/sqlite_job_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

/// What is on the disk of a state folder at this moment, whoever holds the folder: read from a
/// copy. Nothing when it cannot be read just now, since somebody is writing.
[[nodiscard]] inline std::optional<core::StoredState> storedIn(const QString &stateFolder)
{
    const QTemporaryDir copy;
    const QString name = QStringLiteral("jobs.sqlite");
    for (const QString &ending : {QString(), QStringLiteral("-wal")}) {
        const QString from = stateFolder + u'/' + name + ending;
        if (QFile::exists(from) && !QFile::copy(from, copy.filePath(name + ending))) {
            return std::nullopt;
        }
    }
    core::SqliteJobStore store(copy.filePath(name));
    const auto state = store.load();
    return state ? std::optional(*state) : std::nullopt;
}

/// One job of it; an empty record when there is none.
[[nodiscard]] inline core::JobRecord storedJob(const QString &stateFolder, qint64 id)
{
    const auto state = storedIn(stateFolder);
    for (const core::JobRecord &job : state ? state->jobs : QList<core::JobRecord>()) {
        if (job.id.value == id) {
            return job;
        }
    }
    return {};
}
