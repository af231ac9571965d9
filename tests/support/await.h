// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/turn_until.h"

#include <QFuture>

#include <chrono>
#include <optional>
#include <tuple>
#include <variant>

/// What the future gives, or nothing when it was not answered within the limit or was cancelled.
/// The event loop of the test turns meanwhile, so an engine on this thread goes on working. A
/// future of void gives std::monostate.
template <typename T>
[[nodiscard]] auto await(const QFuture<T> &future,
                         std::chrono::milliseconds limit = std::chrono::seconds(10))
{
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
    std::ignore = turnUntil([&future] { return future.isFinished(); }, limit);
    std::optional<Value> value;
    if constexpr (std::is_void_v<T>) {
        if (future.isFinished() && !future.isCanceled()) {
            value.emplace();
        }
    } else {
        if (future.isFinished() && future.resultCount() > 0) {
            value.emplace(future.result());
        }
    }
    return value;
}
