// SPDX-License-Identifier: Apache-2.0
#include "ui/models/local_files.h"

#include <QMimeData>
#include <QUrl>

namespace ui {

QStringList filesIn(const QMimeData &dropped)
{
    QStringList files;
    for (const QUrl &url : dropped.urls()) {
        if (url.isLocalFile()) {
            files.append(url.toLocalFile());
        }
    }
    files.removeDuplicates();
    return files;
}

} // namespace ui
