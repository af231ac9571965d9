// SPDX-License-Identifier: Apache-2.0
#include "tests/support/file_tree.h"

#include <QFile>

#include <filesystem>
#include <sys/stat.h>

namespace {

char kindOf(mode_t mode)
{
    if (S_ISREG(mode)) {
        return 'f';
    }
    if (S_ISDIR(mode)) {
        return 'd';
    }
    return S_ISLNK(mode) ? 'l' : 'o';
}

QByteArray contentOf(const std::filesystem::path &path, char kind)
{
    if (kind == 'l') {
        return QByteArray::fromStdString(std::filesystem::read_symlink(path).native());
    }
    QFile file(path);
    return kind == 'f' && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

FileTree::Entry entryOf(const std::filesystem::path &path)
{
    struct stat facts = {};
    if (::lstat(path.c_str(), &facts) != 0) {
        return {};
    }
    FileTree::Entry entry;
    entry.kind = kindOf(facts.st_mode);
    entry.isExecutable = (facts.st_mode & 0111) != 0;
    // A folder changes with what is made in it, which is told of by itself.
    const bool isFolder = entry.kind == 'd';
    for (const auto &[name, value] : {std::pair<const char *, qint64>{"mode", facts.st_mode},
                                      {"owner", facts.st_uid},
                                      {"links", facts.st_nlink},
                                      {"size", isFolder ? 0 : facts.st_size},
                                      {"seconds", isFolder ? 0 : facts.st_mtim.tv_sec},
                                      {"nanoseconds", isFolder ? 0 : facts.st_mtim.tv_nsec}}) {
        entry.facts += QByteArray(name) + '=' + QByteArray::number(value) + ' ';
    }
    entry.content = contentOf(path, entry.kind);
    return entry;
}

} // namespace

FileTree FileTree::of(const QString &folder)
{
    FileTree tree;
    const std::filesystem::path root = QFile::encodeName(folder).toStdString();
    for (const auto &found : std::filesystem::recursive_directory_iterator(root)) {
        const std::string path = found.path().lexically_relative(root).native();
        tree.entries.insert(QByteArray::fromStdString(path), entryOf(found.path()));
    }
    return tree;
}

QString FileTree::changeIn(const FileTree &now) const
{
    for (auto was = entries.begin(); was != entries.end(); ++was) {
        const auto is = now.entries.find(was.key());
        const QString path = QString::fromLatin1(was.key().toPercentEncoding("/ "));
        if (is == now.entries.end()) {
            return path + QStringLiteral(" is gone");
        }
        if (*is != *was) {
            return QStringLiteral("%1 was %2 %3and is %4 %5")
                .arg(path, QChar::fromLatin1(was->kind), QString::fromLatin1(was->facts),
                     QChar::fromLatin1(is->kind), QString::fromLatin1(is->facts));
        }
    }
    return {};
}

QList<QByteArray> FileTree::newIn(const FileTree &now) const
{
    QList<QByteArray> paths;
    for (auto is = now.entries.begin(); is != now.entries.end(); ++is) {
        if (!entries.contains(is.key())) {
            paths.append(is.key());
        }
    }
    return paths;
}
