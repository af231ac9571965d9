// SPDX-License-Identifier: Apache-2.0
#include "tests/architecture/source_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace {

/// Lines stay where they are; what is no code becomes nothing.
QString withoutCommentsAndText(const QString &text)
{
    // The first that matches wins, so a quote in a comment is a comment and the other way round.
    static const QRegularExpression kNoCode(
        QStringLiteral("//[^\\n]*"
                       "|/\\*[\\s\\S]*?\\*/"
                       "|\\bu?8?R\"([^(\\s]*)\\([\\s\\S]*?\\)\\1\""
                       "|\"(?:[^\"\\\\\\n]|\\\\.)*\""
                       "|(?<![0-9A-Fa-f])'(?:[^'\\\\\\n]|\\\\.)*'"));
    QString code;
    qsizetype done = 0;
    for (auto all = kNoCode.globalMatch(text); all.hasNext();) {
        const QRegularExpressionMatch match = all.next();
        code += QStringView(text).sliced(done, match.capturedStart() - done);
        code += QString(match.capturedView().count(u'\n'), u'\n');
        done = match.capturedEnd();
    }
    code += QStringView(text).sliced(done);
    return code;
}

} // namespace

QString SourceFile::folder() const
{
    return path.left(path.lastIndexOf(u'/'));
}

bool SourceFile::isHeader() const
{
    return path.endsWith(QStringLiteral(".h"));
}

SourceFile sourceFile(const QString &path, const QString &text)
{
    const QString whole = text.endsWith(u'\n') ? text.chopped(1) : text;
    return {.path = path,
            .lines = whole.split(u'\n'),
            .code = withoutCommentsAndText(whole).split(u'\n')};
}

QList<SourceFile> sourceTree(const QString &root, const QStringList &folders)
{
    const QDir base(root);
    QStringList paths;
    for (const QString &folder : folders) {
        QDirIterator files(base.filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            paths.append(base.relativeFilePath(files.next()));
        }
    }
    paths.sort();
    QList<SourceFile> tree;
    for (const QString &path : paths) {
        QFile file(base.filePath(path));
        if (file.open(QIODevice::ReadOnly)) {
            tree.append(sourceFile(path, QString::fromUtf8(file.readAll())));
        } else {
            tree.append(sourceFile(path, QString())); // has no licence line, so it is told of
        }
    }
    return tree;
}
