// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/open_folder.h"

namespace core {

/// How a name is given without taking it from another file. Each falls back on the next where the
/// file system cannot do it.
enum class RenameWay {
    Flag,        ///< renameat2 with RENAME_NOREPLACE: atomic
    Link,        ///< link and unlink: for an instant both names are there
    Placeholder, ///< an empty file made exclusively, renamed over
};

struct Entry {
    const OpenFolder &folder;
    QString name;
};

/// Renames; errno, or 0. EEXIST when anything at all stands under the new name.
[[nodiscard]] int renameWithoutReplacing(const Entry &from, const Entry &to,
                                         RenameWay way = RenameWay::Flag);

/// Renames to the first name of the form, from `first` on, that is free, and returns it.
[[nodiscard]] DiskResult<QString> renameToFreeName(const Entry &from, const OpenFolder &folder,
                                                   const NameForm &form, int first, Step step);

} // namespace core
