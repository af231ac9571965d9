// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/transfer/download.h"

namespace core {

/// How a check ended: with what the server said, or why it would end the attempt.
using CheckOutcome = std::variant<ServerFinding, Stopped, JobError>;

/// Asks the server for the file as attemptDownload() would with this order: once, for what follows
/// the bytes that are here and the last of them where these have to be compared. Writes nothing and
/// tells nobody. An answer that may be used is held for a while, and an attempt with the same order
/// goes on with it. Runs on the engine's thread; always ends, soon after `stop` was requested.
/// Never throws.
[[nodiscard]] QCoro::Task<CheckOutcome> checkDownload(TransferWorld world, DownloadOrder order,
                                                      std::stop_token stop);

} // namespace core
