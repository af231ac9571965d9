// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/messages.h"

#include <QFuture>
#include <QPromise>

#include <memory>
#include <variant>

namespace core {

/// The duty to answer one message, exactly once: dropped unanswered, it answers EngineGone.
template <typename T>
class Reply {
public:
    Reply()
        : m_promise(std::make_unique<QPromise<Answer<T>>>())
    {
        m_promise->start();
    }
    Reply(Reply &&) noexcept = default;
    Reply &operator=(Reply &&) noexcept = default;
    Reply(const Reply &) = delete;
    Reply &operator=(const Reply &) = delete;
    ~Reply()
    {
        if (m_promise) {
            answer(tl::unexpected(Refusal{.kind = RefusalKind::EngineGone}));
        }
    }

    [[nodiscard]] QFuture<Answer<T>> future() const { return m_promise->future(); }

    void answer(Answer<T> value)
    {
        const auto promise = std::move(m_promise);
        promise->addResult(std::move(value));
        promise->finish();
    }

private:
    std::unique_ptr<QPromise<Answer<T>>> m_promise;
};

/// One message under way: what is asked and where the answer goes.
template <typename Message>
struct Call {
    typename Message::Request request;
    Reply<typename Message::Reply> reply;
};

template <typename Tuple>
struct CallsOf;
template <typename... M>
struct CallsOf<std::tuple<M...>> {
    using type = std::variant<Call<M>...>;
};

/// Any message of the table, under way.
using AnyCall = CallsOf<Messages>::type;

/// Carries the duty to answer into a callback that Qt wants to be able to copy.
template <typename T>
[[nodiscard]] auto box(Reply<T> reply)
{
    return std::make_shared<Reply<T>>(std::move(reply));
}

} // namespace core
