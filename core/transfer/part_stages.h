// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_session.h"
#include "core/transfer/stage.h"

#include <QCoroTask>

namespace core {

// The steps of an attempt that concern the disk. The session belongs to the frame of the attempt,
// which awaits each of them.

/// Finds the volume and proves that the folder takes files, before a server is asked for anything.
[[nodiscard]] QCoro::Task<Stage<>> prepareFolder(DownloadSession *session);
/// Opens the part again; in the meantime the job may have been given another folder.
[[nodiscard]] QCoro::Task<Stage<>> reopenPart(DownloadSession *session);
/// Makes the part if there is none yet, and has it written down before it gets its name. One that
/// is there is known to be of this version at once where the plan compares nothing.
[[nodiscard]] QCoro::Task<Stage<>> providePart(DownloadSession *session, BodyPlan plan);
/// Makes sure of the bytes, whatever happened, and closes the part.
[[nodiscard]] QCoro::Task<AttemptOutcome> settle(DownloadSession *session, AttemptOutcome outcome);
/// Compares the finished file with the checksum it must have.
[[nodiscard]] QCoro::Task<AttemptOutcome> verify(DownloadSession *session, AttemptOutcome outcome);

} // namespace core
