// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// What is wrong with a name that should be one safe component of a path, as a person would say
/// it; empty when nothing is. Written apart from the code that makes names safe.
[[nodiscard]] QString flawInName(const QString &name);
