// SPDX-License-Identifier: Apache-2.0
#include "core/job/cause.h"

#include "core/job/parse_name.h"

namespace core {

// NOLINTNEXTLINE(readability-function-size): one row per cause
const char *name(Cause value)
{
    switch (value) {
    case Cause::Offline:
        return "Offline";
    case Cause::NameNotFound:
        return "NameNotFound";
    case Cause::ConnectionRefused:
        return "ConnectionRefused";
    case Cause::ConnectionLost:
        return "ConnectionLost";
    case Cause::ServerSilent:
        return "ServerSilent";
    case Cause::NotHttp:
        return "NotHttp";
    case Cause::Forbidden:
        return "Forbidden";
    case Cause::NotFound:
        return "NotFound";
    case Cause::Gone:
        return "Gone";
    case Cause::LoginRequired:
        return "LoginRequired";
    case Cause::ServerBusy:
        return "ServerBusy";
    case Cause::ServerFailed:
        return "ServerFailed";
    case Cause::RequestRejected:
        return "RequestRejected";
    case Cause::EmptyAnswer:
        return "EmptyAnswer";
    case Cause::WebPageInstead:
        return "WebPageInstead";
    case Cause::NetworkSignIn:
        return "NetworkSignIn";
    case Cause::BadAnswer:
        return "BadAnswer";
    case Cause::BadRedirect:
        return "BadRedirect";
    case Cause::RedirectLoop:
        return "RedirectLoop";
    case Cause::InsecureRedirect:
        return "InsecureRedirect";
    case Cause::RemoteChanged:
        return "RemoteChanged";
    case Cause::RangeRefused:
        return "RangeRefused";
    case Cause::EncodedAnswer:
        return "EncodedAnswer";
    case Cause::Untrusted:
        return "Untrusted";
    case Cause::CertificateExpired:
        return "CertificateExpired";
    case Cause::CertificateNotYetValid:
        return "CertificateNotYetValid";
    case Cause::CertificateOfOtherHost:
        return "CertificateOfOtherHost";
    case Cause::CertificateChanged:
        return "CertificateChanged";
    case Cause::CertificateRevoked:
        return "CertificateRevoked";
    case Cause::HandshakeFailed:
        return "HandshakeFailed";
    case Cause::ProxyUnreachable:
        return "ProxyUnreachable";
    case Cause::ProxyFailed:
        return "ProxyFailed";
    case Cause::ProxyLoginRequired:
        return "ProxyLoginRequired";
    case Cause::ProxyRefused:
        return "ProxyRefused";
    case Cause::DiskFull:
        return "DiskFull";
    case Cause::QuotaExceeded:
        return "QuotaExceeded";
    case Cause::NoPermission:
        return "NoPermission";
    case Cause::FolderMissing:
        return "FolderMissing";
    case Cause::ReadOnlyDisk:
        return "ReadOnlyDisk";
    case Cause::NameTooLong:
        return "NameTooLong";
    case Cause::NameExists:
        return "NameExists";
    case Cause::NotRegularFile:
        return "NotRegularFile";
    case Cause::FileTooLarge:
        return "FileTooLarge";
    case Cause::DiskFailed:
        return "DiskFailed";
    case Cause::PartMissing:
        return "PartMissing";
    case Cause::PartChanged:
        return "PartChanged";
    case Cause::HashMismatch:
        return "HashMismatch";
    case Cause::SizeMismatch:
        return "SizeMismatch";
    case Cause::Internal:
        return "Internal";
    }
    Q_UNREACHABLE();
}

const char *name(Step value)
{
    switch (value) {
    case Step::Prepare:
        return "Prepare";
    case Step::Connect:
        return "Connect";
    case Step::Send:
        return "Send";
    case Step::Receive:
        return "Receive";
    case Step::Write:
        return "Write";
    case Step::Verify:
        return "Verify";
    case Step::Publish:
        return "Publish";
    case Step::Discard:
        return "Discard";
    }
    Q_UNREACHABLE();
}

std::optional<Cause> parseCause(QStringView text)
{
    return parseName(kCauses, text);
}

std::optional<Step> parseStep(QStringView text)
{
    return parseName(std::array{Step::Prepare, Step::Connect, Step::Send, Step::Receive,
                                Step::Write, Step::Verify, Step::Publish, Step::Discard},
                     text);
}

} // namespace core
