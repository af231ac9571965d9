// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

/// The files of this process that are open in these folders or below, those without a name and
/// those that were removed as well.
[[nodiscard]] QStringList openFilesBelow(const QStringList &folders);

/// The threads of this process that an engine has made for itself.
[[nodiscard]] QStringList threadsOfEngines();
