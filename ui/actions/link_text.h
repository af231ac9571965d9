// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QStringList>

class QMimeData;

namespace ui {

/// The http and https links in what was pasted or dropped, in order, each once: those of a list of
/// addresses, else those that stand in the text among other words. A command for curl that can be
/// taken is one of them as it is: it has more than its link.
[[nodiscard]] QStringList linksIn(const QMimeData &pasted);
/// Those in the clipboard; none where the desktop does not let us look.
[[nodiscard]] QStringList linksInClipboard();
[[nodiscard]] QStringList linksIn(const QString &text);

/// The links of jobs, one a line, as they are copied.
[[nodiscard]] QString linksOf(const QList<core::JobSnapshot> &jobs);

} // namespace ui
