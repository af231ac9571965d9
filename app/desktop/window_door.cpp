// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/window_door.h"

#include "core/remote/envelope.h"
#include "core/system/when_ready.h"

#include <QFile>
#include <QLocalSocket>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace core {

template <>
struct Fields<Visit> {
    static constexpr std::tuple table{
        Field{"links", &Visit::links},
        Field{"wantsWindow", &Visit::wantsWindow},
        Field{"activationToken", &Visit::activationToken},
    };
};

} // namespace core

namespace {

/// Said when a visit was understood.
const QByteArray kWelcome = QByteArrayLiteral("welcome");

/// One attempt after the other to hand over a visit; goes when it has told what came of it.
class Visitor final : public QObject {
public:
    Visitor(QStringList paths, Visit visit, QObject *context)
        : QObject(context)
        , m_paths(std::move(paths))
        , m_visit(std::move(visit))
    {
        connect(&m_socket, &QLocalSocket::connected, this, [this] {
            if (core::isOwnPeer(m_socket.socketDescriptor())) {
                m_socket.write(core::toFrames(core::toText(m_visit)));
            } else {
                m_socket.abort();
            }
        });
        connect(&m_socket, &QLocalSocket::readyRead, this, [this] { tell(true); });
        connect(&m_socket, &QLocalSocket::disconnected, this, &Visitor::next);
        connect(&m_socket, &QLocalSocket::errorOccurred, this, &Visitor::next,
                Qt::QueuedConnection);
        m_told.start();
    }

    [[nodiscard]] QFuture<bool> told() { return m_told.future(); }
    void next()
    {
        if (m_socket.state() != QLocalSocket::UnconnectedState || m_told.isCanceled()) {
            return;
        }
        if (m_paths.isEmpty()) {
            tell(false);
        } else {
            m_socket.connectToServer(m_paths.takeFirst());
        }
    }

private:
    void tell(bool wasLetIn)
    {
        m_socket.disconnect(this);
        m_told.addResult(wasLetIn);
        m_told.finish();
        deleteLater();
    }

    QStringList m_paths;
    Visit m_visit;
    QLocalSocket m_socket;
    QPromise<bool> m_told;
};

} // namespace

WindowDoor::WindowDoor(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QLocalServer::newConnection, this, &WindowDoor::letIn);
}

WindowDoor::~WindowDoor()
{
    core::takeAway(m_listening);
}

QFuture<bool> WindowDoor::knock(const QString &stateFolder, const Visit &visit, QObject *context)
{
    auto *visitor =
        new Visitor(core::endpointPaths(stateFolder, core::Role::Window), visit, context);
    auto told = visitor->told();
    visitor->next();
    return told;
}

bool WindowDoor::open(const QString &stateFolder)
{
    const QByteArray lock = QFile::encodeName(stateFolder + QStringLiteral("/window.lock"));
    m_lock = core::Descriptor(
        ::open(lock.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (m_lock.isOpen() && ::flock(m_lock.number(), LOCK_EX | LOCK_NB) != 0 &&
        errno == EWOULDBLOCK) {
        return false;
    }
    // Where nothing can be locked, or listened at, a second window is no harm.
    m_listening = core::listenAtFirst(core::endpointPaths(stateFolder, core::Role::Window));
    return m_listening.descriptor < 0 || m_server.listen(m_listening.descriptor);
}

void WindowDoor::letIn()
{
    while (QLocalSocket *const visitor = m_server.nextPendingConnection()) {
        connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
        if (!core::isOwnPeer(visitor->socketDescriptor())) {
            visitor->abort();
            continue;
        }
        const auto frames = std::make_shared<core::FrameReader>();
        const auto readIt = [this, visitor, frames] { read(visitor, frames.get()); };
        connect(visitor, &QLocalSocket::readyRead, this, readIt);
        readIt();
    }
}

void WindowDoor::read(QLocalSocket *visitor, core::FrameReader *frames)
{
    const auto messages = frames->take(visitor->readAll());
    if (!messages) {
        visitor->abort();
        return;
    }
    for (const QByteArray &message : *messages) {
        const auto visit = core::fromText<Visit>(message, core::JsonForm::Stored);
        if (!visit) {
            visitor->abort();
            return;
        }
        visitor->write(core::toFrames(kWelcome));
        Q_EMIT visited(*visit);
    }
}
