// SPDX-License-Identifier: Apache-2.0
#include "core/disk/volume.h"

#include "core/disk/found_part.h"
#include "core/disk/open_part.h"
#include "core/disk/system_error.h"
#include "core/system/work_thread.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace core {

namespace {

using SyncPromise = QPromise<DiskResult<SyncedPart>>;

template <typename T>
void answer(QPromise<DiskResult<T>> &promise, DiskResult<T> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

using PartPtr = std::shared_ptr<OpenPart>;

void ignoreFileSizeSignal()
{
    struct sigaction now = {};
    // A handler that the program has set is its own business.
    if (::sigaction(SIGXFSZ, nullptr, &now) == 0 && now.sa_handler == SIG_DFL) {
        (void)std::signal(SIGXFSZ, SIG_IGN);
    }
}

DiskError voidHandle(Step step)
{
    return {.step = step, .osError = EBADF, .cause = Cause::Internal};
}

} // namespace

class Volume::Private {
public:
    Private(qint64 buffer, DiskFaultHook faultHook)
        : bufferBytes(buffer)
        , hook(std::move(faultHook))
    {
    }

    [[nodiscard]] PartPtr find(PartHandle handle);
    [[nodiscard]] PartPtr take(PartHandle handle);
    [[nodiscard]] DiskResult<OpenedPart> keep(DiskResult<PartFile> opened);

    // on the writer thread
    void writeNow(OpenPart &part, qint64 offset, const QByteArray &bytes);
    void makeRoom(qint64 bytes);
    void askForSync(const PartPtr &part, const std::shared_ptr<SyncPromise> &promise);
    // on the sync thread
    void syncTogether();
    [[nodiscard]] DiskResult<SalvagedPart> salvage(OpenPart &part, SalvagedPart found) const;

    const qint64 bufferBytes;
    const DiskFaultHook hook;

    std::atomic<qint64> buffered = 0;
    std::mutex roomMutex;
    std::vector<QPromise<void>> waitingForRoom;

    PartWatches watches; ///< outlives the parts
    std::mutex partsMutex;
    std::unordered_map<quint64, PartPtr> parts;
    quint64 lastHandle = 0;

    std::mutex syncMutex;
    std::vector<PartPtr> waitingForSync;

