// SPDX-License-Identifier: Apache-2.0
#include "core/store/store_thread.h"

#include <QMutex>
#include <QPromise>
#include <QThread>
#include <QWaitCondition>

#include <deque>
#include <variant>

namespace core {

namespace {

struct LoadRequest {
    QPromise<StoreResult<StoredState>> answer;
};

struct SaveRequest {
    StoreDelta delta;
    QPromise<StoreResult<>> answer;
};

struct TimelineRequest {
    JobId job;
    int first = 0;
    int count = 0;
    QPromise<StoreResult<TimelinePage>> answer;
};

using Request = std::variant<LoadRequest, SaveRequest, TimelineRequest>;

template <typename T>
QFuture<T> begin(QPromise<T> &promise)
{
    promise.start();
    return promise.future();
}

template <typename T>
void reply(QPromise<T> &promise, T value)
{
    promise.addResult(std::move(value));
    promise.finish();
}

} // namespace

/// The queue between the two threads, and what the store's thread does with it.
class StoreThread::Private {
public:
    void push(Request request);
    /// The store's thread from beginning to end.
    void work(const std::function<std::unique_ptr<JobStore>()> &factory);
    void finish();

    std::unique_ptr<QThread> thread;

private:
    /// All that waits; empty only once the thread is to end.
    std::deque<Request> takeAll();
    static void carryOut(JobStore &store, std::deque<Request> requests);
    static void saveTogether(JobStore &store, std::deque<SaveRequest> &group);

    QMutex m_mutex;
    QWaitCondition m_changed;
    std::deque<Request> m_waiting; // guarded by m_mutex
    bool m_ending = false;         // guarded by m_mutex
};

void StoreThread::Private::push(Request request)
{
    const QMutexLocker lock(&m_mutex);
    m_waiting.push_back(std::move(request));
    m_changed.wakeOne();
}

void StoreThread::Private::finish()
{
    const QMutexLocker lock(&m_mutex);
    m_ending = true;
    m_changed.wakeOne();
}

std::deque<Request> StoreThread::Private::takeAll()
{
    const QMutexLocker lock(&m_mutex);
    while (m_waiting.empty() && !m_ending) {
        m_changed.wait(&m_mutex);
    }
    return std::exchange(m_waiting, {});
}

void StoreThread::Private::work(const std::function<std::unique_ptr<JobStore>()> &factory)
{
    const std::unique_ptr<JobStore> store = factory();
    for (auto requests = takeAll(); !requests.empty(); requests = takeAll()) {
        carryOut(*store, std::move(requests));
    }
}

void StoreThread::Private::saveTogether(JobStore &store, std::deque<SaveRequest> &group)
{
    if (group.empty()) {
        return;
    }
    QList<StoreDelta> deltas;
    deltas.reserve(static_cast<qsizetype>(group.size()));
    for (SaveRequest &request : group) {
        deltas.append(std::move(request.delta));
    }
    const StoreResult<> result = store.save(deltas);
    for (SaveRequest &request : group) {
        reply(request.answer, result);
    }
    group.clear();
}

void StoreThread::Private::carryOut(JobStore &store, std::deque<Request> requests)
{
    std::deque<SaveRequest> group;
    for (Request &request : requests) {
        if (auto *save = std::get_if<SaveRequest>(&request)) {
            group.push_back(std::move(*save));
            continue;
        }
        saveTogether(store, group); // who reads sees all that was saved before
        if (auto *wanted = std::get_if<TimelineRequest>(&request)) {
            reply(wanted->answer, store.timeline(wanted->job, wanted->first, wanted->count));
        } else {
            reply(std::get<LoadRequest>(request).answer, store.load());
        }
    }
    saveTogether(store, group);
}

StoreThread::StoreThread(std::function<std::unique_ptr<JobStore>()> factory, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->thread.reset(QThread::create([this, factory = std::move(factory)] { d->work(factory); }));
    d->thread->setObjectName(QStringLiteral("store"));
    d->thread->start();
}

StoreThread::~StoreThread()
{
    d->finish();
    d->thread->wait();
}

QFuture<StoreResult<StoredState>> StoreThread::load()
{
    LoadRequest request;
    auto future = begin(request.answer);
    d->push(std::move(request));
    return future;
}

QFuture<StoreResult<>> StoreThread::save(StoreDelta delta)
{
    SaveRequest request{std::move(delta), {}};
    auto future = begin(request.answer);
    d->push(std::move(request));
    return future;
}

QFuture<StoreResult<TimelinePage>> StoreThread::timeline(JobId job, int first, int count)
{
    TimelineRequest request{job, first, count, {}};
    auto future = begin(request.answer);
    d->push(std::move(request));
    return future;
}

} // namespace core
