// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

/// Everything below a folder, as it is at one moment: paths, in the bytes of the system, with what
/// there is to see of each. Nothing is followed or waited for.
struct FileTree {
    struct Entry {
        char kind = '?'; ///< f: regular, d: folder, l: link, o: other
        bool isExecutable = false;
        QByteArray facts;   ///< mode, owner, links, size, time of the last change
        QByteArray content; ///< of a file; where a link leads

        bool operator==(const Entry &) const = default;
    };
    QMap<QByteArray, Entry> entries;

    [[nodiscard]] static FileTree of(const QString &folder);
    /// The first entry that is not now as it was, and how; empty when all are. What is new is
    /// left out.
    [[nodiscard]] QString changeIn(const FileTree &now) const;
    /// What was not there before.
    [[nodiscard]] QList<QByteArray> newIn(const FileTree &now) const;
};
