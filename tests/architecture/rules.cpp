// SPDX-License-Identifier: Apache-2.0
#include "tests/architecture/rules.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace {

struct Include {
    int line = 0;
    QString header; ///< from the root when it stood in quotes, else as it stood in brackets
    bool quoted = false;
};

QList<Include> includesOf(const SourceFile &file)
{
    static const QRegularExpression kInclude(
        QStringLiteral("^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">]"));
    QList<Include> found;
    for (int i = 0; i < file.lines.size(); ++i) {
        const QRegularExpressionMatch match = kInclude.match(file.lines.at(i));
        if (!match.hasMatch()) {
            continue;
        }
        const bool quoted = match.captured(1) == QStringLiteral("\"");
        const QString header = match.captured(2);
        const bool beside = quoted && !header.contains(u'/');
        found.append(
            {i + 1, beside ? file.folder() + QStringLiteral("/") + header : header, quoted});
    }
    return found;
}

bool isBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder + QStringLiteral("/"));
}

/// The innermost room that the path is in.
const Room *roomOf(const QString &path, const QList<Room> &rooms)
{
    const Room *innermost = nullptr;
    for (const Room &room : rooms) {
        if (isBelow(path, room.path) && (!innermost || room.path.size() > innermost->path.size())) {
            innermost = &room;
        }
    }
    return innermost;
}

QString place(const SourceFile &file, int line)
{
    return QStringLiteral("%1:%2: ").arg(file.path).arg(line);
}

QString table()
{
    return QStringLiteral("tests/architecture/house_rules.cpp");
}

QStringList texts(Room::Names names)
{
    QStringList list;
    for (const char *name : names) {
        list.append(QString::fromLatin1(name));
    }
    return list;
}

/// Which arrows and single headers of the table were needed.
struct Used {
    QSet<QString> rooms;
    QSet<QString> headers;
};

QString key(const Room &room, const QString &target)
{
    return room.path + QStringLiteral(" -> ") + target;
}

/// Nothing when the include is in order.
QString complaint(const Include &include, const Room &own, const QList<Room> &rooms, Used *used)
{
    if (own.mayIncludeHeaders.contains(include.header)) {
        used->headers.insert(key(own, include.header));
        return {};
    }
    const Room *target = roomOf(include.header, rooms);
    if (!target) {
        return QStringLiteral("includes \"%1\", which is in no room: write the path from the root")
            .arg(include.header);
    }
    if (target == &own) {
        return {};
    }
    if (own.mayInclude.contains(target->path)) {
        used->rooms.insert(key(own, target->path));
        return {};
    }
    return QStringLiteral("includes \"%1\", but %2 may include only %3: take what is needed from "
                          "there, or move the code to a room that may")
        .arg(include.header, own.path,
             own.mayInclude.isEmpty() ? QStringLiteral("itself")
                                      : own.mayInclude.join(QStringLiteral(", ")));
}

Sentences unusedArrows(const QList<Room> &rooms, const Used &used)
{
    Sentences sentences;
    const auto tell = [&sentences](const Room &room, const QString &target) {
        sentences.append(QStringLiteral("%1: %2 no longer includes %3: take it out of the table")
                             .arg(table(), room.path, target));
    };
    for (const Room &room : rooms) {
        for (const QString &target : room.mayInclude) {
            if (!used.rooms.contains(key(room, target))) {
                tell(room, target);
            }
        }
        for (const QString &header : room.mayIncludeHeaders) {
            if (!used.headers.contains(key(room, header))) {
                tell(room, header);
            }
        }
    }
    return sentences;
}

/// The shortest way from a room along the arrows back to itself; empty when there is none.
QStringList wayBack(const Room &room, const QList<Room> &rooms)
{
    QHash<QString, QStringList> ways{{room.path, {room.path}}};
    for (QStringList reached{room.path}; !reached.isEmpty();) {
        const QStringList way = ways.value(reached.takeFirst());
        const auto last = std::ranges::find(rooms, way.last(), &Room::path);
        for (const QString &next : last == rooms.end() ? QStringList() : last->mayInclude) {
            if (next == room.path) {
                return way + QStringList{next};
            }
            if (!ways.contains(next)) {
                ways.insert(next, way + QStringList{next});
                reached.append(next);
            }
        }
    }
    return {};
}

} // namespace

Room::Room(const char *where, Names rooms, Names headers)
    : path(QString::fromLatin1(where))
    , mayInclude(texts(rooms))
    , mayIncludeHeaders(texts(headers))
{
}

