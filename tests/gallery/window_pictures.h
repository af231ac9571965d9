// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// Renders the main window in every state worth looking at, as `<outDir>/<what><suffix>.png`, in
/// the palette and font of the application.
void renderWindows(const QString &outDir, const QString &suffix);
