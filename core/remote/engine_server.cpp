// SPDX-License-Identifier: Apache-2.0
#include "core/remote/engine_server.h"

#include "core/remote/endpoint.h"

#include <QFile>

#include <algorithm>

namespace core {

EngineServer::EngineServer(JobService *service, std::chrono::milliseconds linger)
    : m_service(service)
{
    connect(&m_server, &QLocalServer::newConnection, this, &EngineServer::welcomeNext);
    connect(m_service, &JobService::notice, this, [this](const Notice &notice) {
        if (m_sessions.empty()) {
            m_untold.append(notice);
        }
    });
    m_linger.setSingleShot(true);
    m_linger.setInterval(linger);
    connect(&m_linger, &QTimer::timeout, this, &EngineServer::lookWhetherNeeded);
}

EngineServer::~EngineServer()
{
    if (!m_path.isEmpty()) {
        QFile::remove(m_path); // of a connection that comes meanwhile, the front end tries again
    }
}

QString EngineServer::listen(const QString &stateFolder)
{
    const Listening listening = listenAtFirst(endpointPaths(stateFolder, Role::Engine));
    if (listening.descriptor < 0) {
        return listening.problem;
    }
    m_path = listening.path;
    if (!m_server.listen(listening.descriptor)) {
        return m_server.errorString();
    }
    m_linger.start();
    return {};
}

void EngineServer::welcomeNext()
{
    while (QLocalSocket *const socket = m_server.nextPendingConnection()) {
        socket->setParent(nullptr);
        auto session =
            std::make_unique<ClientSession>(std::unique_ptr<QLocalSocket>(socket), m_service);
        ClientSession *const who = session.get();
        connect(
            who, &ClientSession::ended, this, [this, who] { dismiss(who); }, Qt::QueuedConnection);
        connect(who, &ClientSession::welcomed, this, [this, who] {
            for (const Notice &notice : std::exchange(m_untold, {})) {
                who->tell(notice);
            }
        });
        m_sessions.push_back(std::move(session));
        m_linger.stop();
    }
}

void EngineServer::dismiss(ClientSession *session)
{
    std::erase_if(m_sessions, [session](const auto &each) { return each.get() == session; });
    if (m_sessions.empty()) {
        m_linger.start();
    }
}

void EngineServer::lookWhetherNeeded()
{
    if (!QFile::exists(m_path)) {
        Q_EMIT notNeeded(); // nobody could come any more: logged out, or the folder was removed
        return;
    }
    m_service->ask<message::Activity>({}, this, [this](const Answer<ActivityReport> &activity) {
        if (!m_sessions.empty()) {
            return;
        }
        if (activity && activity->jobsUnderWay > 0) {
            m_linger.start();
        } else {
            Q_EMIT notNeeded();
        }
    });
}

} // namespace core
