// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/attempt.h"
#include "core/transfer/transfer_world.h"

#include <QCoroTask>

#include <stop_token>

namespace core {

/// One try at a download: over one connection and, where the answer to it allows and it helps,
/// further ones. Runs on the engine's thread; owns all it touches, so it may outlive whoever asked
/// for it, and always ends: by the last byte, by an error, or soon after `stop` was requested. When
/// it has ended the part is synced and closed, and every byte that `durable` was told of is on the
/// disk. Never throws, never writes a byte that did not pass the resume gate, and never outside the
/// range that was asked for.
[[nodiscard]] QCoro::Task<AttemptOutcome> attemptDownload(TransferWorld world, DownloadOrder order,
                                                          std::stop_token stop,
                                                          AttemptEvents events);

} // namespace core
