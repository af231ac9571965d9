// SPDX-License-Identifier: Apache-2.0
#include "core/remote/socket_service.h"

#include "core/remote/desktop_session.h"
#include "core/remote/endpoint.h"
#include "core/remote/engine_process.h"
#include "core/remote/may_repeat.h"
#include "core/store/state_folder.h"

#include <algorithm>

namespace core {

using namespace std::chrono_literals;

namespace {

constexpr auto kLongestWait = 200ms;

Refusal engineGone()
{
    return {.kind = RefusalKind::EngineGone};
}

} // namespace

SocketService::SocketService(Config config, QObject *parent)
    : JobService(parent)
    , m_config(std::move(config))
{
    if (m_config.stateFolder.isEmpty()) {
        m_config.stateFolder = StateFolder::defaultPath();
    }
    m_answer.setSingleShot(true);
    m_answer.setInterval(m_config.patience);
    connect(&m_answer, &QTimer::timeout, this, [this] {
        giveUp(EngineError{EngineFault::NoAnswer, QString::number(m_peer)});
    });
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &SocketService::connectAnew);
    connect(&m_socket, &QLocalSocket::connected, this, &SocketService::greet);
    connect(&m_socket, &QLocalSocket::readyRead, this, &SocketService::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, &SocketService::onDisconnected);
    // Not from inside of connectToServer().
    connect(
        &m_socket, &QLocalSocket::errorOccurred, this,
        [this] {
            if (m_socket.state() == QLocalSocket::UnconnectedState && m_engine == Engine::Sought &&
                !m_again.isActive()) {
                tryNextPath();
            }
        },
        Qt::QueuedConnection);
}

SocketService::~SocketService()
{
    m_socket.disconnect(this);
    answerAllByEngineGone();
}

QFuture<JobService::Started> SocketService::start()
{
    m_starting = std::make_unique<QPromise<Started>>();
    m_starting->start();
    const auto started = m_starting->future(); // which may be answered at once
    m_trying.start();
    m_wait = kFirstWait;
    connectAnew();
    return started;
}

void SocketService::connectAnew()
{
    m_frames = {};
    m_paths = endpointPaths(m_config.stateFolder, Role::Engine);
    tryNextPath();
}

void SocketService::tryNextPath()
{
    if (m_paths.isEmpty()) {
        onUnreachable();
        return;
    }
    m_socket.connectToServer(m_paths.takeFirst());
}

void SocketService::onUnreachable()
{
    whenReady(startEngineProcess(m_config.engineProgram, m_config.stateFolder, this), this,
              [this](const Started &started) {
                  // Another one may be about to end, or to be reachable.
                  const bool mayComeYet =
                      !started && isHeldByAnother(started.error()) &&
                      std::chrono::milliseconds(m_trying.elapsed()) < m_config.patience;
                  if (started || mayComeYet) {
                      tryLater();
                  } else {
                      giveUp(started.error());
                  }
              });
}

void SocketService::tryLater()
{
    m_again.start(m_wait);
    m_wait = std::min<std::chrono::milliseconds>(m_wait * 2, kLongestWait);
}

void SocketService::greet()
{
    m_answer.start();
    m_peer = peerProcess(m_socket.socketDescriptor());
    if (!isOwnPeer(m_socket.socketDescriptor())) {
        // Not from inside of connectToServer().
        QMetaObject::invokeMethod(
            this,
            [this] {
                giveUp(EngineError{EngineFault::OtherUser, m_config.stateFolder});
            },
            Qt::QueuedConnection);
        return;
    }
    m_socket.write(toFrames(toText(ToEngine(
        envelope::Hello{.program = m_config.program,
                        .handlesAttention = m_config.handlesAttention,
                        .desktop = desktopIn(QProcessEnvironment::systemEnvironment())}))));
}

void SocketService::onDisconnected()
{
    m_answer.stop();
    if (m_engine != Engine::There) {
        if (std::chrono::milliseconds(m_trying.elapsed()) < m_config.patience) {
            tryLater(); // it was just about to end
        } else {
            giveUp(EngineError{EngineFault::NoAnswer, QString::number(m_peer)});
        }
        return;
    }
    m_engine = Engine::Sought;
    std::vector<Pending> lost;
    for (auto call = m_pending.begin(); call != m_pending.end();) {
        if (call->second.mayRepeat) {
            ++call;
        } else {
            lost.push_back(std::move(call->second));
            call = m_pending.erase(call);
        }
    }
    m_trying.start();
    m_wait = kFirstWait;
    tryLater();
    Q_EMIT engineLost();
    for (const Pending &pending : lost) {
        pending.answer(tl::unexpected(engineGone()));
    }
}

