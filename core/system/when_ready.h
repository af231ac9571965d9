// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <utility>

namespace core {

/// Calls `action` with the result of the future, from the event loop of this thread, unless the
/// context has gone by then. (QFuture::then with a context that has gone is a failed assertion in
/// Qt 6.4.) A future that ends without a result calls nothing.
template <typename T, typename Action>
void whenReady(const QFuture<T> &future, QObject *context, Action action)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, action = std::move(action)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0) {
                             action(watcher->result());
                         }
                     });
    watcher->setFuture(future);
}

/// A future that has its result already. (Qt has two names for it, one to 6.5, one from 6.6.)
template <typename T>
QFuture<T> readyFuture(T result)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

/// The same without a result: something that is done already.
inline QFuture<void> readyFuture()
{
    QPromise<void> promise;
    promise.start();
    promise.finish();
    return promise.future();
}

} // namespace core
