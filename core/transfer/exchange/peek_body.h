// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange.h"

namespace core {

/// Bytes of the body, up to so many, as far as they come. They are put back: the exchange may still
/// be read from its beginning.
[[nodiscard]] QCoro::Task<QByteArray> peekBody(Exchange *exchange, qint64 count);

} // namespace core
