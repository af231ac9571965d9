// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QByteArray>
#include <QList>

#include <optional>

/// One request as it came over the wire. It is logged when its head is there; the body follows.
struct HttpRequest {
    QByteArray method;
    QByteArray path;            ///< the whole target, query included
    core::HeaderFields headers; ///< as spelt by the client, in order
    QByteArray raw;             ///< the head to the byte, the blank line included
    qint64 bodyBytes = 0;       ///< received so far
    QByteArray body;            ///< its first MiB
    quint16 peerPort = 0;
    int connection = 0; ///< counts from 1; the same number: the connection was used again

    /// The value of the first such field, without regard to case; nothing when there is none.
    [[nodiscard]] std::optional<QByteArray> header(QByteArrayView name) const;
    /// How many fields of that name there are: a field sent twice is a fault.
    [[nodiscard]] int count(QByteArrayView name) const;
};

/// Nothing when the bytes are not the head of a request.
[[nodiscard]] std::optional<HttpRequest> parseRequestHead(const QByteArray &head);

/// A status line, the fields as given, and the blank line. Nothing is added: no length, no date.
[[nodiscard]] QByteArray responseHead(int status, const core::HeaderFields &fields = {});
/// A whole response with its Content-Length.
[[nodiscard]] QByteArray response(int status, core::HeaderFields fields = {},
                                  const QByteArray &body = {});
/// One chunk of the chunked coding; the empty one ends the body.
[[nodiscard]] QByteArray chunk(const QByteArray &bytes);
