// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_connection.h"

#include "tests/support/http_server.h"

#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

#include <algorithm>

namespace {

constexpr qint64 kStepBytes = qint64(64) << 10;
constexpr qint64 kHighWaterBytes = 4 * kStepBytes;
/// As one at the other end of a network: an answer that is there before Qt has done asking may make
/// it ask twice.
#ifdef __SANITIZE_ADDRESS__
constexpr std::chrono::milliseconds kAnswersAfter{10};
#else
constexpr std::chrono::milliseconds kAnswersAfter{2};
#endif

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, HttpServer *server, int number)
    : m_server(server)
    , m_socket(socket)
    , m_number(number)
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::run);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::ended);
    connect(m_server, &HttpServer::released, this, &HttpConnection::run);
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this);
}

void HttpConnection::reset()
{
    m_isClosing = true;
    m_steps.clear();
    const linger atOnce{1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_socket->abort();
}

void HttpConnection::read()
{
    m_input += m_socket->readAll();
    readRequest();
    QTimer::singleShot(kAnswersAfter, Qt::PreciseTimer, this, &HttpConnection::run);
}

void HttpConnection::readRequest()
{
    if (m_logIndex < 0) {
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0 || !m_steps.isEmpty() || m_isClosing) {
            return;
        }
        const auto request = parseRequestHead(m_input.first(end + 4));
        m_input.remove(0, end + 4);
        if (!request) {
            m_steps = {step::Send{response(400)}, step::Close{}};
            return;
        }
        m_request = *request;
        m_request.peerPort = m_socket->peerPort();
        m_request.connection = m_number;
        m_bodyBytesLeft = m_request.header("Content-Length").value_or("0").toLongLong();
        m_logIndex = m_server->log(m_request);
    }
    const QByteArray body = m_input.first(std::min(m_bodyBytesLeft, qint64(m_input.size())));
    m_input.remove(0, body.size());
    m_bodyBytesLeft -= body.size();
    m_server->logBody(m_logIndex, body);
    if (m_bodyBytesLeft == 0) {
        m_logIndex = -1;
        m_steps = m_server->takeSteps(m_request);
    }
}

void HttpConnection::run()
{
    if (m_isRunning) {
        return;
    }
    m_isRunning = true;
    while (!m_isClosing) {
        if (m_steps.isEmpty()) {
            readRequest(); // the next one may have come while this one was being answered
            if (m_steps.isEmpty()) {
                break;
            }
        }
        const ScriptStep current = m_steps.first();
        if (std::visit([this](const auto &step) { return carryOut(step); }, current) ==
            Pace::Wait) {
            break;
        }
    }
    m_isRunning = false;
}

/// A step that is done gives way to those that follow from it.
void HttpConnection::replaceFirst(const Script &steps)
{
    m_steps = steps + m_steps.sliced(1);
}

HttpConnection::Pace HttpConnection::carryOut(const step::Send &send)
{
    m_socket->write(send.bytes);
    replaceFirst({});
    return Pace::Go;
}

HttpConnection::Pace HttpConnection::carryOut(const step::SendBody &part)
{
    if (const Script marks = m_server->takeMarks(m_request.path); !marks.isEmpty()) {
        m_steps = marks + m_steps;
        return Pace::Go;
    }
    const qint64 end = part.end.value_or(part.body.sizeBytes());
    if (part.first >= end) {
        m_socket->write(part.framing == Framing::Chunked ? chunk({}) : QByteArray());
        replaceFirst(part.framing == Framing::UntilClose ? Script{step::Close{}} : Script{});
        return Pace::Go;
    }
    if (m_socket->bytesToWrite() > kHighWaterBytes) {
        return Pace::Wait;
    }
    const qint64 count =
        std::min({kStepBytes, end - part.first, m_server->bytesToNextMark(m_request.path)});
    const QByteArray bytes = part.body.slice(part.first, count);
    m_socket->write(part.framing == Framing::Chunked ? chunk(bytes) : bytes);
    m_server->countBody(m_request.path, count);
    step::SendBody rest = part;
    rest.first += count;
    replaceFirst({rest});
    return Pace::Go;
}

HttpConnection::Pace HttpConnection::carryOut(const step::Serve & /*none*/)
{
    const HttpAnswer answer = m_server->answer(m_request);
    Script steps{step::Send{answer.head}};
    steps.append(step::SendBody{answer.body, answer.first, answer.end, answer.framing});
    replaceFirst(steps);
    return Pace::Go;
}

HttpConnection::Pace HttpConnection::carryOut(const step::WaitFor &gate)
{
    if (!m_server->isOpen(gate.gate)) {
        m_gate = gate.gate;
        return Pace::Wait;
    }
    m_gate.clear();
    replaceFirst({});
    return Pace::Go;
}

HttpConnection::Pace HttpConnection::carryOut(const step::Stall & /*none*/)
{
    return Pace::Wait;
}

HttpConnection::Pace HttpConnection::carryOut(const step::Close & /*none*/)
{
    m_isClosing = true;
    m_steps.clear();
    m_socket->disconnectFromHost();
    return Pace::Wait;
}

HttpConnection::Pace HttpConnection::carryOut(const step::Reset & /*none*/)
{
    if (m_socket->bytesToWrite() == 0) {
        reset();
    }
    return Pace::Wait;
}

HttpConnection::Pace HttpConnection::carryOut(const step::Do &call)
{
    replaceFirst({});
    call.action();
    return Pace::Go;
}
