// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"

namespace core {

// Which login of a job is for which of its servers, named as text(Origin) writes them.

/// Those that the files come from, or go to, by their addresses; each once.
[[nodiscard]] QStringList originsOfFiles(const QList<FileRecord> &files);

/// The login is for this server from now on, in place of any that it had, wherever that was kept.
/// Empty: for those of all the files.
void giveLogin(const QString &origin, const Login &login, JobRecord *job);

/// A file is about to come from this server, or to go there: what was given for those of the files
/// is not for it.
void keepLoginWhereItIs(const QString &newOrigin, JobRecord *job);

} // namespace core
