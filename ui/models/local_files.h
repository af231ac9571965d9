// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QMimeData;

namespace ui {

/// The absolute paths of the files of this computer in what was dropped, in order, each once.
[[nodiscard]] QStringList filesIn(const QMimeData &dropped);

} // namespace ui
