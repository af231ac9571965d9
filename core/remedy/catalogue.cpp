// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"

#include "core/http/headers.h"
#include "core/remedy/link_expiry.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

using enum FixKind;

constexpr std::array kOffline{Retry, Wait};
constexpr std::array kUnreached{Retry, NewLink, SkipFile, Wait};
constexpr std::array kUnusableAnswer{Retry, NewLink, SkipFile};
constexpr std::array kEmpty{Retry, Accept, NewLink, SkipFile};
constexpr std::array kContradiction{Restart, Retry, Accept, NewLink, SkipFile};
constexpr std::array kEncoded{Unpack, Accept, NewLink, SkipFile};
constexpr std::array kForbidden{NewLink, Headers, SkipFile, Retry};
constexpr std::array kNotThere{NewLink, SkipFile, Retry};
constexpr std::array kLogin{Login, Headers, NewLink, SkipFile};
constexpr std::array kRejected{NewLink, Headers, SkipFile, Retry};
constexpr std::array kLoop{NewLink, Headers, SkipFile, Retry};
constexpr std::array kChanged{Restart, NewLink, SkipFile};
constexpr std::array kRangeRefused{Restart, NewLink, Retry, SkipFile};
constexpr std::array kWebPage{NewLink, Headers, Accept, SkipFile, Retry};
constexpr std::array kNetworkSignIn{Retry, Wait};
constexpr std::array kInsecure{NewLink, AllowInsecure, SkipFile, Retry};
constexpr std::array kUntrusted{NewLink, TrustCertificate, Retry, SkipFile};
constexpr std::array kExpired{Retry, TrustCertificate, NewLink, SkipFile};
constexpr std::array kHandshake{NewLink, Retry, SkipFile};
constexpr std::array kProxy{FixKind::Proxy, Retry, Wait};
constexpr std::array kProxyFailed{Retry, FixKind::Proxy, NewLink, SkipFile, Wait};
constexpr std::array kProxyLogin{FixKind::Proxy, Retry};
constexpr std::array kProxyRefused{FixKind::Proxy, NewLink, Retry, SkipFile};
constexpr std::array kFull{FreeSpace, OtherFolder, SkipFile};
constexpr std::array kQuota{FreeSpace, OtherFolder, Retry, SkipFile};
constexpr std::array kNotWritable{OtherFolder, Retry};
constexpr std::array kFolderMissing{CreateFolder, OtherFolder, Retry};
constexpr std::array kDriveMissing{Retry, OtherFolder};
constexpr std::array kDriveFailed{OtherFolder, Recheck, Retry};
constexpr std::array kNameTooLong{OtherName, OtherFolder, SkipFile};
constexpr std::array kNameExists{KeepBoth, Replace, OtherName, SkipFile};
constexpr std::array kNotRegular{OtherName, OtherFolder, SkipFile};
constexpr std::array kTooLarge{OtherFolder, SkipFile};
constexpr std::array kPartMissing{Restart, Retry, SkipFile};
constexpr std::array kPartChanged{Retry, Restart, SkipFile};
constexpr std::array kWrongHash{Restart, NewLink, OtherSource, OtherHash, Accept, SkipFile};
constexpr std::array kWrongSize{Restart, NewLink, SkipFile};
constexpr std::array kSourceLost{OtherSource, Retry};
constexpr std::array kSourceChanged{Restart, OtherSource};
constexpr std::array kNameTaken{OtherName, Replace, NewLink};
constexpr std::array kNoRemoteFolder{CreateFolder, NewLink, Retry};
constexpr std::array kLocked{Retry, OtherName, NewLink, Wait};
constexpr std::array kNotTaken{OtherProtocol, NewLink, Headers, Retry};
constexpr std::array kTooLargeThere{NewLink, Retry};
constexpr std::array kElsewhere{NewLink, Retry};
constexpr std::array kRemoteFull{Retry, NewLink};
constexpr std::array kUnconfirmed{Retry, Restart, Accept, NewLink};
constexpr std::array kStoredDiffers{Restart, Retry, NewLink};
constexpr std::array kInternal{Retry, Restart, SkipFile};

constexpr Recovery kTransient = Recovery::Transient;
constexpr Recovery kFatal = Recovery::Fatal;
constexpr Scope kFile = Scope::File;
constexpr Scope kServerOf = Scope::Server;
constexpr Scope kJob = Scope::Job;

/// No limit of its own: a network cause ends with the no-progress timeout of the job.
constexpr Patience kPatient{};
constexpr Patience kUntilItWorked3{.triesUntilItWorked = 3};
constexpr Patience kTwice{.tries = 2};
constexpr Patience kServer{.tries = 10, .duration = std::chrono::minutes(30)};
// What has worked in this job is set up right, and may be restarted just now.
constexpr Patience kServerWorked2{
    .triesUntilItWorked = 2, .tries = 10, .duration = std::chrono::minutes(30)};
