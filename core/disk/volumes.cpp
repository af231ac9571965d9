// SPDX-License-Identifier: Apache-2.0
#include "core/disk/volumes.h"

#include "core/disk/folder.h"
#include "core/disk/system_error.h"

#include <QDeadlineTimer>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace core {

namespace {

/// Hashing keeps a processor busy, copying a disk: more at once would be no faster.
constexpr int kLongWorkThreads = 4;
constexpr std::chrono::seconds kHolds{1}; ///< what was found of a folder

/// Threads that come and go, so many at most for each folder.
class FolderThreads {
public:
    explicit FolderThreads(int most)
        : m_most(most)
    {
    }

    void start(const QString &folder, std::function<void()> work)
    {
        auto &pool = m_pools[folder];
        if (!pool) {
            pool = std::make_unique<QThreadPool>();
            pool->setMaxThreadCount(m_most);
        }
        pool->start(std::move(work));
    }
    void waitForDone()
    {
        for (const auto &[folder, pool] : m_pools) {
            pool->waitForDone();
        }
    }

private:
    int m_most;
    std::map<QString, std::unique_ptr<QThreadPool>> m_pools;
};

using VolumePromise = QPromise<DiskResult<Volume *>>;

} // namespace

class Volumes::Private {
public:
    explicit Private(DiskFaultHook faultHook)
        : hook(std::move(faultHook))
    {
    }

    struct KnownFolder {
        Found what;
        QDeadlineTimer until; ///< of the computer's clock, for it decides nothing
    };

    const DiskFaultHook hook;
    std::unordered_map<quint64, Volume *> byDevice; ///< children of the Volumes
    std::unordered_map<quint64, VolumePromise> asked;
    quint64 lastQuestion = 0;
    std::map<QString, KnownFolder> folders;
    FolderThreads lookups{1};
    FolderThreads longWork{std::min(kLongWorkThreads, QThread::idealThreadCount())};
};

Volumes::Volumes(QObject *parent, DiskFaultHook hook)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(hook)))
{
}

Volumes::~Volumes()
{
    d->lookups.waitForDone();
    d->longWork.waitForDone();
    // Every question is answered, those too whose answer did not get here any more.
    for (auto &[number, promise] : d->asked) {
        promise.addResult(refusal(Step::Prepare, {}, Cause::Internal));
        promise.finish();
    }
}

QFuture<DiskResult<Volume *>> Volumes::forFolder(const QString &folder)
{
    const quint64 question = ++d->lastQuestion;
    VolumePromise &promise = d->asked[question];
    promise.start();
    d->lookups.start(folder, [this, question, folder] {
        const DiskResult<quint64> device = deviceOf(folder);
        QMetaObject::invokeMethod(
            this, [this, question, device] { settle(question, device); }, Qt::QueuedConnection);
    });
    return promise.future();
}

std::optional<Volumes::Found> Volumes::foundLately(const QString &folder) const
{
    const auto known = d->folders.find(folder);
    const bool holds = known != d->folders.end() && !known->second.until.hasExpired();
    return holds ? std::optional(known->second.what) : std::nullopt;
}

void Volumes::found(const QString &folder, const Found &what)
{
    std::erase_if(d->folders, [](const auto &each) { return each.second.until.hasExpired(); });
    d->folders.insert_or_assign(folder, Private::KnownFolder{what, QDeadlineTimer(kHolds)});
}

void Volumes::notSoAnyMore(const QString &folder)
{
    d->folders.erase(folder);
}

QFuture<QString> Volumes::resolved(const QString &folder)
{
    const auto promise = std::make_shared<QPromise<QString>>();
    promise->start();
    d->lookups.start(folder, [promise, folder] {
        promise->addResult(withoutLinks(folder));
        promise->finish();
    });
    return promise->future();
}

int Volumes::beforeLong() const
{
    return d->hook.beforeLong ? d->hook.beforeLong() : 0;
}

quint64 Volumes::deviceOfVolume(const Volume *volume) const
{
    const auto found = std::ranges::find_if(
        d->byDevice, [volume](const auto &each) { return each.second == volume; });
    return found == d->byDevice.end() ? 0 : found->first;
}

void Volumes::postLong(const QString &folder, std::function<void()> work)
{
    d->longWork.start(folder, std::move(work));
}

void Volumes::settle(quint64 question, const DiskResult<quint64> &device)
{
    VolumePromise promise = std::move(d->asked.extract(question).mapped());
    promise.addResult(device.map([this](quint64 number) {
        Volume *&volume = d->byDevice[number];
        if (!volume) {
            volume = new Volume(Volume::kDefaultBufferBytes, this, d->hook);
        }
        return volume;
    }));
    promise.finish();
}

} // namespace core
