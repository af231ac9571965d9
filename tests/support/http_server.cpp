// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_server.h"

#include "tests/support/http_connection.h"

#include <QTcpSocket>

#include <algorithm>
#include <limits>

namespace {

constexpr qsizetype kLoggedBodyBytes = 1 << 20;

Script statusScript(int status, const core::HeaderFields &fields)
{
    return {step::Send{response(status, fields, "Status " + QByteArray::number(status) + '\n')}};
}

} // namespace

HttpServer::HttpServer(QObject *parent)
    : QObject(parent)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &HttpServer::accept);
    listenAgain();
}

HttpServer::~HttpServer()
{
    qDeleteAll(m_connections);
}

QUrl HttpServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
}

quint16 HttpServer::closedPort()
{
    static QSet<quint16> given; // two servers that are to listen later must not get the same one
    while (true) {
        QTcpServer listener;
        if (!listener.listen(QHostAddress::LocalHost)) {
            qFatal("No port can be had: %s", qPrintable(listener.errorString()));
        }
        if (const quint16 port = listener.serverPort(); !given.contains(port)) {
            given.insert(port);
            return port;
        }
    }
}

void HttpServer::serve(const QByteArray &path, const Resource &resource)
{
    Site &site = m_sites[path];
    site.resource = resource;
    site.script.reset();
}

void HttpServer::script(const QByteArray &path, const Script &steps)
{
    m_sites[path].script = steps;
}

void HttpServer::refuse(const QByteArray &path, int status, const core::HeaderFields &fields)
{
    script(path, statusScript(status, fields));
}

void HttpServer::redirect(const QByteArray &path, const QByteArray &location, int status)
{
    refuse(path, status, {{"Location", location}});
}

void HttpServer::next(const QByteArray &path, const Script &steps, int times)
{
    m_sites[path].queue.append(QList<Script>(times, steps));
}

void HttpServer::nextStatus(const QByteArray &path, int status, const core::HeaderFields &fields,
                            int times)
{
    next(path, statusScript(status, fields), times);
}

void HttpServer::after(const QByteArray &path, qint64 bytes, const Script &steps)
{
    Site &site = m_sites[path];
    const Mark mark{site.bodyBytesSent + bytes, steps};
    const auto place = std::ranges::upper_bound(site.marks, mark.atBytes, {}, &Mark::atBytes);
    site.marks.insert(place, mark);
}

void HttpServer::holdAfter(const QByteArray &path, qint64 bytes, const QByteArray &gate)
{
    after(path, bytes, {step::WaitFor{gate}});
}

void HttpServer::cutAfter(const QByteArray &path, qint64 bytes)
{
    after(path, bytes, {step::Close{}});
}

void HttpServer::failAfter(const QByteArray &path, qint64 bytes, int status)
{
    after(path, bytes, {step::Do{[this, path, status] { refuse(path, status); }}, step::Close{}});
}

void HttpServer::release(const QByteArray &gate)
{
    m_openGates.insert(gate);
    Q_EMIT released();
}

bool HttpServer::isWaitingAt(const QByteArray &gate) const
{
    return std::ranges::any_of(m_connections, [&gate](const HttpConnection *connection) {
        return connection->isWaitingAt(gate);
    });
}

QList<HttpRequest> HttpServer::requests(const QByteArray &path) const
{
    QList<HttpRequest> matching;
    std::ranges::copy_if(m_requests, std::back_inserter(matching), [&](const HttpRequest &request) {
        return request.path == path || keyOf(request.path) == path;
    });
    return matching;
}

qint64 HttpServer::bodyBytesSent(const QByteArray &path) const
{
    return m_sites.value(path).bodyBytesSent;
}

void HttpServer::dropConnections()
{
    for (HttpConnection *connection : QList(m_connections)) {
        connection->reset();
    }
}

void HttpServer::stopListening()
{
    m_listener.close();
}

void HttpServer::listenAgain()
{
    if (!m_listener.listen(QHostAddress::LocalHost, m_port)) {
        qFatal("The test server cannot listen: %s", qPrintable(m_listener.errorString()));
    }
    m_port = m_listener.serverPort();
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = m_listener.nextPendingConnection()) {
        auto *connection = new HttpConnection(socket, this, ++m_connectionsEver);
        m_connections.append(connection);
        connect(connection, &HttpConnection::ended, this, [this, connection] {
            m_connections.removeOne(connection);
            connection->deleteLater();
        });
    }
}

QByteArray HttpServer::keyOf(const QByteArray &target) const
{
    const qsizetype query = target.indexOf('?');
    return m_sites.contains(target) || query < 0 ? target : target.first(query);
}

int HttpServer::log(const HttpRequest &request)
{
    m_requests.append(request);
    const int index = int(m_requests.size()) - 1;
    Q_EMIT requested(index);
    return index;
}

void HttpServer::logBody(int index, const QByteArray &bytes)
{
    HttpRequest &request = m_requests[index];
    request.bodyBytes += bytes.size();
    request.body += bytes.first(std::min(bytes.size(), kLoggedBodyBytes - request.body.size()));
}

Script HttpServer::takeSteps(const HttpRequest &request)
{
    Site &site = m_sites[keyOf(request.path)];
    if (!site.queue.isEmpty()) {
        return site.queue.takeFirst();
    }
    return site.script.value_or(Script{step::Serve{}});
}

HttpAnswer HttpServer::answer(const HttpRequest &request) const
{
    const auto site = m_sites.constFind(keyOf(request.path));
    if (site == m_sites.cend() || !site->resource) {
        return {response(404), {}, 0, 0, Framing::Length};
    }
    return answerTo(request, *site->resource);
}

Script HttpServer::takeMarks(const QByteArray &path)
{
    Site &site = m_sites[keyOf(path)];
    Script steps;
    while (!site.marks.isEmpty() && site.marks.first().atBytes <= site.bodyBytesSent) {
        steps += site.marks.takeFirst().steps;
    }
    return steps;
}

qint64 HttpServer::bytesToNextMark(const QByteArray &path) const
{
    const auto site = m_sites.constFind(keyOf(path));
    if (site == m_sites.cend() || site->marks.isEmpty()) {
        return std::numeric_limits<qint64>::max();
    }
    return site->marks.first().atBytes - site->bodyBytesSent;
}

void HttpServer::countBody(const QByteArray &path, qint64 bytes)
{
    m_sites[keyOf(path)].bodyBytesSent += bytes;
}