constexpr Patience kProxyWorked3{
    .triesUntilItWorked = 3, .tries = 10, .duration = std::chrono::minutes(30)};

using Exit = ExitCode;

// clang-format off
constexpr std::array kCauseCatalogue{
    CauseRow{Cause::Offline,            kTransient, kFile, kPatient,        Exit::Network,      kOffline},
    CauseRow{Cause::Metered,            kTransient, kFile, kPatient,        Exit::Network,      kOffline},
    CauseRow{Cause::NameNotFound,       kTransient, kFile, kUntilItWorked3, Exit::Network,      kUnreached},
    CauseRow{Cause::ConnectionRefused,  kTransient, kFile, kPatient,        Exit::Network,      kUnreached},
    CauseRow{Cause::ConnectionLost,     kTransient, kFile, kPatient,        Exit::Network,      kUnreached},
    CauseRow{Cause::ServerSilent,       kTransient, kFile, kPatient,        Exit::Network,      kUnreached},
    CauseRow{Cause::NotHttp,            kTransient, kFile, kServerWorked2,  Exit::Network,      kUnusableAnswer},

    CauseRow{Cause::Forbidden,          kFatal,     kFile, kPatient,        Exit::Refused,      kForbidden},
    CauseRow{Cause::NotFound,           kFatal,     kFile, kPatient,        Exit::Refused,      kNotThere},
    CauseRow{Cause::Gone,               kFatal,     kFile, kPatient,        Exit::Refused,      kNotThere},
    CauseRow{Cause::LoginRequired,      kFatal,     kServerOf, kPatient,        Exit::Login,        kLogin},
    CauseRow{Cause::ServerBusy,         kTransient, kFile, kServer,         Exit::Refused,      kUnreached},
    CauseRow{Cause::ServerFailed,       kTransient, kFile, kServer,         Exit::Refused,      kUnreached},
    CauseRow{Cause::RequestRejected,    kFatal,     kFile, kPatient,        Exit::Refused,      kRejected},
    CauseRow{Cause::EmptyAnswer,        kFatal,     kFile, kPatient,        Exit::Refused,      kEmpty},
    CauseRow{Cause::WebPageInstead,     kFatal,     kFile, kPatient,        Exit::Refused,      kWebPage},
    CauseRow{Cause::NetworkSignIn,      kTransient, kJob,  kPatient,        Exit::Network,      kNetworkSignIn},
    CauseRow{Cause::BadAnswer,          kTransient, kFile, kTwice,          Exit::Refused,      kContradiction},
    CauseRow{Cause::BadRedirect,        kFatal,     kFile, kPatient,        Exit::Refused,      kNotThere},
    CauseRow{Cause::RedirectLoop,       kFatal,     kFile, kPatient,        Exit::Refused,      kLoop},
    CauseRow{Cause::InsecureRedirect,   kFatal,     kFile, kPatient,        Exit::Tls,          kInsecure},
    CauseRow{Cause::RemoteChanged,      kFatal,     kFile, kPatient,        Exit::Changed,      kChanged},
    CauseRow{Cause::RangeRefused,       kTransient, kFile, kTwice,          Exit::Changed,      kRangeRefused},
    CauseRow{Cause::EncodedAnswer,      kFatal,     kFile, kPatient,        Exit::Refused,      kEncoded},

    CauseRow{Cause::Untrusted,          kFatal,     kServerOf, kPatient,        Exit::Tls,          kUntrusted},
    CauseRow{Cause::CertificateExpired, kFatal,     kServerOf, kPatient,        Exit::Tls,          kExpired},
    CauseRow{Cause::CertificateNotYetValid, kFatal, kServerOf, kPatient,        Exit::Tls,          kExpired},
    CauseRow{Cause::CertificateOfOtherHost, kFatal, kServerOf, kPatient,        Exit::Tls,          kUntrusted},
    CauseRow{Cause::CertificateChanged, kFatal,     kServerOf, kPatient,        Exit::Tls,          kUntrusted},
    CauseRow{Cause::CertificateRevoked, kFatal,     kServerOf, kPatient,        Exit::Tls,          kHandshake},
    CauseRow{Cause::HandshakeFailed,    kTransient, kFile, kServerWorked2,  Exit::Tls,          kHandshake},
    CauseRow{Cause::ProxyUnreachable,   kTransient, kJob,  kProxyWorked3,   Exit::Network,      kProxy},
    CauseRow{Cause::ProxyFailed,        kTransient, kFile, kServer,         Exit::Network,      kProxyFailed},
    CauseRow{Cause::ProxyLoginRequired, kFatal,     kJob,  kPatient,        Exit::Network,      kProxyLogin},
    CauseRow{Cause::ProxyRefused,       kFatal,     kFile, kPatient,        Exit::Network,      kProxyRefused},

    CauseRow{Cause::DiskFull,           kFatal,     kJob,  kPatient,        Exit::Storage,      kFull},
    CauseRow{Cause::QuotaExceeded,      kFatal,     kJob,  kPatient,        Exit::Storage,      kQuota},
    CauseRow{Cause::NoPermission,       kFatal,     kJob,  kPatient,        Exit::Storage,      kNotWritable},
    CauseRow{Cause::FolderMissing,      kFatal,     kJob,  kPatient,        Exit::Storage,      kFolderMissing},
    CauseRow{Cause::DriveMissing,       kFatal,     kJob,  kPatient,        Exit::Storage,      kDriveMissing},
    CauseRow{Cause::NotAFolder,         kFatal,     kJob,  kPatient,        Exit::Storage,      kNotWritable},
    CauseRow{Cause::ReadOnlyDisk,       kFatal,     kJob,  kPatient,        Exit::Storage,      kNotWritable},
    CauseRow{Cause::NameTooLong,        kFatal,     kFile, kPatient,        Exit::Storage,      kNameTooLong},
    CauseRow{Cause::NameExists,         kFatal,     kFile, kPatient,        Exit::Storage,      kNameExists},
    CauseRow{Cause::NotRegularFile,     kFatal,     kFile, kPatient,        Exit::Storage,      kNotRegular},
    CauseRow{Cause::FileTooLarge,       kFatal,     kFile, kPatient,        Exit::Storage,      kTooLarge},
    CauseRow{Cause::DiskFailed,         kFatal,     kJob,  kPatient,        Exit::Storage,      kDriveFailed},
    CauseRow{Cause::PartMissing,        kFatal,     kFile, kPatient,        Exit::Changed,      kPartMissing},
    CauseRow{Cause::PartChanged,        kFatal,     kFile, kPatient,        Exit::Changed,      kPartChanged},

    CauseRow{Cause::HashMismatch,       kFatal,     kFile, kPatient,        Exit::Verification, kWrongHash},
    CauseRow{Cause::SizeMismatch,       kFatal,     kFile, kPatient,        Exit::Verification, kWrongSize},

    CauseRow{Cause::SourceMissing,      kFatal,     kFile, kPatient,        Exit::Storage,      kSourceLost},
    CauseRow{Cause::SourceUnreadable,   kFatal,     kFile, kPatient,        Exit::Storage,      kSourceLost},
    CauseRow{Cause::SourceNotAFile,     kFatal,     kFile, kPatient,        Exit::Storage,      kSourceLost},
    CauseRow{Cause::SourceChanged,      kFatal,     kFile, kPatient,        Exit::Changed,      kSourceChanged},
    CauseRow{Cause::RemoteNameTaken,    kFatal,     kFile, kPatient,        Exit::Refused,      kNameTaken},
    CauseRow{Cause::RemoteFolderMissing, kFatal,    kFile, kPatient,        Exit::Refused,      kNoRemoteFolder},
    CauseRow{Cause::RemoteLocked,       kTransient, kFile, kServer,         Exit::Refused,      kLocked},
    CauseRow{Cause::UploadTooLarge,     kFatal,     kFile, kPatient,        Exit::Refused,      kTooLargeThere},
    CauseRow{Cause::RemoteFull,         kFatal,     kFile, kPatient,        Exit::Refused,      kRemoteFull},
    CauseRow{Cause::UploadNotTaken,     kFatal,     kFile, kPatient,        Exit::Refused,      kNotTaken},
    CauseRow{Cause::UploadElsewhere,    kFatal,     kFile, kPatient,        Exit::Refused,      kElsewhere},
    CauseRow{Cause::Unconfirmed,        kFatal,     kFile, kPatient,        Exit::Verification, kUnconfirmed},
    CauseRow{Cause::StoredDiffers,      kFatal,     kFile, kPatient,        Exit::Verification, kStoredDiffers},

    CauseRow{Cause::Internal,           kFatal,     kFile, kPatient,        Exit::Other,        kInternal},
};
// clang-format on

