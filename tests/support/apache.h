// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/server_process.h"

#include <QUrl>

/// One request as Apache logged it, when it was over.
struct ApacheRequest {
    QByteArray method;
    QByteArray target;
    int status = 0;
    qint64 requestBytes = 0; ///< line, header and body, as far as they came
};

/// A real Apache with mod_dav on a free port of 127.0.0.1, with a configuration and a folder of its
/// own; it ends with this object. It has nothing to do with a service of the system. It speaks
/// WebDAV of class 2, so with locks, ETags and conditions, in one folder under two paths:
///
///     /dav/…    everybody
///     /login/…  for kUser with kPassword (Basic)
///
/// An ETag is weak for a second after the file was sent, so that If-Match cannot hold. A limit to
/// the folder is a MountedDisk on uploadFolder(), made before start(). Where it is full,
/// this Apache answers 500 or 507.
class Apache final {
public:
    static constexpr const char *kUser = "bert";
    static constexpr const char *kPassword = "open sesame";

    Apache();

    /// True once it takes connections; else error() says why.
    [[nodiscard]] bool start();
    /// Ends it in the middle of whatever it does. start() brings it back on the same port.
    void stop() { m_process.stop(); }

    [[nodiscard]] QUrl url(const QString &path) const;
    /// Where a file lies that was sent to this path below /dav or /login.
    [[nodiscard]] QString uploaded(const QString &path) const;
    /// The folder they lie in.
    [[nodiscard]] QString uploadFolder() const { return m_process.path(QStringLiteral("uploads")); }
    [[nodiscard]] QString error() const;
    [[nodiscard]] QList<ApacheRequest> requests() const;

    /// Somebody else locks what is at this path, which must be there, so that a PUT is answered
    /// with 423. False: it could not be done.
    [[nodiscard]] bool lock(const QString &path) const;

private:
    [[nodiscard]] bool writeConfiguration();

    ServerProcess m_process{QStringLiteral("apache2")};
    quint16 m_port = 0;
};
