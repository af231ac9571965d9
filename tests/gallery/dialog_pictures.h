// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// Renders the add dialog and the error dialog in every state worth looking at, as
/// `<outDir>/<what><suffix>.png`, in the palette and font of the application.
void renderDialogs(const QString &outDir, const QString &suffix);
