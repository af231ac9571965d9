// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/turn_until.h"

#include <QCoroTask>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <variant>

namespace run_task {

template <typename T>
using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// A box of its own: a task that ends after the limit still finds it there.
template <typename T>
using Box = std::shared_ptr<std::optional<Value<T>>>;

template <typename T>
QCoro::Task<> fill(Box<T> box, QCoro::Task<T> task)
{
    if constexpr (std::is_void_v<T>) {
        co_await task;
        box->emplace();
    } else {
        T value = co_await task;
        box->emplace(std::move(value));
    }
}

} // namespace run_task

/// What the task gives, or nothing when it has not ended within the limit or ended by an exception.
/// The event loop of the test turns meanwhile. (QCoro::waitFor hangs for ever on a task that
/// throws.) A task of void gives std::monostate.
template <typename T>
[[nodiscard]] std::optional<run_task::Value<T>> runFor(QCoro::Task<T> task,
                                                       std::chrono::milliseconds limit)
{
    const auto box = std::make_shared<std::optional<run_task::Value<T>>>();
    run_task::fill<T>(box, std::move(task));
    std::ignore = turnUntil([&box] { return box->has_value(); }, limit);
    return std::exchange(*box, std::nullopt);
}
