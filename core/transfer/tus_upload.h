// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/transfer/remote_place.h"

#include <QCoroTask>

namespace core {

/// Sends the file by tus 1.0.0 (tus.io/protocols/resumable-upload): makes the upload on the server,
/// or asks how far the one of before has come, and sends on from there. What the server has
/// forgotten is sent anew.
[[nodiscard]] QCoro::Task<StepResult<>> sendByTus(UploadFrame *frame, PlaceManners manners);

/// What the server has of it, as sendByTus() would find it.
[[nodiscard]] QCoro::Task<StepResult<UploadFinding>> lookByTus(UploadFrame *frame,
                                                               PlaceManners manners);

/// Tells the server to forget the unfinished upload (the termination extension).
[[nodiscard]] QCoro::Task<StepResult<>> forgetByTus(UploadFrame *frame, QUrl resource);

} // namespace core