Sentences brokenArrows(const QList<SourceFile> &files, const QList<Room> &rooms)
{
    Sentences sentences;
    Used used;
    for (const SourceFile &file : files) {
        const Room *own = roomOf(file.path, rooms);
        if (!own) {
            sentences.append(
                place(file, 1) +
                QStringLiteral("is in no room: add its folder to the table in %1").arg(table()));
            continue;
        }
        for (const Include &include : includesOf(file)) {
            const QString said =
                include.quoted ? complaint(include, *own, rooms, &used) : QString();
            if (!said.isEmpty()) {
                sentences.append(place(file, include.line) + said);
            }
        }
    }
    return sentences + unusedArrows(rooms, used);
}

Sentences circles(const QList<Room> &rooms)
{
    Sentences sentences;
    for (const Room &room : rooms) {
        const QStringList circle = wayBack(room, rooms);
        if (!circle.isEmpty()) {
            sentences.append(
                QStringLiteral("%1: %2 is a circle: turn one arrow round, or move what both need "
                               "into a room below")
                    .arg(table(), circle.join(QStringLiteral(" -> "))));
        }
    }
    return sentences;
}

Sentences foreignHeaders(const QList<SourceFile> &files, const QString &folder,
                         const QString &library, const QStringList &itsHeaders)
{
    Sentences sentences;
    for (const SourceFile &file : files) {
        if (!isBelow(file.path, folder)) {
            continue;
        }
        for (const Include &include : includesOf(file)) {
            const QString header = include.header.section(u'/', -1);
            const bool named = isBelow(include.header, library);
            if (!include.quoted && (named || itsHeaders.contains(header))) {
                sentences.append(place(file, include.line) +
                                 QStringLiteral("includes <%1> of %2: nothing in %3 may need it, "
                                                "move the code up")
                                     .arg(include.header, library, folder));
            }
        }
    }
    return sentences;
}

Sentences brokenBan(const QList<SourceFile> &files, const Ban &ban)
{
    Sentences sentences;
    QHash<QString, int> seen;
    for (const SourceFile &file : files) {
        const bool meant = std::ranges::any_of(
            ban.where, [&file](const QString &folder) { return isBelow(file.path, folder); });
        if (!meant || (ban.files == Ban::Files::Headers && !file.isHeader())) {
            continue;
        }
        const auto exception = std::ranges::find(ban.exceptions, file.path, &Ban::Exception::path);
        const int allowed = exception == ban.exceptions.end() ? 0 : exception->times;
        for (int i = 0; i < file.code.size(); ++i) {
            if (ban.pattern.match(file.code.at(i)).hasMatch() && ++seen[file.path] > allowed) {
                sentences.append(
                    place(file, i + 1) +
                    QStringLiteral("do not write %1 here: %2").arg(ban.name, ban.instead));
            }
        }
    }
    for (const Ban::Exception &exception : ban.exceptions) {
        if (seen.value(exception.path) < exception.times) {
            sentences.append(
                QStringLiteral("%1: %2 has %3 only %4 times, not %5: correct the table")
                    .arg(table(), exception.path, ban.name)
                    .arg(seen.value(exception.path))
                    .arg(exception.times));
        }
    }
    return sentences;
}

Sentences tooLong(const QList<SourceFile> &files, int limit, const QList<LongFile> &exceptions)
{
    Sentences sentences;
    QSet<QString> met;
    for (const SourceFile &file : files) {
        const int lines = int(file.lines.size());
        const auto exception = std::ranges::find(exceptions, file.path, &LongFile::path);
        const bool named = exception != exceptions.end();
        if (lines > (named ? exception->lines : limit)) {
            sentences.append(place(file, lines) +
                             QStringLiteral("is longer than %1 lines: split it by what it is about")
                                 .arg(named ? exception->lines : limit));
        }
        if (named && lines > limit) {
            met.insert(file.path);
            if (lines < exception->lines) {
                sentences.append(QStringLiteral("%1: %2 has shrunk to %3 lines: write that down")
                                     .arg(table(), file.path)
                                     .arg(lines));
            }
        }
    }
    for (const LongFile &exception : exceptions) {
        if (!met.contains(exception.path)) {
            sentences.append(
                QStringLiteral("%1: %2 is no longer too long: take it out of the table")
                    .arg(table(), exception.path));
        }
    }
    return sentences;
}

Sentences withoutLicence(const QList<SourceFile> &files)
{
    Sentences sentences;
    for (const SourceFile &file : files) {
        if (file.lines.first() != QStringLiteral("// SPDX-License-Identifier: Apache-2.0")) {
            sentences.append(
                place(file, 1) +
                QStringLiteral("does not begin with \"// SPDX-License-Identifier: Apache-2.0\": "
                               "add the line"));
        }
    }
    return sentences;
}

Sentences without(const QList<SourceFile> &files, const QString &text, const QString &instead)
{
    Sentences sentences;
    for (const SourceFile &file : files) {
        if (file.lines.filter(text).isEmpty()) {
            sentences.append(place(file, 1) +
                             QStringLiteral("never says %1: %2").arg(text, instead));
        }
    }
    return sentences;
}