    WorkThread syncer{"disk-sync"};
    WorkThread writer{"disk-write"}; ///< last, because what it does needs all of the above
};

PartPtr Volume::Private::find(PartHandle handle)
{
    const std::lock_guard lock(partsMutex);
    const auto found = parts.find(handle.value);
    return found == parts.end() ? nullptr : found->second;
}

PartPtr Volume::Private::take(PartHandle handle)
{
    const std::lock_guard lock(partsMutex);
    const auto node = parts.extract(handle.value);
    return node.empty() ? nullptr : node.mapped();
}

DiskResult<OpenedPart> Volume::Private::keep(DiskResult<PartFile> opened)
{
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    const PartIdentity identity = opened->identity();
    const std::lock_guard lock(partsMutex);
    const PartHandle handle{++lastHandle};
    parts.emplace(handle.value, std::make_shared<OpenPart>(std::move(*opened), &watches));
    return OpenedPart{handle, identity};
}

void Volume::Private::writeNow(OpenPart &part, qint64 offset, const QByteArray &bytes)
{
    if (!part.firstFailure()) {
        const int denied = hook.beforeWrite ? hook.beforeWrite(offset, bytes.size()) : 0;
        const DiskResult<> written =
            denied != 0 ? systemError(Step::Write, part.file.identity().path, denied)
                        : part.write(offset, bytes);
        if (written) {
            return;
        }
        part.fail(written.error());
    }
    part.lost.insert({offset, offset + bytes.size()});
}

void Volume::Private::makeRoom(qint64 bytes)
{
    std::vector<QPromise<void>> ready;
    if (buffered.fetch_sub(bytes) - bytes < bufferBytes) {
        // room() looks once more under this lock: it sees the new count, or we see its promise.
        const std::lock_guard lock(roomMutex);
        ready.swap(waitingForRoom);
    }
    for (QPromise<void> &promise : ready) {
        promise.finish();
    }
}

void Volume::Private::askForSync(const PartPtr &part, const std::shared_ptr<SyncPromise> &promise)
{
    if (const auto failure = part->firstFailure()) {
        answer<SyncedPart>(*promise, tl::unexpected(*failure));
        return;
    }
    BlockHashes hashes = part->hasher.hashes();
    bool first = false;
    {
        const std::lock_guard lock(part->mutex);
        first = part->waitingSyncs.empty();
        part->waitingSyncs.push_back({promise, std::move(hashes)});
    }
    if (!first) {
        return;
    }
    const std::lock_guard lock(syncMutex);
    if (waitingForSync.empty()) {
        syncer.post([this] { syncTogether(); });
    }
    waitingForSync.push_back(part);
}

/// All that wait by now: the bytes of each, then the names, of which there are many in one folder.
void Volume::Private::syncTogether()
{
    std::vector<PartPtr> together;
    {
        const std::lock_guard lock(syncMutex);
        together.swap(waitingForSync);
    }
    std::vector<std::vector<WaitingSync>> waiting;
    waiting.reserve(together.size());
    if (together.size() > 1) {
        for (const PartPtr &part : together) { // so that the first sync finds the bytes of all
            part->file.startWriteBack(0, 0);
        }
    }
    for (const PartPtr &part : together) {
        waiting.push_back(part->takeWaitingSyncs()); // before the sync begins
        part->syncBytes(hook);
    }
    SyncedFolders folders;
    for (std::size_t i = 0; i < together.size(); ++i) {
        OpenPart &part = *together[i];
        part.syncName(&folders);
        const std::optional<PartStamp> stamp = part.stamp();
        for (const WaitingSync &each : waiting[i]) {
            answer<SyncedPart>(*each.promise, part.synced.map([&each, &stamp] {
                return SyncedPart{each.hashes, stamp};
            }));
        }
    }
}

DiskResult<SalvagedPart> Volume::Private::salvage(OpenPart &part, SalvagedPart found) const
{
    SyncedFolders folders;
    part.syncBytes(hook);
    part.syncName(&folders);
    found.synced.stamp = part.stamp();
    return part.synced.map([&found] { return found; });
}

Volume::Volume(qint64 bufferBytes, QObject *parent, DiskFaultHook hook)
    : QObject(parent)
    , d(std::make_unique<Private>(bufferBytes, std::move(hook)))
{
    ignoreFileSizeSignal();
}

Volume::~Volume()
{
    // Parts that nobody has closed are closed over there as well, behind all work.
    post([this] {
        const std::lock_guard lock(d->partsMutex);
        d->parts.clear();
    });
    d->writer.finish();
    d->syncer.finish();
}

void Volume::post(std::function<void()> work)
{
    d->writer.post(std::move(work));
}

QFuture<DiskResult<OpenedPart>> Volume::preparePart(QString folder, QString fileName,
                                                    std::optional<qint64> expectedBytes,
                                                    PartMark mark)
{
    return run<OpenedPart>([this, folder = std::move(folder), fileName = std::move(fileName),
                            expectedBytes, mark = std::move(mark)] {
        auto prepared = PartFile::prepare(folder, fileName, expectedBytes);
        if (prepared) {
            markPart(prepared->descriptor(), mark);
        }
        return d->keep(std::move(prepared));
    });
}

QFuture<DiskResult<PartIdentity>> Volume::giveName(PartHandle handle)
{
    return run<PartIdentity>([part = d->find(handle)]() -> DiskResult<PartIdentity> {
        return part ? part->file.giveName() : tl::unexpected(voidHandle(Step::Prepare));
    });
}

QFuture<DiskResult<OpenedPart>> Volume::reopenPart(PartIdentity identity, RangeSet durable)
{
    return run<OpenedPart>([this, identity = std::move(identity), durable = std::move(durable)] {
        return d->keep(PartFile::reopen(identity, durable));
    });
}

QFuture<DiskResult<QByteArray>> Volume::read(PartHandle handle, qint64 offset, qint64 size)
{
    return run<QByteArray>([part = d->find(handle), offset, size]() -> DiskResult<QByteArray> {
        return part ? part->file.readAt(offset, size) : tl::unexpected(voidHandle(Step::Verify));
    });
}

void Volume::write(PartHandle handle, qint64 offset, QByteArray bytes)
{
    PartPtr part = d->find(handle);
    if (!part || bytes.isEmpty()) {
        return;
    }
    d->buffered += bytes.size();
    post([this, part = std::move(part), offset, bytes = std::move(bytes)] {
        d->writeNow(*part, offset, bytes);
        d->makeRoom(bytes.size());
    });
}

bool Volume::hasRoom() const
{
    return d->buffered < d->bufferBytes;
}

QFuture<void> Volume::room()
{
    QPromise<void> promise;
    promise.start();
    QFuture<void> future = promise.future();
    const std::lock_guard lock(d->roomMutex);
    if (hasRoom()) {
        promise.finish();
    } else {
        d->waitingForRoom.push_back(std::move(promise));
    }
    return future;
}

QFuture<DiskResult<SyncedPart>> Volume::sync(PartHandle handle)
{
    const auto promise = std::make_shared<SyncPromise>();
    promise->start();
    if (PartPtr part = d->find(handle)) {
        post([this, part = std::move(part), promise] { d->askForSync(part, promise); });
    } else {
        answer<SyncedPart>(*promise, tl::unexpected(voidHandle(Step::Write)));
    }
    return promise->future();
}

QFuture<DiskResult<SalvagedPart>> Volume::salvage(PartHandle handle)
{
    const auto promise = std::make_shared<QPromise<DiskResult<SalvagedPart>>>();
    promise->start();
    post([this, part = d->find(handle), promise] {
        if (!part) {
            answer<SalvagedPart>(*promise, tl::unexpected(voidHandle(Step::Write)));
            return;
        }
        const SalvagedPart found{part->lost, {part->hasher.hashes(), {}}};
        d->syncer.post([this, part, promise, found] {
            answer<SalvagedPart>(*promise, d->salvage(*part, found));
        });
    });
    return promise->future();
}

std::optional<DiskError> Volume::failureOf(PartHandle handle) const
{
    const PartPtr part = d->find(handle);
    return part ? part->firstFailure() : std::nullopt;
}

void Volume::close(PartHandle handle)
{
    if (PartPtr part = d->take(handle)) {
        // To be the last to let go of it, behind the writes, or to leave that to a sync under way.
        post([part = std::move(part)] { (void)part; });
    }
}

} // namespace core
