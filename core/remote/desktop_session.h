// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcessEnvironment>
#include <QStringList>

namespace core {

/// What a front end knows of the desktop that a person sits at, and of the language they read:
/// "NAME=value" for each variable that says something of that. Empty where there is none.
[[nodiscard]] QStringList desktopIn(const QProcessEnvironment &environment);

/// The environment with all that is said of a desktop taken from there. Nothing else of what a
/// front end says comes in.
[[nodiscard]] QProcessEnvironment onDesktop(QProcessEnvironment environment,
                                            const QStringList &desktop);

} // namespace core
