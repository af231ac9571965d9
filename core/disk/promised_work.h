// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"

#include <QFuture>
#include <QPromise>

#include <functional>
#include <memory>
#include <utility>

namespace core {

/// Work for another thread, and what will come of it.
template <typename T>
[[nodiscard]] std::pair<std::function<void()>, QFuture<DiskResult<T>>>
promiseOf(std::function<DiskResult<T>()> work)
{
    const auto promise = std::make_shared<QPromise<DiskResult<T>>>();
    promise->start();
    const QFuture<DiskResult<T>> future = promise->future();
    return {[promise, work = std::move(work)] {
                promise->addResult(work());
                promise->finish();
            },
            future};
}

} // namespace core
