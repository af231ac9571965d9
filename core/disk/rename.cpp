// SPDX-License-Identifier: Apache-2.0
#include "core/disk/rename.h"

#include "core/disk/system_error.h"

#include <QFile>

#include <cstdio>
#include <fcntl.h>

namespace core {

namespace {

/// The names as the system wants them.
struct Names {
    int fromFolder;
    QByteArray from;
    int toFolder;
    QByteArray to;
};

int byFlag(const Names &names)
{
    return ::renameat2(names.fromFolder, names.from.constData(), names.toFolder,
                       names.to.constData(), RENAME_NOREPLACE) == 0
               ? 0
               : errno;
}

int byLink(const Names &names)
{
    if (::linkat(names.fromFolder, names.from.constData(), names.toFolder, names.to.constData(),
                 0) != 0) {
        return errno;
    }
    if (::unlinkat(names.fromFolder, names.from.constData(), 0) != 0) {
        const int unlinkError = errno;
        ::unlinkat(names.toFolder, names.to.constData(), 0); // the link we have just made
        return unlinkError;
    }
    return 0;
}

bool isStill(const struct stat &made, const Names &names)
{
    struct stat now = {};
    return ::fstatat(names.toFolder, names.to.constData(), &now, AT_SYMLINK_NOFOLLOW) == 0 &&
           now.st_dev == made.st_dev && now.st_ino == made.st_ino && now.st_size == 0;
}

int byPlaceholder(const Names &names)
{
    const Descriptor placeholder(uninterrupted([&] {
        return ::openat(names.toFolder, names.to.constData(),
                        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    }));
    struct stat made = {};
    if (!placeholder.isOpen() || ::fstat(placeholder.number(), &made) != 0) {
        return errno;
    }
    if (!isStill(made, names)) {
        return EEXIST;
    }
    if (::renameat(names.fromFolder, names.from.constData(), names.toFolder,
                   names.to.constData()) != 0) {
        const int renameError = errno;
        if (isStill(made, names)) {
            ::unlinkat(names.toFolder, names.to.constData(), 0);
        }
        return renameError;
    }
    return 0;
}

/// What a system says that cannot do it this way.
bool isUnsupported(int osError)
{
    return osError == EINVAL || osError == ENOSYS || osError == EOPNOTSUPP;
}

} // namespace

int renameWithoutReplacing(const Entry &from, const Entry &to, RenameWay way)
{
    const Names names{from.folder.number(), QFile::encodeName(from.name), to.folder.number(),
                      QFile::encodeName(to.name)};
    if (way == RenameWay::Flag) {
        const int error = byFlag(names);
        if (!isUnsupported(error)) {
            return error;
        }
        way = RenameWay::Link;
    }
    if (way == RenameWay::Link) {
        const int error = byLink(names);
        const bool noLinks = error == EPERM || error == EMLINK; // as FAT says it
        if (!noLinks && !isUnsupported(error)) {
            return error;
        }
    }
    return byPlaceholder(names);
}

DiskResult<QString> renameToFreeName(const Entry &from, const OpenFolder &folder,
                                     const NameForm &form, int first, Step step)
{
    for (int number = first; number <= kMaxNameNumber; ++number) {
        const QString name = form(number);
        const int error = renameWithoutReplacing(from, {folder, name});
        if (error == 0) {
            return name;
        }
        if (error != EEXIST) {
            return nameError(step, folder, name, error);
        }
    }
    return systemError(step, folder.pathOf(form(first)), EEXIST);
}

} // namespace core
