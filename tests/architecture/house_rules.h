// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/architecture/rules.h"

/// Who may include whom. A row names everything: what is not in it is not allowed, and what nobody
/// needs any more has to go. Single headers are the exceptions.
[[nodiscard]] QList<Room> rooms();

/// What is not written in this house.
[[nodiscard]] QList<Ban> bans();

inline constexpr int kMaxLines = 350;
/// Those that are longer. They may only shrink.
[[nodiscard]] QList<LongFile> longFiles();
