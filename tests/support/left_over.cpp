// SPDX-License-Identifier: Apache-2.0
#include "tests/support/left_over.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <filesystem>

namespace {

QStringList entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System);
}

} // namespace

QStringList openFilesBelow(const QStringList &folders)
{
    const QString all = QStringLiteral("/proc/self/fd/");
    QStringList found;
    for (const QString &descriptor : entriesOf(all)) {
        std::error_code isGone; // the one that the listing was read through
        const auto target =
            std::filesystem::read_symlink(QFile::encodeName(all + descriptor).constData(), isGone);
        const QString path = QFile::decodeName(target.c_str());
        if (std::ranges::any_of(folders, [&path](const QString &folder) {
                return path == folder || path.startsWith(folder + u'/');
            })) {
            found.append(path);
        }
    }
    return found;
}

QStringList threadsOfEngines()
{
    const QStringList ours{QStringLiteral("engine"), QStringLiteral("store"),
                           QStringLiteral("disk-sync"), QStringLiteral("disk-write")};
    const QString all = QStringLiteral("/proc/self/task/");
    QStringList found;
    for (const QString &thread : entriesOf(all)) {
        QFile file(all + thread + QStringLiteral("/comm"));
        const QString name = file.open(QIODevice::ReadOnly)
                                 ? QString::fromUtf8(file.readAll()).trimmed()
                                 : QString();
        if (ours.contains(name)) {
            found.append(name);
        }
    }
    return found;
}
