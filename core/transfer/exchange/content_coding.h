// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/response_head.h"

namespace core {

/// Whether the bytes of the body are not those of the file: a transfer coding beside chunks (RFC
/// 9112, 6.1), or a content coding although identity was asked (RFC 9110, 8.4). Words in its place
/// that name no coding, "none" or "utf-8", mean none. Where `name`, the address or
/// Content-Disposition says that the file is compressed, the bytes as they come are the file.
[[nodiscard]] bool isCoded(const ResponseHead &head, const QString &name);

} // namespace core
