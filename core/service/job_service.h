// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/call.h"
#include "core/service/start_failure.h"
#include "core/system/when_ready.h"

#include <QObject>

namespace core {

/// What became of what a service was told, once its front end needs no more of it.
enum class Ending {
    Saved,
    /// The list could not take what was changed last and nobody tries any longer: the next program
    /// does not know of it.
    Unsaved,
    /// A disk is not done with what it was told. The process is to be left at once (std::_Exit):
    /// whoever lets go of the service waits for that disk.
    Unfinished,
};

/// The seam: all that a front end knows of the engine. Lives on the thread of the front end; the
/// signals come there. Commands return at once and are answered exactly once, by EngineGone at the
/// latest when this object goes. Values only: no pointer to a job ever comes out.
class JobService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    using Started = tl::expected<Done, StartFailure>;
    /// Makes sure that there is an engine with the list loaded. To be called before any call(),
    /// once, or again when it has failed.
    [[nodiscard]] virtual QFuture<Started> start() = 0;

    /// Whether jobs go on when this front end has gone.
    [[nodiscard]] virtual bool outlivesFrontEnd() const = 0;

    /// The front end needs no more of it: calls still unanswered get EngineGone.
    [[nodiscard]] virtual Ending close() { return Ending::Saved; }

    /// Sends a message of the table, with the environment of this process when it takes one and has
    /// none yet:
    /// `service.call<message::Suspend>({.jobs = ids}).then(this, [](const Answer<SetOutcome> &a)
    /// …)`
    template <typename Message>
    [[nodiscard]] QFuture<Answer<typename Message::Reply>> call(typename Message::Request request)
    {
        if constexpr (requires { request.environment; }) {
            request.environment = request.environment.value_or(m_environment);
        }
        if constexpr (requires { request.spec; }) {
            auto &environment = request.spec.options.environment;
            environment = environment.value_or(m_environment);
        }
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
    /// A front end, this or another one, has chosen otherwise.
    void settingsChanged(const core::Settings &settings);
    /// The engine has ended without a word; another one is started. What is not answered yet is
    /// asked again, or answered by EngineGone.
    void engineLost();
    /// There is one again. It runs what it is told to run, and nothing told since may be true of
    /// it.
    void engineBack();
    /// There is none any more: every call is answered by EngineGone.
    void engineGoneForGood(const core::StartFailure &why);

protected:
    virtual void post(AnyCall call) = 0;

private:
    ClientEnvironment m_environment = systemClientEnvironment();
};

} // namespace core