constexpr bool everyCauseHasItsRow()
{
    for (size_t i = 0; i < kCauses.size(); ++i) {
        if (kCauseCatalogue[i].cause != kCauses[i] || size_t(kCauses[i]) != i) {
            return false;
        }
    }
    return kCauseCatalogue.size() == kCauses.size();
}
static_assert(kCauseCatalogue.size() == kCauses.size());
static_assert(everyCauseHasItsRow(), "one row per cause, in the order of the enum");

QString nameOf(FixKind kind)
{
    return QString::fromLatin1(name(kind));
}

bool makesSense(FixKind kind, const JobError &error)
{
    if (!isFor(kind, error.type)) {
        return false;
    }
    if (error.type == JobType::Upload && error.cause == Cause::HashMismatch) {
        return kind == OtherSource || kind == OtherHash; // it is about the file that is here
    }
    switch (kind) {
    case OtherProtocol:
        return protocolInstead(error).has_value();
    case Retry: // not where the same answer is certain
        return !isAboutRunOutLink(error) && error.otherScheme.isEmpty() &&
               error.reason != Reason::SpeaksTls;
    case Restart: // else the same is asked for again
        return (error.cause != Cause::BadAnswer && error.cause != Cause::RangeRefused) ||
               (error.fileBytesDone > 0 && !isNoticeOnly(error));
    case Accept: // what may be the file: of empty answers only a 200
        return error.cause == Cause::EmptyAnswer
                   ? error.httpStatus == 200
                   : error.cause != Cause::BadAnswer || isWithoutFields(error);
    case Unpack:
        return isUnpackable(error);
    case OtherHash: // nothing was compared yet
        return error.reason != Reason::NotUnpackable;
    case Login:
        return error.signIn != SignIn::Unknown;
    case Headers:
        return error.cause == Cause::LoginRequired ? error.signIn == SignIn::Unknown
                                                   : error.reason != Reason::SpeaksTls;
    case SkipFile:
        return error.jobFilesTotal > 1; // for the only file Cancel is the honest word
    case CreateFolder:
        return !error.localPath.isEmpty() || error.type == JobType::Upload;
    case OtherName:
        return !isAboutNameOfFolder(error);
    case Recheck:
        return error.jobBytesDone > 0;
    case OtherFolder:
        return !isAboutPart(error); // it would have to be opened to be taken along
    case TrustCertificate:
        return error.certificate.has_value();
    default:
        return true;
    }
}

