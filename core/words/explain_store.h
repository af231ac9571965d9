// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/restored_list.h"
#include "core/store/state_folder.h"
#include "core/store/store_error.h"

namespace core {

/// One clear sentence: what is wrong with the list of jobs and what to do.
[[nodiscard]] QString explain(const StoreError &error);

/// One clear sentence: that a copy is used, from when it is, and where the damaged list is now.
[[nodiscard]] QString explain(const RestoredList &restored);

/// One clear sentence: what is wrong with the state folder and what to do.
[[nodiscard]] QString explain(const StateFolderError &error);

} // namespace core
