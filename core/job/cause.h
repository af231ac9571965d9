// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"

namespace core {

/// What went wrong, split exactly where we would act or speak differently. Stored and printed by
/// name(); what each one means for the job is a row of kCauseCatalogue in core/remedy.
enum class Cause {
    // network
    Offline, ///< this computer is connected to no network, as the system says
    Metered, ///< it may cost money to use the network, and the job may wait
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
    DriveMissing, ///< the folder was on a drive that is not where it was
    NotAFolder,   ///< a file, or a link that was not there before, where a folder has to be
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
    // uploads
    SourceMissing,
    SourceUnreadable,
    SourceNotAFile, ///< a folder, a pipe, a device
    SourceChanged,  ///< while it was being sent
    RemoteNameTaken,
    RemoteFolderMissing, ///< 409 to a PUT (RFC 4918, 9.7.1)
    RemoteLocked,        ///< 423
    UploadTooLarge,      ///< 413, or what the server says beforehand
    RemoteFull,          ///< 507
    UploadNotTaken,      ///< the address takes no uploads, or none of the way that is wanted
    UploadElsewhere,     ///< it is to go to another server
    Unconfirmed,         ///< all was sent, and nobody can say whether the server has it
    StoredDiffers,       ///< the server has another number of bytes than were sent
    // anything else
    Internal, ///< a fault of this program
};
template <>
struct EnumRows<Cause> {
    static constexpr std::array rows{
        EnumRow{Cause::Offline, "Offline"},
        EnumRow{Cause::Metered, "Metered"},
        EnumRow{Cause::NameNotFound, "NameNotFound"},
        EnumRow{Cause::ConnectionRefused, "ConnectionRefused"},
        EnumRow{Cause::ConnectionLost, "ConnectionLost"},
        EnumRow{Cause::ServerSilent, "ServerSilent"},
        EnumRow{Cause::NotHttp, "NotHttp"},
        EnumRow{Cause::Forbidden, "Forbidden"},
        EnumRow{Cause::NotFound, "NotFound"},
        EnumRow{Cause::Gone, "Gone"},
        EnumRow{Cause::LoginRequired, "LoginRequired"},
        EnumRow{Cause::ServerBusy, "ServerBusy"},
        EnumRow{Cause::ServerFailed, "ServerFailed"},
        EnumRow{Cause::RequestRejected, "RequestRejected"},
        EnumRow{Cause::EmptyAnswer, "EmptyAnswer"},
        EnumRow{Cause::WebPageInstead, "WebPageInstead"},
        EnumRow{Cause::NetworkSignIn, "NetworkSignIn"},
        EnumRow{Cause::BadAnswer, "BadAnswer"},
        EnumRow{Cause::BadRedirect, "BadRedirect"},
        EnumRow{Cause::RedirectLoop, "RedirectLoop"},
        EnumRow{Cause::InsecureRedirect, "InsecureRedirect"},
        EnumRow{Cause::RemoteChanged, "RemoteChanged"},
        EnumRow{Cause::RangeRefused, "RangeRefused"},
        EnumRow{Cause::EncodedAnswer, "EncodedAnswer"},
        EnumRow{Cause::Untrusted, "Untrusted"},
        EnumRow{Cause::CertificateExpired, "CertificateExpired"},
        EnumRow{Cause::CertificateNotYetValid, "CertificateNotYetValid"},
        EnumRow{Cause::CertificateOfOtherHost, "CertificateOfOtherHost"},
        EnumRow{Cause::CertificateChanged, "CertificateChanged"},
        EnumRow{Cause::CertificateRevoked, "CertificateRevoked"},
        EnumRow{Cause::HandshakeFailed, "HandshakeFailed"},
        EnumRow{Cause::ProxyUnreachable, "ProxyUnreachable"},
        EnumRow{Cause::ProxyFailed, "ProxyFailed"},
        EnumRow{Cause::ProxyLoginRequired, "ProxyLoginRequired"},
        EnumRow{Cause::ProxyRefused, "ProxyRefused"},
        EnumRow{Cause::DiskFull, "DiskFull"},
        EnumRow{Cause::QuotaExceeded, "QuotaExceeded"},
        EnumRow{Cause::NoPermission, "NoPermission"},
        EnumRow{Cause::FolderMissing, "FolderMissing"},
        EnumRow{Cause::DriveMissing, "DriveMissing"},
        EnumRow{Cause::NotAFolder, "NotAFolder"},
        EnumRow{Cause::ReadOnlyDisk, "ReadOnlyDisk"},
        EnumRow{Cause::NameTooLong, "NameTooLong"},
        EnumRow{Cause::NameExists, "NameExists"},
        EnumRow{Cause::NotRegularFile, "NotRegularFile"},
        EnumRow{Cause::FileTooLarge, "FileTooLarge"},
        EnumRow{Cause::DiskFailed, "DiskFailed"},
        EnumRow{Cause::PartMissing, "PartMissing"},
        EnumRow{Cause::PartChanged, "PartChanged"},
        EnumRow{Cause::HashMismatch, "HashMismatch"},
        EnumRow{Cause::SizeMismatch, "SizeMismatch"},
        EnumRow{Cause::SourceMissing, "SourceMissing"},
        EnumRow{Cause::SourceUnreadable, "SourceUnreadable"},
        EnumRow{Cause::SourceNotAFile, "SourceNotAFile"},
        EnumRow{Cause::SourceChanged, "SourceChanged"},
        EnumRow{Cause::RemoteNameTaken, "RemoteNameTaken"},
        EnumRow{Cause::RemoteFolderMissing, "RemoteFolderMissing"},
        EnumRow{Cause::RemoteLocked, "RemoteLocked"},
        EnumRow{Cause::UploadTooLarge, "UploadTooLarge"},
        EnumRow{Cause::RemoteFull, "RemoteFull"},
        EnumRow{Cause::UploadNotTaken, "UploadNotTaken"},
        EnumRow{Cause::UploadElsewhere, "UploadElsewhere"},
        EnumRow{Cause::Unconfirmed, "Unconfirmed"},
        EnumRow{Cause::StoredDiffers, "StoredDiffers"},
        EnumRow{Cause::Internal, "Internal"},
    };
};

inline constexpr auto kCauses = allOf<Cause>();

/// "RemoteChanged": stable, for the store, logs and JSON.

/// The step that failed: a full disk reads differently while writing than while renaming.
enum class Step { Prepare, Connect, Send, Receive, Write, Verify, Publish, Discard };
template <>
struct EnumRows<Step> {
    static constexpr std::array rows{
        EnumRow{Step::Prepare, "Prepare"}, EnumRow{Step::Connect, "Connect"},
        EnumRow{Step::Send, "Send"},       EnumRow{Step::Receive, "Receive"},
        EnumRow{Step::Write, "Write"},     EnumRow{Step::Verify, "Verify"},
        EnumRow{Step::Publish, "Publish"}, EnumRow{Step::Discard, "Discard"},
    };
};

} // namespace core
