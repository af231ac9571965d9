// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/surroundings.h"

#include "app/cli/print/echo.h"
#include "app/cli/print/words.h"
#include "core/words/explain.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <unistd.h>

namespace cli {

namespace {

/// More would be a mistake, or /dev/zero: a list of 100 000 links, of which no line is as long as
/// the longest link.
constexpr qsizetype kLargestFile = qsizetype(64) * 1024 * 1024;
constexpr qsizetype kLongestLine = qsizetype(64) * 1024;

Surroundings::OrReason<QByteArray> readAll(QFile &file)
{
    QByteArray content;
    qsizetype lineStart = 0;
    while (!file.atEnd() || file.isSequential()) {
        const QByteArray more = file.read(qint64(64) * 1024);
        if (more.isEmpty()) {
            break;
        }
        // The lists of some systems end a line with a CR alone.
        if (const auto end = std::max(more.lastIndexOf('\n'), more.lastIndexOf('\r')); end >= 0) {
            lineStart = content.size() + end + 1;
        }
        content += more;
        if (content.size() > kLargestFile) {
            return tl::unexpected(
                Words::tr("it is longer than %1").arg(core::formatBytes(kLargestFile)));
        }
        if (content.size() - lineStart > kLongestLine) {
            return tl::unexpected(
                Words::tr("a line of it is longer than %1").arg(core::formatBytes(kLongestLine)));
        }
    }
    if (file.error() != QFileDevice::NoError) {
        return tl::unexpected(file.errorString());
    }
    return content;
}

Surroundings::OrReason<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return tl::unexpected(file.errorString());
    }
    return readAll(file);
}

Surroundings::OrReason<QByteArray> readInput()
{
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly)) {
        return tl::unexpected(input.errorString());
    }
    return readAll(input);
}

/// Byte by byte, so that nothing after the line is taken from whoever reads on.
Surroundings::OrReason<QByteArray> readInputLine()
{
    constexpr qsizetype kLongestPassword = 4096;
    const EchoOff echoOff(STDIN_FILENO);
    QByteArray line;
    char c = 0;
    ssize_t got = 0;
    while (line.size() < kLongestPassword && (got = ::read(STDIN_FILENO, &c, 1)) == 1 &&
           c != '\n') {
        line += c;
    }
    if (got < 0) {
        return tl::unexpected(qt_error_string(errno)); // a signal, too: half a password is none
    }
    if (line.endsWith('\r')) {
        line.chop(1);
    }
    return line;
}

std::optional<QString> askPassword(const QString &prompt)
{
    std::fputs(prompt.toLocal8Bit().constData(), stderr);
    const auto line = readInputLine();
    if (!line || line->isEmpty()) {
        return std::nullopt;
    }
    return QString::fromUtf8(*line);
}

std::optional<QString> findProgram(const QString &program)
{
    const bool isPath = program.contains(u'/');
    const QString found = isPath ? QDir::current().absoluteFilePath(program)
                                 : QStandardPaths::findExecutable(program);
    const QFileInfo file(found);
    const bool isProgram = !found.isEmpty() && file.isFile() && file.isExecutable();
    return isProgram ? std::optional(QDir::cleanPath(found)) : std::nullopt;
}

} // namespace

Surroundings systemSurroundings()
{
    return {.isInteractive = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1,
            .currentFolder = QDir::currentPath(),
            .readFile = readFile,
            .readInput = readInput,
            .readInputLine = readInputLine,
            .findProgram = findProgram,
            .inspectSource = {},
            .askPassword = askPassword};
}

} // namespace cli
