// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/first_bytes.h"

#include <QNetworkProxy>
#include <QRegularExpression>

#include <algorithm>

namespace core {

namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr qint64 kStatusBytes = 12; // "HTTP/1.1 200"

} // namespace

FirstBytes::FirstBytes(Clock *clock, const QUrl &url, const QByteArray &words,
                       const std::stop_token &stop)
    : m_alarm(clock)
    , m_onStop(stop, [this] { finish(); })
{
    m_coming.start();
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QTcpSocket::connected, this, [this, words] { m_socket.write(words); });
    connect(&m_socket, &QTcpSocket::readyRead, this, [this] {
        if (m_socket.bytesAvailable() >= kStatusBytes) {
            finish();
        }
    });
    connect(&m_socket, &QTcpSocket::disconnected, this, &FirstBytes::finish);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &FirstBytes::finish);
    m_alarm.setIn(kPatience, [this] { finish(); });
    m_socket.connectToHost(url.host(), quint16(url.port(80)));
}

void FirstBytes::finish()
{
    if (!m_coming.future().isFinished()) {
        m_coming.addResult(m_socket.peek(kStatusBytes));
        m_coming.finish();
    }
}

QByteArray headRequest(const QUrl &url)
{
    const QUrl target =
        url.adjusted(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    const QByteArray path = target.toEncoded();
    return "HEAD " + (path.startsWith('/') ? path : '/' + path) +
           " HTTP/1.1\r\nHost: " + url.authority(QUrl::FullyEncoded).section(u'@', -1).toLatin1() +
           "\r\nConnection: close\r\n\r\n";
}

QByteArray clientHello()
{
    // One record with one message: TLS 1.2, no session, two suites, no compression.
    return QByteArray::fromHex("160301002f0100002b0303") + QByteArray(32, 'B') +
           QByteArray::fromHex("000004c02f002f0100");
}

bool isBeginOfTls(const QByteArray &bytes)
{
    return bytes.startsWith("\x15\x03") || bytes.startsWith("\x16\x03");
}

bool isBeginOfHttp(const QByteArray &bytes)
{
    static const QRegularExpression kStatus(QStringLiteral("\\AHTTP/[0-9]\\.[0-9] [0-9]{3}"));
    const QByteArray begin = bytes.first(std::min<qsizetype>(bytes.size(), kStatusBytes));
    return begin.size() < kStatusBytes
               ? QByteArray("HTTP/1.1 ")
                     .startsWith(begin.first(std::min<qsizetype>(begin.size(), 5)))
               : kStatus.match(QString::fromLatin1(begin)).hasMatch();
}

} // namespace core
