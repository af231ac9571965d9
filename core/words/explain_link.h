// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/curl_command.h"
#include "core/http/link.h"

namespace core {

/// One clear sentence: what is wrong with the address and what to do.
[[nodiscard]] QString explain(LinkRefusal refusal, const QString &typed);

/// Why a command for curl cannot be used as a link, and what to copy instead.
[[nodiscard]] QString explain(const CurlRefusal &refusal);

} // namespace core
