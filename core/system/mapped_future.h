// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <type_traits>
#include <utility>

namespace core {

/// What `map` makes of the result, once that is there; from the event loop of this thread. Without
/// a result when the future ends without one. For QFuture::then(), whose continuation runs twice,
/// and crashes, in Qt 6.4 when the other thread finishes in the very moment in which it is
/// attached.
template <typename T, typename Map>
[[nodiscard]] auto mappedFuture(const QFuture<T> &future, Map map)
{
    using Result = std::invoke_result_t<Map, const T &>;
    const auto promise = std::make_shared<QPromise<Result>>();
    promise->start();
    auto *watcher = new QFutureWatcher<T>();
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher,
                     [watcher, promise, map = std::move(map)] {
                         if (watcher->future().resultCount() > 0) {
                             promise->addResult(map(watcher->result()));
                         }
                         promise->finish();
                         watcher->deleteLater();
                     });
    watcher->setFuture(future);
    return promise->future();
}

} // namespace core
