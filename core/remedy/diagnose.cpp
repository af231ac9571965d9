// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/diagnose.h"

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
    StatusRow{202, Cause::ServerBusy},
    StatusRow{204, Cause::EmptyAnswer},
    StatusRow{205, Cause::EmptyAnswer},
    StatusRow{401, Cause::LoginRequired},
    StatusRow{403, Cause::Forbidden},
    StatusRow{404, Cause::NotFound},
    StatusRow{407, Cause::ProxyLoginRequired},
    StatusRow{408, Cause::ServerBusy},
    StatusRow{410, Cause::Gone},
    StatusRow{425, Cause::ServerBusy},
    StatusRow{429, Cause::ServerBusy},
    StatusRow{501, Cause::RequestRejected},
    StatusRow{503, Cause::ServerBusy},
    StatusRow{505, Cause::RequestRejected},
    StatusRow{508, Cause::RequestRejected},
    StatusRow{511, Cause::NetworkSignIn},
};

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
Cause causeOfTransport(QNetworkReply::NetworkError error)
{
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
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
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

JobError diagnose(const DiskError &error)
{
    JobError made{.cause = causeOf(error),
                  .step = error.step,
                  .localPath = error.path,
                  .bytesMissing = error.bytesMissing};
    made.evidence.osError = error.osError;
    if (error.osError != 0) {
        made.evidence.detail = QString::fromLocal8Bit(std::strerror(error.osError));
    }
    return made;
}

} // namespace core
