// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/diagnose.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// What Qt 6.4 was seen to report, and what it stands for.
class DiagnoseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatFailsOnTheWayIsOfWhomWeTalkTo_data()
    {
        QTest::addColumn<QNetworkReply::NetworkError>("error");
        QTest::addColumn<Way>("way");
        QTest::addColumn<QString>("text");
        QTest::addColumn<Cause>("cause");
        const auto row = [](const char *name, QNetworkReply::NetworkError error, Way way,
                            const char *text, Cause cause) {
            QTest::newRow(name) << error << way << QString::fromLatin1(text) << cause;
        };
        using R = QNetworkReply;
        row("no such server", R::HostNotFoundError, Way::Direct, "", Cause::NameNotFound);
        row("no such proxy", R::HostNotFoundError, Way::ThroughProxy, "", Cause::ProxyUnreachable);
        row("no such proxy, https", R::HostNotFoundError, Way::Tunnel, "Host a.example not found",
            Cause::ProxyUnreachable);
        row("server down", R::ConnectionRefusedError, Way::Direct, "", Cause::ConnectionRefused);
        row("proxy down", R::ConnectionRefusedError, Way::ThroughProxy, "",
            Cause::ProxyUnreachable);
        row("proxy down, https", R::UnknownNetworkError, Way::Tunnel, "Proxy connection refused",
            Cause::ProxyUnreachable);
        row("CONNECT 503: server down", R::ConnectionRefusedError, Way::Tunnel,
            "Connection refused", Cause::ConnectionRefused);
        row("CONNECT 403", R::UnknownNetworkError, Way::Tunnel, "Proxy denied connection",
            Cause::ProxyRefused);
        row("CONNECT 502", R::UnknownNetworkError, Way::Tunnel,
            "Error communicating with HTTP proxy", Cause::ProxyFailed);
        row("CONNECT 404", R::HostNotFoundError, Way::Tunnel, "Host  not found",
            Cause::ProxyFailed);
        row("CONNECT 407 that does not say how", R::UnknownNetworkError, Way::Tunnel,
            "Error parsing authentication request from proxy", Cause::ProxyLoginRequired);
        row("a proxy that hangs up", R::RemoteHostClosedError, Way::ThroughProxy, "",
            Cause::ProxyFailed);
        row("a certificate of ours is wanted", R::UnknownNetworkError, Way::Direct,
            "Error while reading: error:0A00045C:SSL routines::tlsv13 alert certificate required",
            Cause::HandshakeFailed);
        row("a server that hangs up", R::RemoteHostClosedError, Way::Direct, "",
            Cause::ConnectionLost);
        row("a server that hangs up, in the tunnel", R::RemoteHostClosedError, Way::Tunnel, "",
            Cause::ConnectionLost);
        row("CONNECT, garbage", R::UnknownNetworkError, Way::Tunnel,
            "Did not receive HTTP response from proxy", Cause::ProxyRefused);
        row("no network", R::UnknownNetworkError, Way::Tunnel, "Network unreachable",
            Cause::ConnectionLost);
        row("the same words, but no tunnel", R::UnknownNetworkError, Way::Direct,
            "Proxy denied connection", Cause::ConnectionLost);
        row("a login is wanted", R::ProxyAuthenticationRequiredError, Way::Tunnel, "",
            Cause::ProxyLoginRequired);
        row("no TLS in the tunnel", R::SslHandshakeFailedError, Way::Tunnel, "",
            Cause::HandshakeFailed);
    }
    void whatFailsOnTheWayIsOfWhomWeTalkTo()
    {
        QFETCH(QNetworkReply::NetworkError, error);
        QFETCH(Way, way);
        QFETCH(QString, text);
        QFETCH(Cause, cause);
        QCOMPARE(causeOfTransport(error, way, text), cause);
    }

    void whatIsNoTlsIsToldByItsWords_data()
    {
        QTest::addColumn<QNetworkReply::NetworkError>("error");
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::optional<Reason>>("reason");
        const QString words = QStringLiteral("SSL handshake failed: error:0A00010B:SSL "
                                             "routines::wrong version number");
        QTest::newRow("it is") << QNetworkReply::SslHandshakeFailedError << words
                               << std::optional(Reason::SpeaksNoTls);
        QTest::newRow("another handshake that failed")
            << QNetworkReply::SslHandshakeFailedError
            << QStringLiteral("SSL handshake failed: no protocols available")
            << std::optional<Reason>();
        QTest::newRow("another error")
            << QNetworkReply::RemoteHostClosedError << words << std::optional<Reason>();
    }
    void whatIsNoTlsIsToldByItsWords()
    {
        QFETCH(QNetworkReply::NetworkError, error);
        QFETCH(QString, text);
        QFETCH(std::optional<Reason>, reason);
        QCOMPARE(reasonOfTransport(error, text), reason);
    }
};

BELLHOP_TEST(DiagnoseTest)
#include "tst_diagnose.moc"
