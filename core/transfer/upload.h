// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// Tells the server to forget what it has of the upload, if it keeps parts at all. Whether it was
/// told; after a few tries, or the first one after `stop` was requested, it is left to forget by
/// itself.
[[nodiscard]] QCoro::Task<bool> abandonUpload(TransferWorld world, UploadOrder order,
                                              std::stop_token stop);

} // namespace core
