// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remote/client_session.h"
#include "core/remote/endpoint.h"

#include <QFileSystemWatcher>
#include <QLocalServer>
#include <QTimer>

#include <vector>

namespace core {

/// Makes a service reachable for front ends of other processes, as many as come. Says when nobody
/// needs it any more: no front end, and nothing under way. Lives on the thread of the service.
class EngineServer final : public QObject {
    Q_OBJECT
public:
    /// So long it waits for another front end before it looks whether it is needed.
    static constexpr std::chrono::seconds kLinger{5};

    /// Made before the service is started: what it notices then is kept for the first front end.
    explicit EngineServer(JobService *service, std::chrono::milliseconds linger = kLinger);
    ~EngineServer() override;

    /// By the holder of the lock on the state folder. What the system said when it cannot; empty
    /// when front ends may come.
    [[nodiscard]] QString listen(const QString &stateFolder);

Q_SIGNALS:
    void notNeeded();
    /// Something has to be put before a person, and no front end is there that would. With the
    /// desktop that the last one knew of.
    void unheard(const QStringList &desktop);

private:
    [[nodiscard]] bool canBeFound() const;
    void moveOrEnd();
    void welcomeNext();
    void dismiss(ClientSession *session);
    void lookWhetherNeeded();

    JobService *m_service;
    QLocalServer m_server;
    QString m_stateFolder;
    Listening m_listening;
    QFileSystemWatcher m_watcher;
    std::vector<std::unique_ptr<ClientSession>> m_sessions;
    QList<Notice> m_untold;
    QStringList m_desktop; ///< of the last front end that knew one
    QTimer m_linger;
};

} // namespace core
