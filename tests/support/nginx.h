// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/pattern_bytes.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

/// A real nginx on a free port of 127.0.0.1, with a configuration and a folder of its own; it ends
/// with this object. One folder of files is served under several paths:
///
///     /…           as it is: ranges, ETag, Last-Modified
///     /noranges/…  ranges are ignored (max_ranges 0)
///     /slow/…      1 MiB a second for each connection
///     /login/…     the same file, for kUser with kPassword (Basic)
class Nginx final {
public:
    static constexpr const char *kUser = "anna";
    static constexpr const char *kPassword = "open sesame";

    Nginx();
    ~Nginx();
    Nginx(const Nginx &) = delete;
    Nginx &operator=(const Nginx &) = delete;

    /// True once it takes connections; else error() says why.
    [[nodiscard]] bool start();
    /// Ends it in the middle of whatever it does. start() brings it back on the same port.
    void stop();

    [[nodiscard]] bool addFile(const QString &name, const Body &body);
    [[nodiscard]] QUrl url(const QString &path) const;
    [[nodiscard]] QString error() const { return m_error; }
    /// One line for each request: method, target, status, body bytes sent, Range.
    [[nodiscard]] QByteArray accessLog() const;

private:
    [[nodiscard]] bool writeConfiguration();
    [[nodiscard]] bool takesConnections() const;

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
    QString m_error;
};
