// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/server_process.h"

#include <QUrl>

/// A real squid on free ports of 127.0.0.1, with a configuration and a folder of its own and
/// without a cache; it ends with this object. It has nothing to do with the one that Debian may run
/// as a service. One process with a face for each thing that a proxy does to people.
class Squid final {
public:
    static constexpr const char *kUser = "petra";
    static constexpr const char *kPassword = "open sesame";

    /// Before start(): CONNECT to this port is refused with 403.
    void refuseConnectTo(int port) { m_refusedPort = port; }
    /// True once it takes connections; else error() says why.
    [[nodiscard]] bool start();
    void stop() { m_process.stop(); }
    [[nodiscard]] QString error() const { return m_process.error(); }

    /// Takes everybody.
    [[nodiscard]] QUrl open() const { return face(m_openPort); }
    /// Asks for a name and a password.
    [[nodiscard]] QUrl guarded() const { return face(m_guardedPort); }
    [[nodiscard]] QUrl guarded(const QString &user, const QString &password) const;
    /// Takes Range out of every request.
    [[nodiscard]] QUrl withoutRanges() const { return face(m_plainPort); }

    /// Its own log: the method and the target of each request, and what came of it.
    [[nodiscard]] QByteArray accessLog() const;

private:
    [[nodiscard]] static QUrl face(quint16 port);
    [[nodiscard]] bool writeConfiguration();

    ServerProcess m_process{QStringLiteral("squid")};
    quint16 m_openPort = 0;
    quint16 m_guardedPort = 0;
    quint16 m_plainPort = 0;
    int m_refusedPort = 1;
};
