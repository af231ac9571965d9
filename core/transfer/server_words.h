// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange.h"

#include <QCoroTask>

namespace core {

/// What the server writes of a refusal, on one line: the body of plain text, or the detail, else
/// the title, of a problem (RFC 9457). Nothing where it is longer than a few sentences, of another
/// type, or does not come soon. The answer of the exchange has to be there. It is a stranger's
/// text: not to be taken for markup, and not to be written to a log as it is.
[[nodiscard]] QCoro::Task<QString> serverWords(Exchange *exchange, Clock *clock);

} // namespace core
