// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/messages.h"

namespace core {

/// What is known of a file that is to be sent: it is opened as an upload opens it. Blocks.
[[nodiscard]] SourceReport inspectSource(const QString &path);

} // namespace core
