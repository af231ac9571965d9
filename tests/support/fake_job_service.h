// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <deque>
#include <functional>
#include <map>

/// An engine that does nothing but what the test says. Every call is noted; it is answered by the
/// function given for its message, else it stays open until answerNext() or the end.
class FakeJobService final : public core::JobService {
    Q_OBJECT
public:
    using core::JobService::JobService;
    ~FakeJobService() override = default;

    [[nodiscard]] bool outlivesFrontEnd() const override { return true; }
    [[nodiscard]] QFuture<Started> start() override
    {
        return core::readyFuture(Started(core::Done{}));
    }

    /// From now on calls of this message are answered at once with what the function gives.
    template <typename Message>
    void answerWith(
        std::function<core::Answer<typename Message::Reply>(const typename Message::Request &)>
            answer)
    {
        m_answers[Message::kName] = [answer = std::move(answer)](core::AnyCall &call) {
            auto &mine = std::get<core::Call<Message>>(call);
            mine.reply.answer(answer(mine.request));
        };
    }

    /// Commands on sets of jobs succeed for every job, Add hands out ids from 1, and queries find
    /// nothing.
    void agreeToEverything();

    /// Answers the oldest open call of this message. False when there is none.
    template <typename Message>
    bool answerNext(core::Answer<typename Message::Reply> answer)
    {
        for (auto call = m_open.begin(); call != m_open.end(); ++call) {
            if (auto *mine = std::get_if<core::Call<Message>>(&*call)) {
                core::Reply<typename Message::Reply> reply = std::move(mine->reply);
                m_open.erase(call);
                reply.answer(std::move(answer));
                return true;
            }
        }
        return false;
    }

    /// Requests of this message so far, oldest first.
    template <typename Message>
    [[nodiscard]] QList<typename Message::Request> requests() const
    {
        QList<typename Message::Request> found;
        for (const AnyRequest &request : m_requests) {
            if (const auto *mine = std::get_if<Noted<Message>>(&request)) {
                found.append(mine->request);
            }
        }
        return found;
    }

    /// Names of all messages so far: "add", "resume".
    [[nodiscard]] QStringList log() const { return m_log; }
    void forget();

protected:
    void post(core::AnyCall call) override;

private:
    template <typename Message>
    struct Noted {
        typename Message::Request request;
    };
    template <typename Tuple>
    struct NotedOf;
    template <typename... M>
    struct NotedOf<std::tuple<M...>> {
        using type = std::variant<Noted<M>...>;
    };
    using AnyRequest = NotedOf<core::Messages>::type;

    QList<AnyRequest> m_requests;
    QStringList m_log;
    std::map<std::string, std::function<void(core::AnyCall &)>> m_answers;
    std::deque<core::AnyCall> m_open;
    qint64 m_lastId = 0;
};
