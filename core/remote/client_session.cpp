// SPDX-License-Identifier: Apache-2.0
#include "core/remote/client_session.h"

#include "core/remote/endpoint.h"
#include "core/system/when_ready.h"

#include <QLoggingCategory>

namespace core {

namespace {

Q_LOGGING_CATEGORY(lcClient, "bellhop.client")

/// What is said while so much waits to be read is put off, or made less of.
constexpr qint64 kKeepsUpBytes = qint64(256) * 1024;
/// A front end that lets so much pile up is not there any more. It may come again.
constexpr qint64 kMostUnreadBytes = 2 * kMessageMaxBytes;

} // namespace

ClientSession::ClientSession(std::unique_ptr<QLocalSocket> socket, JobService *service)
    : m_socket(std::move(socket))
    , m_service(service)
{
    connect(m_socket.get(), &QLocalSocket::disconnected, this, &ClientSession::ended);
    if (!isOwnPeer(m_socket->socketDescriptor())) {
        turnAway("it belongs to another user");
        return;
    }
    connect(m_socket.get(), &QLocalSocket::readyRead, this, &ClientSession::read);
    QMetaObject::invokeMethod(this, &ClientSession::read, Qt::QueuedConnection); // came before
}

ClientSession::~ClientSession()
{
    m_socket->disconnect(this);
}

void ClientSession::read()
{
    const auto messages = m_frames.take(m_socket->readAll());
    if (!messages) {
        turnAway("its frames are not as they should be");
        return;
    }
    for (const QByteArray &message : *messages) {
        if (m_isWelcome) {
            take(message);
        } else {
            greet(message);
        }
        if (m_socket->state() != QLocalSocket::ConnectedState) {
            return;
        }
    }
}

/// Whoever it is says so first, in words that every version understands.
void ClientSession::greet(const QByteArray &message)
{
    const auto said = fromText<ToEngine>(message, JsonForm::Stored);
    const auto *hello = said ? std::get_if<envelope::Hello>(&*said) : nullptr;
    if (hello == nullptr || hello->protocol != protocolVersion()) {
        send(envelope::TurnedAway{QStringLiteral(BELLHOP_VERSION)});
        turnAway("it is of another version");
        return;
    }
    m_isWelcome = true;
    send(envelope::Welcome{QStringLiteral(BELLHOP_VERSION)});
    listen();
    m_handlesAttention = hello->handlesAttention;
    m_desktop = hello->desktop;
    if (m_handlesAttention) {
        connect(m_service, &JobService::attention, this,
                [this](const Attention &attention) { send(envelope::Attends{attention}); });
        m_service->ask<message::TellAgain>({}, this, [](const Answer<Done> & /*told*/) {});
    }
    Q_EMIT welcomed();
}

void ClientSession::listen()
{
    connect(m_service, &JobService::jobsChanged, this, &ClientSession::tellChanged);
    connect(m_service, &JobService::jobsRemoved, this, [this](const JobIds &jobs) {
        for (const JobId job : jobs) {
            m_held.remove(job);
        }
        send(envelope::JobsRemoved{jobs});
    });
    connect(m_service, &JobService::notice, this, &ClientSession::tell);
    connect(m_service, &JobService::settingsChanged, this,
            [this](const Settings &settings) { send(envelope::SettingsChanged{settings}); });
    connect(m_socket.get(), &QLocalSocket::bytesWritten, this, &ClientSession::tellHeld);
}

void ClientSession::take(const QByteArray &message)
{
    const auto said = fromText<ToEngine>(message);
    const auto *call = said ? std::get_if<envelope::Call>(&*said) : nullptr;
    if (call == nullptr) {
        qCInfo(lcClient) << "not a call:" << (said ? QString() : text(said.error()));
        turnAway("it sent something else than a call");
        return;
    }
    carryOut(*call);
}

template <typename Message>
void ClientSession::put(const envelope::Call &call)
{
    const auto request = fromJson<typename Message::Request>(call.request, JsonForm::Message);
    if (!request) {
        send(envelope::Refused{call.call,
                               {.kind = RefusalKind::BadValue, .subject = text(request.error())}});
        return;
    }
    m_service->ask<Message>(*request, this,
                            [this, id = call.call](const Answer<typename Message::Reply> &answer) {
                                if (answer) {
                                    send(envelope::Reply{id, toJson(*answer, JsonForm::Message)});
                                } else {
                                    send(envelope::Refused{id, answer.error()});
                                }
                            });
}

void ClientSession::carryOut(const envelope::Call &call)
{
    const bool isKnown = [&]<typename... M>(std::type_identity<std::tuple<M...>> /*table*/) {
        return ((call.message == QLatin1StringView(M::kName) && (put<M>(call), true)) || ...);
    }(std::type_identity<Messages>());
    if (!isKnown) {
        send(
            envelope::Refused{call.call, {.kind = RefusalKind::BadValue, .subject = call.message}});
    }
}

void ClientSession::tellChanged(const QList<JobSnapshot> &jobs)
{
    if (m_socket->bytesToWrite() <= kKeepsUpBytes) {
        send(envelope::JobsChanged{jobs});
        return;
    }
    for (const JobSnapshot &job : jobs) {
        m_held.insert(job.id, job);
    }
}

void ClientSession::tellHeld()
{
    if (!m_held.isEmpty() && m_socket->bytesToWrite() <= kKeepsUpBytes) {
        send(envelope::JobsChanged{std::exchange(m_held, {}).values()});
    }
}

void ClientSession::send(const ToFrontEnd &what)
{
    m_socket->write(toFrames(toText(what)));
    if (m_socket->bytesToWrite() > kMostUnreadBytes) {
        turnAway("it reads nothing");
    }
}

void ClientSession::turnAway(const char *why)
{
    qCInfo(lcClient) << "a front end is turned away:" << why;
    m_socket->disconnectFromServer(); // once what was said last is on its way
}

} // namespace core
