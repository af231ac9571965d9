// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/call.h"
#include "core/system/when_ready.h"

#include <QObject>

namespace core {

/// The seam: all that a front end knows of the engine. Lives on the thread of the front end; the
/// signals come there. Commands return at once and are answered exactly once, by EngineGone at the
/// latest when this object goes. Values only: no pointer to a job ever comes out.
class JobService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Sends a message of the table:
    /// `service.call<message::Suspend>({.jobs = ids}).then(this, [](const Answer<SetOutcome> &a)
    /// …)`
    template <typename Message>
    [[nodiscard]] QFuture<Answer<typename Message::Reply>> call(typename Message::Request request)
    {
        Call<Message> call{std::move(request), {}};
        auto future = call.reply.future();
        post(AnyCall(std::move(call)));
        return future;
    }

    /// call(), and then `then(answer)` on this thread, unless `context` is gone by that time.
    template <typename Message, typename Then>
    void ask(typename Message::Request request, QObject *context, Then then)
    {
        whenReady(call<Message>(std::move(request)), context, std::move(then));
    }

Q_SIGNALS:
    /// New and changed jobs, at most ten times a second for all of them together.
    void jobsChanged(const QList<core::JobSnapshot> &jobs);
    void jobsRemoved(const core::JobIds &jobs);
    /// Comes again after a while unless message::Accept is sent for its id.
    void attention(const core::Attention &attention);
    void notice(const core::Notice &notice);

protected:
    virtual void post(AnyCall call) = 0;
};

} // namespace core
