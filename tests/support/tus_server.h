// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/server_process.h"

#include <QUrl>

#include <chrono>
#include <optional>

/// One request as the server logged it, when it was over.
struct TusRequest {
    QByteArray method;
    QByteArray target;
    int status = 0;                  ///< 0: the connection ended before there was an answer
    std::optional<qint64> offset;    ///< Upload-Offset of the request
    std::optional<qint64> newOffset; ///< and that of the answer
    qint64 bodyBytes = 0;            ///< of the body, as far as they came
};

/// A real tus server, @tus/server with @tus/file-store as npm has them, on a free port of
/// 127.0.0.1 with a folder of its own; it ends with this object. It knows creation,
/// creation-with-upload, expiration and termination, and no checksums.
class TusServer final {
public:
    /// One sentence when none can be started here, because node is missing or too old or npm's
    /// packages are not there; the test has to be skipped with it. Empty: all is there.
    [[nodiscard]] static QString whyNotHere();

    /// Before start().
    void setLargestBytes(qint64 bytes) { m_largestBytes = bytes; }
    /// Before start(): an unfinished upload is answered with 410 so long after it was made.
    void setExpiry(std::chrono::milliseconds expiry) { m_expiry = expiry; }

    /// True once it takes connections; else error() says why.
    [[nodiscard]] bool start();
    /// Ends it in the middle of whatever it does. start() brings it back on the same port, with all
    /// uploads.
    void stop() { m_process.stop(); }

    /// Where uploads are created.
    [[nodiscard]] QUrl url() const;
    /// The file of the upload at this address, however much of it is there.
    [[nodiscard]] QString uploaded(const QUrl &upload) const;
    /// The addresses of all uploads it has.
    [[nodiscard]] QList<QUrl> uploads() const;
    /// Forgets an upload, as servers do with old ones: it is answered with 404.
    [[nodiscard]] bool forget(const QUrl &upload) const;
    [[nodiscard]] QString error() const { return m_process.error(); }
    [[nodiscard]] QList<TusRequest> requests() const;
    /// Those with this method.
    [[nodiscard]] QList<TusRequest> requests(const QByteArray &method) const;

private:
    ServerProcess m_process{QStringLiteral("node")};
    quint16 m_port = 0;
    qint64 m_largestBytes = 0;
    std::chrono::milliseconds m_expiry{0};
};
