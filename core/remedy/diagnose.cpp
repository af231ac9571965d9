// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/diagnose.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstring>

namespace core {

namespace {

struct StatusRow {
    int status;
    Cause cause;
};

/// Statuses with a meaning of their own; the rest goes by its class.
constexpr std::array kStatuses{
    StatusRow{202, Cause::ServerBusy},      StatusRow{204, Cause::EmptyAnswer},
    StatusRow{205, Cause::EmptyAnswer},     StatusRow{300, Cause::RequestRejected},
    StatusRow{401, Cause::LoginRequired},   StatusRow{403, Cause::Forbidden},
    StatusRow{404, Cause::NotFound},        StatusRow{407, Cause::ProxyLoginRequired},
    StatusRow{408, Cause::ServerBusy},      StatusRow{410, Cause::Gone},
    StatusRow{425, Cause::ServerBusy},      StatusRow{429, Cause::ServerBusy},
    StatusRow{501, Cause::RequestRejected}, StatusRow{503, Cause::ServerBusy},
    StatusRow{505, Cause::RequestRejected}, StatusRow{508, Cause::RequestRejected},
    StatusRow{511, Cause::NetworkSignIn},
};

struct TunnelRow {
    const char *text; ///< as in the source of QHttpSocketEngine
    Cause cause;
};

/// What becomes of CONNECT. Qt 6.4 reports all of these as UnknownNetworkError, so that the text is
/// the only sign; it is compared in the language of the program. 503 comes as a refused connection
/// to the server, which it stands for.
constexpr std::array kTunnel{
    TunnelRow{"Proxy connection refused", Cause::ProxyUnreachable},
    TunnelRow{"Proxy denied connection", Cause::ProxyRefused},            // 403, 405
    TunnelRow{"Error communicating with HTTP proxy", Cause::ProxyFailed}, // any other status
    TunnelRow{"Error parsing authentication request from proxy", Cause::ProxyLoginRequired},
    TunnelRow{"Did not receive HTTP response from proxy", Cause::ProxyRefused},
};

/// 404 to CONNECT comes as a name that was not found, of nobody.
bool isNobodyMissing(const QString &text)
{
    return text == QCoreApplication::translate("QHttp", "Host %1 not found").arg(QString());
}

/// With TLS 1.3 a server says so when the handshake is over for us already (RFC 8446, 6.2); the
/// words of OpenSSL are the only sign.
bool wantsOurCertificate(const QString &text)
{
    return text.contains(QLatin1StringView("alert certificate required"));
}

/// Likewise where there is no TLS at all.
bool isNoTls(const QString &text)
{
    return text.contains(QLatin1StringView("wrong version number"));
}

/// Where a proxy is on the way, nothing else is connected to or looked up by us.
std::optional<Cause> causeOnWay(QNetworkReply::NetworkError error, Way way, const QString &text)
{
    const bool isMissing = error == QNetworkReply::HostNotFoundError ||
                           (error == QNetworkReply::ConnectionRefusedError && way != Way::Tunnel);
    if (way != Way::Direct && isMissing) {
        return way == Way::Tunnel && isNobodyMissing(text) ? Cause::ProxyFailed
                                                           : Cause::ProxyUnreachable;
    }
    if (way == Way::ThroughProxy && error == QNetworkReply::RemoteHostClosedError) {
        return Cause::ProxyFailed; // it hung up on us before any answer
    }
    if (way != Way::Tunnel || error != QNetworkReply::UnknownNetworkError) {
        return std::nullopt;
    }
    const auto row = std::ranges::find_if(kTunnel, [&text](const TunnelRow &each) {
        return text == QCoreApplication::translate("QHttpSocketEngine", each.text);
    });
    return row == kTunnel.end() ? std::nullopt : std::optional(row->cause);
}

} // namespace

Cause causeOfStatus(int httpStatus)
{
    const auto row = std::ranges::find(kStatuses, httpStatus, &StatusRow::status);
    if (row != kStatuses.end()) {
        return row->cause;
    }
    if (httpStatus >= 500) {
        return Cause::ServerFailed;
    }
    return httpStatus >= 400 ? Cause::RequestRejected : Cause::BadAnswer;
}

// NOLINTNEXTLINE(readability-function-size): one row per error of the transport
Cause causeOfTransport(QNetworkReply::NetworkError error, Way way, const QString &text)
{
    if (const auto cause = causeOnWay(error, way, text)) {
        return *cause;
    }
    if (wantsOurCertificate(text)) {
        return Cause::HandshakeFailed;
    }
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return Cause::NameNotFound;
    case QNetworkReply::ConnectionRefusedError:
        return Cause::ConnectionRefused;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return Cause::ServerSilent;
    case QNetworkReply::SslHandshakeFailedError:
        return Cause::HandshakeFailed;
    case QNetworkReply::ProxyConnectionClosedError:
        return Cause::ProxyFailed;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return Cause::ProxyUnreachable;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return Cause::ProxyLoginRequired;
    case QNetworkReply::ContentAccessDenied: // without a status only a proxy says so, to CONNECT
        return Cause::ProxyRefused;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
        return Cause::NotHttp;
    case QNetworkReply::NoError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::BackgroundRequestNotAllowedError:
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return Cause::ConnectionLost;
    }
    return Cause::ConnectionLost;
}

std::optional<Reason> reasonOfTransport(QNetworkReply::NetworkError error, const QString &text)
{
    return error == QNetworkReply::SslHandshakeFailedError && isNoTls(text)
               ? std::optional(Reason::SpeaksNoTls)
               : std::nullopt;
}

JobError diagnose(const DiskError &error)
{
    JobError made{.cause = causeOf(error),
                  .step = error.step,
                  .localPath = error.path,
                  .bytesMissing = error.bytesMissing,
                  .reason = error.reason};
    made.evidence.osError = error.osError;
    if (error.osError != 0) {
        made.evidence.detail = QString::fromLocal8Bit(std::strerror(error.osError));
    }
    return made;
}

} // namespace core
