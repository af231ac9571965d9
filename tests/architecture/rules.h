// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/architecture/source_file.h"

#include <QRegularExpression>

#include <initializer_list>

/// What a folder may include of the others. The folders below it that are no rooms of their own
/// belong to it.
struct Room {
    using Names = std::initializer_list<const char *>;
    Room(const char *where, Names rooms = {}, Names headers = {});

    QString path;
    QStringList mayInclude;        ///< other rooms
    QStringList mayIncludeHeaders; ///< single headers out of rooms that are not open to it
};

/// What must not be written.
struct Ban {
    QString name;
    QStringList where; ///< folders, or single files
    QRegularExpression pattern;
    QString instead; ///< what to do, after "do not write … here: "
    struct Exception {
        QString path;
        int times = 1;
    };
    QList<Exception> exceptions; ///< where it may be written, and how often
    enum class Files { All, Headers } files = Files::All;
};

/// A file that is longer than it should be. It may not grow, and the number follows it down.
struct LongFile {
    QString path;
    int lines = 0;
};

/// Each rule answers with sentences: file, line, what is wrong and what to do. None when it holds.
/// What a table allows and nobody does is told of too, so that tables stay true.
using Sentences = QStringList;

/// Files include only what the table lets their room include; all of the table is needed.
[[nodiscard]] Sentences brokenArrows(const QList<SourceFile> &files, const QList<Room> &rooms);

/// Nobody can be reached from itself along the arrows of the table.
[[nodiscard]] Sentences circles(const QList<Room> &rooms);

/// Headers of a library that these folders must not see: those in the folder of the library.
[[nodiscard]] Sentences foreignHeaders(const QList<SourceFile> &files, const QString &folder,
                                       const QString &library, const QStringList &itsHeaders);

[[nodiscard]] Sentences brokenBan(const QList<SourceFile> &files, const Ban &ban);

[[nodiscard]] Sentences tooLong(const QList<SourceFile> &files, int limit,
                                const QList<LongFile> &exceptions);

/// The first line names the licence.
[[nodiscard]] Sentences withoutLicence(const QList<SourceFile> &files);

/// Files that never say this, comments included; `instead` says what to do.
[[nodiscard]] Sentences without(const QList<SourceFile> &files, const QString &text,
                                const QString &instead);
