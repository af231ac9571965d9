// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remote/envelope.h"
#include "core/remote/frame.h"
#include "core/service/job_service.h"

#include <QLocalSocket>
#include <QMap>

#include <memory>

namespace core {

/// One front end at the other end of a socket: what it asks is put to the service, what the service
/// tells is told to it. One that speaks another protocol, or none at all, is turned away. Lives on
/// the thread of the service.
class ClientSession final : public QObject {
    Q_OBJECT
public:
    ClientSession(std::unique_ptr<QLocalSocket> socket, JobService *service);
    ~ClientSession() override;

    /// Tells it something that nobody else was there to hear.
    void tell(const Notice &notice) { send(envelope::Notes{notice}); }

    /// Puts before a person what has to be accepted.
    [[nodiscard]] bool handlesAttention() const { return m_handlesAttention; }
    /// Where the person sits, as far as it knows.
    [[nodiscard]] const QStringList &desktop() const { return m_desktop; }

Q_SIGNALS:
    /// It has said who it is and was let in.
    void welcomed();
    void ended();

private:
    void read();
    void greet(const QByteArray &message);
    void take(const QByteArray &message);
    void carryOut(const envelope::Call &call);
    template <typename Message>
    void put(const envelope::Call &call);
    void listen();
    void tellChanged(const QList<JobSnapshot> &jobs);
    void tellHeld();
    void send(const ToFrontEnd &what);
    void turnAway(const char *why);

    std::unique_ptr<QLocalSocket> m_socket;
    JobService *m_service;
    FrameReader m_frames;
    QMap<JobId, JobSnapshot> m_held; ///< not told yet: it does not keep up with reading
    bool m_isWelcome = false;
    bool m_handlesAttention = false;
    QStringList m_desktop;
};

} // namespace core
