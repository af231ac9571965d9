// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/certificates.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/server_process.h"

#include <QUrl>

#include <map>

/// One request as nginx logged it, when it was over.
struct NginxRequest {
    QByteArray method;
    QByteArray target;
    int status = 0;
    qint64 bodyBytes = 0;
    QByteArray range; ///< as the fields came; empty: none
    quint16 port = 0; ///< of the server that was asked
    QByteArray authorization;
    qint64 requestBytes = 0; ///< line, header and body, as far as they came
};

/// A real nginx on a free port of 127.0.0.1, with a configuration and a folder of its own; it ends
/// with this object. One folder of files is served under several paths:
///
///     /…           as it is: ranges, ETag, Last-Modified
///     /noranges/…  ranges are ignored (max_ranges 0)
///     /slow/…      1 MiB a second for each connection
///     /login/…     the same file, for kUser with kPassword (Basic)
///     /insecure/…  from a server with TLS to the same file without
///     /at/PORT/…   from there to the same file of another server with TLS
///     /portal/…    a page to sign in instead of the file, with status 200
///     /members/…   a redirect to that page
///     /loop/…      a redirect to itself
///     /forbidden/… 403
///     /empty/…     204
///
/// What is sent to these is kept, each in a folder of its own (PUT, DELETE, MKCOL), and can be had
/// from there:
///
///     /dav/…           everything; 500 when the folder is missing, as nginx has it
///     /dav-small/…     413 for more than 1 MiB
///     /dav-login/…     for kUser with kPassword (Basic)
///     /dav-readonly/…  403; all paths above: 405
///
/// The same under https, with as many certificates as a test wants.
class Nginx final {
public:
    static constexpr const char *kUser = "anna";
    static constexpr const char *kPassword = "open sesame";

    /// True once it takes connections; else error() says why.
    [[nodiscard]] bool start();
    /// Ends it in the middle of whatever it does. start() brings it back on the same port.
    void stop() { m_process.stop(); }

    /// Puts the file in its place, or another version of it: with another time, so that its
    /// validators change.
    [[nodiscard]] bool addFile(const QString &name, const Body &body);
    /// Before start(): the server of that name speaks TLS with this certificate. Said again after
    /// stop(), it comes back with another one on the same port.
    void useTls(const QString &server, const ServerCertificate &certificate,
                const QByteArray &protocols = "TLSv1.2 TLSv1.3");

    [[nodiscard]] QUrl url(const QString &path) const;
    [[nodiscard]] QUrl tlsUrl(const QString &server, const QString &path) const;
    /// Where a file lies that was sent to this path below /dav….
    [[nodiscard]] QString uploaded(const QString &path) const;
    [[nodiscard]] QString error() const { return m_process.error(); }
    [[nodiscard]] QByteArray accessLog() const;
    [[nodiscard]] QList<NginxRequest> requests() const;
    /// Those of one target.
    [[nodiscard]] QList<NginxRequest> requests(const QByteArray &target) const;

private:
    struct TlsServer {
        ServerCertificate certificate;
        QByteArray protocols;
        quint16 port = 0;
    };

    [[nodiscard]] QByteArray tlsServers() const;
    [[nodiscard]] bool writeConfiguration();

    ServerProcess m_process{QStringLiteral("nginx")};
    quint16 m_port = 0;
    std::map<QString, TlsServer> m_tls;
    int m_versions = 0;
};
