// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/// A header or source file, as the rules read it.
struct SourceFile {
    QString path;      ///< from the root of the tree: "core/job/job_id.h"
    QStringList lines; ///< as they stand there
    QStringList code;  ///< the same without comments and without what stands in quotes

    [[nodiscard]] QString folder() const;
    [[nodiscard]] bool isHeader() const;
};

[[nodiscard]] SourceFile sourceFile(const QString &path, const QString &text);

/// All .h and .cpp below these folders of the root, in the order of their paths.
[[nodiscard]] QList<SourceFile> sourceTree(const QString &root, const QStringList &folders);
