// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/state_folder.h"
#include "core/store/store_error.h"

namespace core {

/// One clear sentence: what is wrong with the list of jobs and what to do.
[[nodiscard]] QString explain(const StoreError &error);

/// One clear sentence: what is wrong with the state folder and what to do.
[[nodiscard]] QString explain(const StateFolderError &error);

} // namespace core
