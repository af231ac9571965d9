// SPDX-License-Identifier: Apache-2.0
#include "core/store/store_thread.h"

#include "core/system/work_thread.h"

#include <QMutex>
#include <QPromise>

#include <chrono>
#include <vector>

namespace core {

namespace {

/// Saves begin no closer than this, so that what comes meanwhile is one write: each is a few pages
/// of the journal and a sync, whatever it brings.
constexpr std::chrono::milliseconds kGatheredFor{3};

struct SaveRequest {
    StoreDelta delta;
    std::shared_ptr<QPromise<StoreResult<>>> answer;
};

template <typename T>
std::shared_ptr<QPromise<T>> begin()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <typename T>
void reply(QPromise<T> &promise, T value)
{
    promise.addResult(std::move(value));
    promise.finish();
}

} // namespace

class StoreThread::Private {
public:
    using Group = std::vector<SaveRequest>;

    void add(SaveRequest request);
    /// Whoever reads sees what was saved before, and nothing that is saved after.
    void endGroup();
    /// On the store's thread.
    void saveTogether(const std::shared_ptr<Group> &group);

    std::unique_ptr<JobStore> store; ///< touched on the store's thread alone
    QMutex mutex;
    WorkThread::Time nextSave;   ///< guarded by mutex
    std::shared_ptr<Group> open; ///< guarded by mutex: waits for its turn, and takes more meanwhile
    WorkThread thread{"store"};  ///< last, because what it does needs all of the above
};

void StoreThread::Private::add(SaveRequest request)
{
    const QMutexLocker lock(&mutex);
    if (!open) {
        open = std::make_shared<Group>();
        thread.post([this, group = open] { saveTogether(group); }, nextSave);
    }
    open->push_back(std::move(request));
}

void StoreThread::Private::endGroup()
{
    const QMutexLocker lock(&mutex);
    open.reset();
}

void StoreThread::Private::saveTogether(const std::shared_ptr<Group> &group)
{
    {
        const QMutexLocker lock(&mutex);
        if (open == group) {
            open.reset();
        }
        nextSave = std::chrono::steady_clock::now() + kGatheredFor;
    }
    QList<StoreDelta> deltas;
    deltas.reserve(static_cast<qsizetype>(group->size()));
    for (SaveRequest &request : *group) {
        deltas.append(std::move(request.delta));
    }
    const StoreResult<> result = store->save(deltas);
    for (const SaveRequest &request : *group) {
        reply(*request.answer, result);
    }
}

StoreThread::StoreThread(std::function<std::unique_ptr<JobStore>()> factory)
    : d(std::make_unique<Private>())
{
    d->thread.post([this, factory = std::move(factory)] { d->store = factory(); });
}

StoreThread::~StoreThread()
{
    d->thread.post([this] { d->store.reset(); });
    d->thread.finish();
}

QFuture<StoreResult<StoredState>> StoreThread::load()
{
    const auto answer = begin<StoreResult<StoredState>>();
    d->endGroup();
    d->thread.post([this, answer] { reply(*answer, d->store->load()); });
    return answer->future();
}

QFuture<StoreResult<>> StoreThread::save(StoreDelta delta)
{
    const auto answer = begin<StoreResult<>>();
    d->add({std::move(delta), answer});
    return answer->future();
}

QFuture<StoreResult<TimelinePage>> StoreThread::timeline(JobId job, int first, int count)
{
    const auto answer = begin<StoreResult<TimelinePage>>();
    d->endGroup();
    d->thread.post([this, answer, job, first, count] {
        reply(*answer, d->store->timeline(job, first, count));
    });
    return answer->future();
}

} // namespace core
