// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

namespace core {

/// What the state folder and all in it is made with: the person's own, nobody else's.
inline constexpr mode_t kPrivateFolder = S_IRWXU;
inline constexpr mode_t kPrivateFile = S_IRUSR | S_IWUSR;

} // namespace core
