// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/state_folder.h"
#include "core/store/store_error.h"

#include <variant>

namespace core {

/// Why there is no engine.
using StartFailure = std::variant<StateFolderError, StoreError>;

} // namespace core
