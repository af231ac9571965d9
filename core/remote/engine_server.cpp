// SPDX-License-Identifier: Apache-2.0
#include "core/remote/engine_server.h"

#include <QFileInfo>

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
    connect(m_service, &JobService::attention, this, [this] {
        if (std::ranges::none_of(m_sessions,
                                 [](const auto &each) { return each->handlesAttention(); })) {
            Q_EMIT unheard(m_desktop);
        }
    });
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!canBeFound()) {
            moveOrEnd();
        }
    });
    m_linger.setSingleShot(true);
    m_linger.setInterval(linger);
    connect(&m_linger, &QTimer::timeout, this, &EngineServer::lookWhetherNeeded);
}

EngineServer::~EngineServer()
{
    takeAway(m_listening); // a front end that connects just now tries again
}

QString EngineServer::listen(const QString &stateFolder)
{
    m_stateFolder = stateFolder;
    m_listening = listenAtFirst(endpointPaths(stateFolder, Role::Engine));
    if (m_listening.descriptor < 0) {
        return m_listening.problem;
    }
    if (!m_server.listen(m_listening.descriptor)) {
        return m_server.errorString();
    }
    m_watcher.addPath(QFileInfo(m_listening.path).path());
    m_watcher.addPath(m_stateFolder);
    m_linger.start();
    return {};
}

/// The folder is the one that it was, and so is the socket.
bool EngineServer::canBeFound() const
{
    return isStillThere(m_listening) &&
           endpointPaths(m_stateFolder, Role::Engine).contains(m_listening.path);
}

/// Nobody can come any more: logged out, or the folder was removed. Whoever is here finds another
/// engine; a person may want the work to go on for whoever logs in next.
void EngineServer::moveOrEnd()
{
    m_service->ask<message::GetSettings>({}, this, [this](const Answer<Settings> &settings) {
        const bool goesOn =
            settings && settings->goOnAfterLogout && QFileInfo(m_stateFolder).isDir();
        m_server.close();
        takeAway(m_listening);
        if (!goesOn || !listen(m_stateFolder).isEmpty()) {
            Q_EMIT notNeeded();
        }
    });
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
            m_desktop = who->desktop().isEmpty() ? m_desktop : who->desktop();
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
    if (!canBeFound()) {
        moveOrEnd(); // nobody tells when a folder is opened to others
        return;
    }
    m_service->ask<message::Activity>({}, this, [this](const Answer<ActivityReport> &activity) {
        if (!m_sessions.empty()) {
            return;
        }
        if (activity && activity->jobsUnderWay + activity->commandsDue > 0) {
            m_linger.start();
        } else {
            Q_EMIT notNeeded();
        }
    });
}

} // namespace core
