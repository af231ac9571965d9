// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/http_script.h"

#include <QHash>
#include <QSet>
#include <QTcpServer>
#include <QUrl>

class HttpConnection;

/// A scripted HTTP/1.1 server for tests, on a free port of 127.0.0.1, in the thread of the test: it
/// works whenever the event loop turns and never sleeps. It behaves, or misbehaves to the byte, and
/// logs every request. Behaviours may be changed at any time; an answer under way keeps its file.
///
/// A path is looked up with its query first, then without. What next() queued comes first, then
/// what serve(), script() or refuse() said last, else 404.
class HttpServer final : public QObject {
    Q_OBJECT

public:
    explicit HttpServer(QObject *parent = nullptr);
    ~HttpServer() override;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url(const QString &path) const;
    /// A port of 127.0.0.1 where nobody listens: connections are refused. Never the same
    /// twice.
    [[nodiscard]] static quint16 closedPort();

    /// From now on the path is this file.
    void serve(const QByteArray &path, const Resource &resource);
    /// From now on every request of the path is answered by these steps; step::Serve among them
    /// means what serve() was last told.
    void script(const QByteArray &path, const Script &steps);
    /// From now on every request of the path gets this status, and a short text.
    void refuse(const QByteArray &path, int status, const core::HeaderFields &fields = {});
    void redirect(const QByteArray &path, const QByteArray &location, int status = 302);

    /// The next requests of the path, once each, in the order of the calls.
    void next(const QByteArray &path, const Script &steps, int times = 1);
    void nextStatus(const QByteArray &path, int status, const core::HeaderFields &fields = {},
                    int times = 1);

    /// When `bytes` further body bytes of the path have been sent, in however many answers, these
    /// steps come in between, once.
    void after(const QByteArray &path, qint64 bytes, const Script &steps);
    void holdAfter(const QByteArray &path, qint64 bytes, const QByteArray &gate);
    void cutAfter(const QByteArray &path, qint64 bytes);
    /// Cuts, and from then on answers with the status: a link that runs out half-way.
    void failAfter(const QByteArray &path, qint64 bytes, int status);

    /// Lets go of everything that waits at the gate, and of all that gets there later.
    void release(const QByteArray &gate);
    [[nodiscard]] bool isWaitingAt(const QByteArray &gate) const;

    [[nodiscard]] const QList<HttpRequest> &requests() const { return m_requests; }
    [[nodiscard]] QList<HttpRequest> requests(const QByteArray &path) const;
    [[nodiscard]] qint64 bodyBytesSent(const QByteArray &path) const;
    [[nodiscard]] int connectionsEver() const { return m_connectionsEver; }
    [[nodiscard]] int connectionsOpen() const { return int(m_connections.size()); }

    /// Resets every connection.
    void dropConnections();
    /// Connections are refused until listenAgain(), which takes the same port.
    void stopListening();
    void listenAgain();

Q_SIGNALS:
    /// The head of requests().at(index) has come; its body may still be on the way.
    void requested(int index);
    void released();

private:
    friend class HttpConnection;

    struct Mark {
        qint64 atBytes = 0;
        Script steps;
    };
    struct Site {
        std::optional<Resource> resource;
        std::optional<Script> script;
        QList<Script> queue;
        QList<Mark> marks; ///< in the order of atBytes
        qint64 bodyBytesSent = 0;
    };

    // What a connection asks and tells.
    [[nodiscard]] int log(const HttpRequest &request);
    void logBody(int index, const QByteArray &bytes);
    [[nodiscard]] Script takeSteps(const HttpRequest &request);
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) const;
    [[nodiscard]] Script takeMarks(const QByteArray &path);
    [[nodiscard]] qint64 bytesToNextMark(const QByteArray &path) const;
    void countBody(const QByteArray &path, qint64 bytes);
    [[nodiscard]] bool isOpen(const QByteArray &gate) const { return m_openGates.contains(gate); }

    void accept();
    [[nodiscard]] QByteArray keyOf(const QByteArray &target) const;

    QTcpServer m_listener;
    quint16 m_port = 0;
    QHash<QByteArray, Site> m_sites;
    QList<HttpRequest> m_requests;
    QSet<QByteArray> m_openGates;
    QList<HttpConnection *> m_connections;
    int m_connectionsEver = 0;
};
