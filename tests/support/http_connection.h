// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/http_script.h"

#include <QObject>

class HttpServer;
class QTcpSocket;

/// One connection of the scripted server: reads requests, one after the other, and carries out the
/// steps of each. Made and deleted by HttpServer.
class HttpConnection final : public QObject {
    Q_OBJECT

public:
    HttpConnection(QTcpSocket *socket, HttpServer *server, int number);
    ~HttpConnection() override;

    [[nodiscard]] bool isWaitingAt(const QByteArray &gate) const { return m_gate == gate; }
    void reset();

Q_SIGNALS:
    void ended();

private:
    enum class Pace { Go, Wait };

    void read();
    void readRequest();
    void run();

    // One for each step: Go when it is done, Wait when the socket or the test has to move first.
    Pace carryOut(const step::Send &send);
    Pace carryOut(const step::SendBody &part);
    Pace carryOut(const step::Serve & /*none*/);
    Pace carryOut(const step::WaitFor &gate);
    Pace carryOut(const step::Stall & /*none*/);
    Pace carryOut(const step::Close & /*none*/);
    Pace carryOut(const step::Reset & /*none*/);
    Pace carryOut(const step::Do &call);

    void replaceFirst(const Script &steps);

    HttpServer *m_server;
    QTcpSocket *m_socket;
    int m_number;
    QByteArray m_input;
    HttpRequest m_request;
    int m_logIndex = -1; ///< of the request whose body is being read; -1: none
    qint64 m_bodyBytesLeft = 0;
    Script m_steps; ///< what is left to do for m_request
    QByteArray m_gate;
    bool m_isRunning = false; ///< a step may release gates, which comes back to run()
    bool m_isClosing = false;
};
