// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <stop_token>

namespace core {

/// How an answer begins, seen on a connection of its own: the transport takes what is no HTTP for
/// a lost connection, and its bytes are gone. Without a proxy; lives until what comes is ready.
class FirstBytes final : public QObject {
public:
    /// Says these words to the server of the address.
    FirstBytes(Clock *clock, const QUrl &url, const QByteArray &words, const std::stop_token &stop);

    /// As long as a status line is up to its code, or all that came; nothing when nobody answers
    /// within some seconds, or the stop was requested.
    [[nodiscard]] QFuture<QByteArray> coming() const { return m_coming.future(); }

private:
    void finish();

    QTcpSocket m_socket;
    QPromise<QByteArray> m_coming;
    Alarm m_alarm;
    std::stop_callback<std::function<void()>> m_onStop;
};

/// A plain request for the address: HEAD (RFC 9110, 9.3.2), without a login.
[[nodiscard]] QByteArray headRequest(const QUrl &url);
/// The least with which TLS begins (RFC 5246, 7.4.1.2): who speaks it answers, if only to refuse.
[[nodiscard]] QByteArray clientHello();

/// Whether it is an alert or a greeting of TLS (RFC 8446, 5.1).
[[nodiscard]] bool isBeginOfTls(const QByteArray &bytes);
/// Whether an answer that begins with these bytes is one of a web server (RFC 9112, 4), as far as
/// they go.
[[nodiscard]] bool isBeginOfHttp(const QByteArray &bytes);

} // namespace core
