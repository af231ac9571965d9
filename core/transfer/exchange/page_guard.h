// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange.h"

namespace core {

/// Whether some of the file is here already.
enum class Begun { No, Yes };

/// Refuses a web page, mostly one to sign in, that came where a file was asked for, before any byte
/// of it is written. A page counts as one when it is sent as one and begins as one, and either the
/// name we expect is that of something else, or a page that asks for a password comes after a
/// redirect or in place of the rest of a file. A response that names a file to save is never one.
[[nodiscard]] QCoro::Task<ExchangeResult<>> refuseWebPage(Exchange *exchange, QString expectedName,
                                                          Begun begun);

} // namespace core
