// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/transfer/attempt.h"
#include "core/transfer/transfer_world.h"

#include <QCoroTask>

#include <stop_token>

namespace core {

/// One try at an upload. Runs on the engine's thread; owns all it touches, so it may outlive
/// whoever asked for it, and always ends: when the server has the file, by an error, or soon after
/// `stop` was requested. Never throws. A file that changes while it is sent is never finished on
/// the server; the local file is only read.
[[nodiscard]] QCoro::Task<AttemptOutcome> attemptUpload(TransferWorld world, UploadOrder order,
                                                        std::stop_token stop, UploadEvents events);

/// How a check of an upload ended: with what the server said, or why the attempt would end.
using UploadCheckOutcome = std::variant<UploadFinding, Stopped, JobError>;

/// Looks at the local file, and asks the server about the place as attemptUpload() would with this
/// order. Sends nothing of the file and changes nothing.
[[nodiscard]] QCoro::Task<UploadCheckOutcome> checkUpload(TransferWorld world, UploadOrder order,
                                                          std::stop_token stop);

/// Tells the server to forget what it has of the upload, if it keeps parts at all. Whether it was
/// told; after a few tries, or the first one after `stop` was requested, it is left to forget by
/// itself.
[[nodiscard]] QCoro::Task<bool> abandonUpload(TransferWorld world, UploadOrder order,
                                              std::stop_token stop);

} // namespace core
