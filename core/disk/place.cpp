// SPDX-License-Identifier: Apache-2.0
#include "core/disk/place.h"

#include "core/disk/open_folder.h"

#include <QFile>

#include <algorithm>

namespace core {

namespace {

/// The volume that the folder was on when a part was put there.
std::optional<quint64> volumeBefore(const PlaceOrder &order)
{
    const auto there = std::ranges::find_if(order.files, [&order](const FileToCome &file) {
        return !file.part.isEmpty() && liesIn(file.part, order.folder);
    });
    return there == order.files.end() ? std::nullopt : std::optional(there->part.device);
}

/// What the file takes on the volume of that device beside what it has there: all of it where its
/// part lies on another one.
qint64 bytesToCome(const FileToCome &file, quint64 device)
{
    constexpr qint64 kBlockBytes = 512; // the unit of st_blocks, see inode(7)
    struct stat facts = {};
    if (file.part.isEmpty() || file.part.device != device ||
        ::lstat(QFile::encodeName(file.part.path).constData(), &facts) != 0) {
        return file.sizeBytes;
    }
    const qint64 reserved = qint64(facts.st_blocks) * kBlockBytes;
    return std::max<qint64>(0, file.sizeBytes - std::max(file.durableBytes, reserved));
}

} // namespace

DiskResult<NameUse> useOfNameIn(const QString &folder, const QString &fileName)
{
    return openFolder(folder, Step::Prepare).map([&](const OpenFolder &opened) {
        struct stat facts = {};
        if (entryFacts(opened, fileName, &facts) != 0) {
            return NameUse::Free;
        }
        return S_ISREG(facts.st_mode)   ? NameUse::File
               : S_ISDIR(facts.st_mode) ? NameUse::Folder
                                        : NameUse::Other;
    });
}

DiskResult<PlaceFacts> inspectPlace(const PlaceOrder &order)
{
    PlaceFacts place;
    auto folder = inspectFolder(order.folder, MissingFolder::Refuse, volumeBefore(order));
    if (!folder && folder.error().osError == ENOENT && order.missing == MissingFolder::Create) {
        place.isToBeMade = true;
        folder = inspectFolder(nearestThere(order.folder), MissingFolder::Refuse);
    }
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    place.folder = *folder;
    for (const FileToCome &file : order.files) {
        place.neededBytes += bytesToCome(file, folder->device);
    }
    if (!order.fileName.isEmpty() && !place.isToBeMade) {
        place.use = useOfNameIn(order.folder, order.fileName).value_or(NameUse::Free);
    }
    return place;
}

} // namespace core
