// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange_order.h"

#include <chrono>

namespace core {

/// How patient an attempt is.
struct TransferLimits {
    ExchangeLimits exchange;
    std::chrono::milliseconds syncEvery{
        std::chrono::seconds(2)}; ///< at most this much is fetched twice
    /// Another connection for a file is worth it where so much is left for each.
    qint64 leastShareBytes = qint64(4) * 1024 * 1024;
};

} // namespace core