void SocketService::giveUp(const StartFailure &failure)
{
    m_answer.stop();
    m_socket.disconnect(this);
    m_socket.abort();
    m_engine = Engine::Gone;
    if (m_starting) {
        m_starting->addResult(tl::unexpected(failure));
        std::exchange(m_starting, nullptr)->finish();
    } else {
        Q_EMIT engineGoneForGood(failure);
    }
    answerAllByEngineGone();
}

void SocketService::answerAllByEngineGone()
{
    for (const auto &[call, pending] : std::exchange(m_pending, {})) {
        pending.answer(tl::unexpected(engineGone()));
    }
}

void SocketService::post(AnyCall call)
{
    std::visit([this](auto &each) { send(std::move(each)); }, call);
}

template <typename Message>
void SocketService::send(Call<Message> call)
{
    using Value = typename Message::Reply;
    const quint64 id = ++m_lastCall;
    Pending pending{.message =
                        toText(ToEngine(envelope::Call{id, QString::fromLatin1(Message::kName),
                                                       toJson(call.request, JsonForm::Message)})),
                    .mayRepeat = kMayRepeat<Message>,
                    .answer = [reply = std::make_shared<Reply<Value>>(std::move(call.reply))](
                                  const Said &said) {
                        if (!said) {
                            reply->answer(tl::unexpected(said.error()));
                            return;
                        }
                        const auto read = fromJson<Value>(*said, JsonForm::Message);
                        reply->answer(read ? Answer<Value>(*read) : tl::unexpected(engineGone()));
                    }};
    if (m_engine == Engine::Gone) {
        pending.answer(tl::unexpected(engineGone()));
        return;
    }
    if (m_engine == Engine::There) {
        m_socket.write(toFrames(pending.message));
    }
    m_pending.emplace(id, std::move(pending));
}

void SocketService::read()
{
    const auto messages = m_frames.take(m_socket.readAll());
    if (!messages) {
        m_socket.abort();
        return;
    }
    for (const QByteArray &message : *messages) {
        take(message);
    }
}

void SocketService::take(const QByteArray &message)
{
    // What turns away, or welcomes, is understood in every version.
    const auto said = fromText<ToFrontEnd>(message, m_engine == Engine::There ? JsonForm::Message
                                                                              : JsonForm::Stored);
    if (!said) {
        m_socket.abort();
        return;
    }
    std::visit([this](const auto &what) { on(what); }, *said);
}

void SocketService::on(const envelope::Welcome & /*welcome*/)
{
    m_engine = Engine::There;
    m_answer.stop();
    m_wait = kFirstWait;
    for (const auto &[call, pending] : m_pending) {
        m_socket.write(toFrames(pending.message));
    }
    // What an engine before this one had under way, or was to begin, goes on.
    ask<message::RunEverything>({}, this, [](const Answer<Done> & /*seen*/) {});
    if (m_starting) {
        m_starting->addResult(Done{});
        std::exchange(m_starting, nullptr)->finish();
    } else {
        Q_EMIT engineBack();
    }
}

void SocketService::on(const envelope::TurnedAway &turnedAway)
{
    giveUp(EngineError{EngineFault::OtherVersion, turnedAway.version});
}

void SocketService::on(const envelope::Reply &reply)
{
    answer(reply.call, reply.value);
}

void SocketService::on(const envelope::Refused &refused)
{
    answer(refused.call, tl::unexpected(refused.refusal));
}

void SocketService::answer(quint64 call, const Said &with)
{
    const auto found = m_pending.find(call);
    if (found != m_pending.end()) {
        const Pending pending = std::move(found->second);
        m_pending.erase(found);
        pending.answer(with);
    }
}

void SocketService::on(const envelope::JobsChanged &changed)
{
    Q_EMIT jobsChanged(changed.jobs);
}

void SocketService::on(const envelope::JobsRemoved &removed)
{
    Q_EMIT jobsRemoved(removed.jobs);
}

void SocketService::on(const envelope::Attends &attends)
{
    Q_EMIT attention(attends.attention);
}

void SocketService::on(const envelope::Notes &notes)
{
    Q_EMIT notice(notes.notice);
}

void SocketService::on(const envelope::SettingsChanged &changed)
{
    Q_EMIT settingsChanged(changed.settings);
}

} // namespace core