/// What helps against the reason, where one is known.
std::optional<FixKind> bestFor(const JobError &error)
{
    if (!error.reason) {
        return std::nullopt;
    }
    switch (*error.reason) {
    case Reason::WantsReferer:
    case Reason::WantsBrowser:
        return Headers;
    case Reason::TooManyConnections:
        return Retry;
    case Reason::OtherFile:
    case Reason::AddressChanged:
    case Reason::SpeaksTls:
    case Reason::SpeaksNoTls:
        return NewLink;
    case Reason::NotUnpackable:
        return Restart;
    case Reason::OfUnpacked:
        return OtherHash;
    case Reason::IsFolder:
    case Reason::IsPipe:
    case Reason::IsDevice:
    case Reason::IsMadeWhenRead:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace

const CauseRow &catalogueRow(Cause cause)
{
    return kCauseCatalogue[size_t(cause)];
}

std::span<const CauseRow> causeCatalogue()
{
    return kCauseCatalogue;
}

QList<FixKind> fixesFor(const JobError &error)
{
    QList<FixKind> fixes;
    for (const FixKind kind : catalogueRow(error.cause).fixes) {
        if (makesSense(kind, error)) {
            fixes.append(kind);
        }
    }
    if (isAboutOlderForm(error)) {
        fixes.append(Accept);
    }
    if (error.cause == Cause::NameNotFound &&
        (error.jobBytesDone == 0 || !error.similarHost.isEmpty())) {
        // A name that never led anywhere is rather misspelt than out of reach.
        std::ranges::stable_partition(fixes, [](FixKind kind) { return kind == NewLink; });
    }
    if (error.cause == Cause::FolderMissing && error.jobBytesDone > 0) {
        // What lay in it lies where it is now, and not in a new one.
        std::ranges::stable_partition(fixes, [](FixKind kind) { return kind == OtherFolder; });
    }
    if (const auto best = bestFor(error)) {
        std::ranges::stable_partition(fixes, [&best](FixKind kind) { return kind == *best; });
    }
    // What was made before and brought the same again is not what to try first; but a password that
    // was mistyped is.
    std::ranges::stable_partition(fixes, [&error](FixKind kind) {
        return kind == FixKind::Login || !error.triedInVain.contains(nameOf(kind));
    });
    return fixes;
}

ExitCode exitCodeFor(const JobError &error)
{
    return catalogueRow(error.cause).exitCode;
}

} // namespace core
