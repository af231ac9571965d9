// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

#include <array>
#include <optional>

namespace core {

/// What went wrong, split exactly where we would act or speak differently. Stored and printed by
/// name(); what each one means for the job is a row of kCauseCatalogue in core/remedy.
enum class Cause {
    // network
    Offline, ///< this computer is connected to no network, as the system says
    NameNotFound,
    ConnectionRefused,
    ConnectionLost, ///< reset, or closed before all promised bytes came
    ServerSilent,   ///< no connection, no first byte, or no further byte in time
    NotHttp,        ///< the answer is not an HTTP reply, or its framing is broken
    // server
    Forbidden,       ///< 403
    NotFound,        ///< 404
    Gone,            ///< 410
    LoginRequired,   ///< 401
    ServerBusy,      ///< 408, 425, 429, 503: come back later, with or without Retry-After
    ServerFailed,    ///< 500, 502, 504 and other 5xx that may pass
    RequestRejected, ///< other 4xx, 501, 505
    EmptyAnswer,     ///< 204, 205, or no bytes where a file was promised
    WebPageInstead,  ///< a page, mostly to sign in, where a file was asked for
    NetworkSignIn,   ///< 511: the network wants a sign-in before it lets anything through
    BadAnswer,       ///< interim status as final, conflicting lengths, header bombs
    BadRedirect,     ///< missing or unusable Location
    RedirectLoop,
    InsecureRedirect, ///< https hands over to http
    RemoteChanged,    ///< the file on the server is not the one we have a part of
    RangeRefused,     ///< the server sends another part than asked
    EncodedAnswer,    ///< a content coding although identity was asked
    // TLS and proxy
    Untrusted, ///< nobody this computer trusts vouches for the certificate
    CertificateExpired,
    CertificateNotYetValid, ///< or the clock of this computer is wrong
    CertificateOfOtherHost,
    CertificateChanged, ///< not the one that a person trusted for this host
    CertificateRevoked, ///< withdrawn by its issuer, or known to be stolen
    HandshakeFailed,    ///< no common protocol or cipher, or a certificate of ours is wanted
    ProxyUnreachable,
    ProxyFailed, ///< the proxy did not get through to the server, or ends without a word
    ProxyLoginRequired,
    ProxyRefused, ///< the proxy does not want to connect to the server
    // this machine
    DiskFull,
    QuotaExceeded,
    NoPermission,
    FolderMissing,
    ReadOnlyDisk,
    NameTooLong,
    NameExists, ///< an obstacle at Complete
    NotRegularFile,
    FileTooLarge, ///< for this file system or a limit
    DiskFailed,   ///< EIO and other errors of the device
    PartMissing,  ///< our unfinished file was moved or deleted
    PartChanged,  ///< our unfinished file was changed by somebody else
    // verification
    HashMismatch,
    SizeMismatch,
    // anything else
    Internal, ///< a fault of this program
};

inline constexpr std::array kCauses{
    Cause::Offline,
    Cause::NameNotFound,
    Cause::ConnectionRefused,
    Cause::ConnectionLost,
    Cause::ServerSilent,
    Cause::NotHttp,
    Cause::Forbidden,
    Cause::NotFound,
    Cause::Gone,
    Cause::LoginRequired,
    Cause::ServerBusy,
    Cause::ServerFailed,
    Cause::RequestRejected,
    Cause::EmptyAnswer,
    Cause::WebPageInstead,
    Cause::NetworkSignIn,
    Cause::BadAnswer,
    Cause::BadRedirect,
    Cause::RedirectLoop,
    Cause::InsecureRedirect,
    Cause::RemoteChanged,
    Cause::RangeRefused,
    Cause::EncodedAnswer,
    Cause::Untrusted,
    Cause::CertificateExpired,
    Cause::CertificateNotYetValid,
    Cause::CertificateOfOtherHost,
    Cause::CertificateChanged,
    Cause::CertificateRevoked,
    Cause::HandshakeFailed,
    Cause::ProxyUnreachable,
    Cause::ProxyFailed,
    Cause::ProxyLoginRequired,
    Cause::ProxyRefused,
    Cause::DiskFull,
    Cause::QuotaExceeded,
    Cause::NoPermission,
    Cause::FolderMissing,
    Cause::ReadOnlyDisk,
    Cause::NameTooLong,
    Cause::NameExists,
    Cause::NotRegularFile,
    Cause::FileTooLarge,
    Cause::DiskFailed,
    Cause::PartMissing,
    Cause::PartChanged,
    Cause::HashMismatch,
    Cause::SizeMismatch,
    Cause::Internal,
};

/// "RemoteChanged": stable, for the store, logs and JSON.
[[nodiscard]] const char *name(Cause cause);
[[nodiscard]] std::optional<Cause> parseCause(QStringView name);

/// The step that failed: a full disk reads differently while writing than while renaming.
enum class Step { Prepare, Connect, Send, Receive, Write, Verify, Publish, Discard };

[[nodiscard]] const char *name(Step step);
[[nodiscard]] std::optional<Step> parseStep(QStringView name);

} // namespace core
