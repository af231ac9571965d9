// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/link.h"

namespace core {

/// One clear sentence: what is wrong with the address and what to do.
[[nodiscard]] QString explain(LinkRefusal refusal, const QString &typed);

} // namespace core
