// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

/// A download that stopped with this cause at the third of five files, two are whole: at 4.1 of
/// 9.8 GB, or where that is what a file must be first, whole.
[[nodiscard]] core::JobSnapshot stoppedJob(core::Cause cause);

/// The same with one file only, and nothing of it here yet.
[[nodiscard]] core::JobSnapshot stoppedBeforeTheFirstByte(core::Cause cause);

/// All files are whole, but the name of one is taken.
[[nodiscard]] core::JobSnapshot jobWithNameTaken();

[[nodiscard]] core::JobSnapshot stoppedUpload(core::Cause cause = core::Cause::Forbidden);

/// Downloads of one film each from one server, a quarter of which is here, stopped by this cause;
/// their ids are 1, 2 and so on.
[[nodiscard]] core::JobSnapshot stoppedFilm(qint64 id, core::Cause cause);
[[nodiscard]] QList<core::JobSnapshot> stoppedFilms(int count, core::Cause cause);

/// The five files of a job that was stopped, of which the last three have failed, the very last by
/// its checksum. The job counts them as failed from now on.
[[nodiscard]] QList<core::FileSnapshot> failedFilesOf(core::JobSnapshot *job);
