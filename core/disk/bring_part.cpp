// SPDX-License-Identifier: Apache-2.0
#include "core/disk/bring_part.h"

#include "core/disk/part_file.h"
#include "core/disk/volumes.h"

#include <QCoroFuture>
#include <QFileInfo>

namespace core {

namespace {

// Work for another thread is put together outside the coroutines: GCC 12 destroys the captures of a
// lambda once too often when it is made inside the expression that is awaited.

QFuture<DiskResult<MovedPart>> startMove(Volumes *volumes, const PartIdentity &part,
                                         const QString &folder, const QString &fileName)
{
    return volumes->runLong<MovedPart>(
        folder, [part, folder, fileName] { return movePart(part, folder, fileName); });
}

QFuture<DiskResult<PartIdentity>> startNaming(Volumes *volumes, const QString &folder,
                                              const std::shared_ptr<PartFile> &copy)
{
    return volumes->runLong<PartIdentity>(folder, [copy] { return nameCopy(copy.get()); });
}

QFuture<DiskResult<>> startDiscard(Volumes *volumes, const PartIdentity &part)
{
    return volumes->runLong<void>(QFileInfo(part.path).absolutePath(),
                                  [part] { return discard(part); });
}

} // namespace

QCoro::Task<DiskResult<PartIdentity>> bringPart(Volumes *volumes, PartIdentity part, QString folder,
                                                QString fileName, PartRecords records)
{
    const auto moving = startMove(volumes, part, folder, fileName);
    const auto moved = co_await moving;
    if (!moved) {
        co_return tl::unexpected(moved.error());
    }
    PartIdentity now = moved->part;
    for (bool isNamed = moved->copy == nullptr; !isNamed; isNamed = moved->copy->hasName()) {
        const auto recording = records.copied(now);
        const bool isRecorded = co_await recording;
        if (!isRecorded) {
            co_return part;
        }
        const auto naming = startNaming(volumes, folder, moved->copy);
        const auto named = co_await naming;
        if (!named) {
            co_return tl::unexpected(named.error());
        }
        now = *named;
    }
    const auto recording = records.moved(now);
    const bool isRecorded = co_await recording;
    if (isRecorded && moved->copy) { // one that cannot be removed is on record
        const auto discarding = startDiscard(volumes, part);
        co_await discarding;
    }
    co_return now;
}

} // namespace core
