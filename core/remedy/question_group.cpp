// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/question_group.h"

#include "core/http/challenge.h"
#include "core/http/headers.h"
#include "core/http/origin.h"
#include "core/job/question.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/link_expiry.h"

#include <QDir>
#include <QSet>
#include <QStringList>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace core {

namespace {

/// What the question of a cause is about.
enum class About {
    Computer,    ///< this computer, its network or this program: there is only one of each
    Host,        ///< the server, however it is reached
    Address,     ///< this one file on the server
    Origin,      ///< the server at this port, by this scheme: what a login is for
    Certificate, ///< this certificate of this server
    Proxy,
    ProxyToHost, ///< what the proxy makes of this server
    Folder,
    Drive, ///< the one that the folder is on, where it is known
};

struct AboutRow {
    Cause cause;
    About about;
};

// clang-format off
constexpr std::array kAbout{
    AboutRow{Cause::Offline,            About::Computer},
    AboutRow{Cause::Metered,            About::Computer},
    AboutRow{Cause::NameNotFound,       About::Host},
    AboutRow{Cause::ConnectionRefused,  About::Origin},
    AboutRow{Cause::ConnectionLost,     About::Host},
    AboutRow{Cause::ServerSilent,       About::Host},
    AboutRow{Cause::NotHttp,            About::Origin},

    AboutRow{Cause::Forbidden,          About::Host},
    AboutRow{Cause::NotFound,           About::Host},
    AboutRow{Cause::Gone,               About::Host},
    AboutRow{Cause::LoginRequired,      About::Origin},
    AboutRow{Cause::ServerBusy,         About::Host},
    AboutRow{Cause::ServerFailed,       About::Host},
    AboutRow{Cause::RequestRejected,    About::Host},
    AboutRow{Cause::EmptyAnswer,        About::Host},
    AboutRow{Cause::WebPageInstead,     About::Host},
    AboutRow{Cause::NetworkSignIn,      About::Computer},
    AboutRow{Cause::BadAnswer,          About::Host},
    AboutRow{Cause::BadRedirect,        About::Host},
    AboutRow{Cause::RedirectLoop,       About::Host},
    AboutRow{Cause::InsecureRedirect,   About::Host},
    AboutRow{Cause::RemoteChanged,      About::Host},
    AboutRow{Cause::RangeRefused,       About::Host},
    AboutRow{Cause::EncodedAnswer,      About::Host},

    AboutRow{Cause::Untrusted,          About::Certificate},
    AboutRow{Cause::CertificateExpired, About::Certificate},
    AboutRow{Cause::CertificateNotYetValid, About::Certificate},
    AboutRow{Cause::CertificateOfOtherHost, About::Certificate},
    AboutRow{Cause::CertificateChanged, About::Certificate},
    AboutRow{Cause::CertificateRevoked, About::Certificate},
    AboutRow{Cause::HandshakeFailed,    About::Origin},
    AboutRow{Cause::ProxyUnreachable,   About::Proxy},
    AboutRow{Cause::ProxyFailed,        About::ProxyToHost},
    AboutRow{Cause::ProxyLoginRequired, About::Proxy},
    AboutRow{Cause::ProxyRefused,       About::ProxyToHost},

    AboutRow{Cause::DiskFull,           About::Drive},
    AboutRow{Cause::QuotaExceeded,      About::Drive},
    AboutRow{Cause::NoPermission,       About::Folder},
    AboutRow{Cause::FolderMissing,      About::Folder},
    AboutRow{Cause::DriveMissing,       About::Folder},
    AboutRow{Cause::NotAFolder,         About::Folder},
    AboutRow{Cause::ReadOnlyDisk,       About::Drive},
    AboutRow{Cause::NameTooLong,        About::Folder},
    AboutRow{Cause::NameExists,         About::Folder},
    AboutRow{Cause::NotRegularFile,     About::Folder},
    AboutRow{Cause::FileTooLarge,       About::Folder},
    AboutRow{Cause::DiskFailed,         About::Drive},
    AboutRow{Cause::PartMissing,        About::Folder},
    AboutRow{Cause::PartChanged,        About::Folder},

    AboutRow{Cause::HashMismatch,       About::Host},
    AboutRow{Cause::SizeMismatch,       About::Host},

    AboutRow{Cause::SourceMissing,      About::Folder},
    AboutRow{Cause::SourceUnreadable,   About::Folder},
    AboutRow{Cause::SourceNotAFile,     About::Folder},
    AboutRow{Cause::SourceChanged,      About::Folder},
    AboutRow{Cause::RemoteNameTaken,    About::Address},
    AboutRow{Cause::RemoteFolderMissing, About::Host},
    AboutRow{Cause::RemoteLocked,       About::Host},
    AboutRow{Cause::UploadTooLarge,     About::Host},
    AboutRow{Cause::RemoteFull,         About::Host},
    AboutRow{Cause::UploadNotTaken,     About::Host},
    AboutRow{Cause::UploadElsewhere,    About::Host},
    AboutRow{Cause::Unconfirmed,        About::Host},
    AboutRow{Cause::StoredDiffers,      About::Host},

    AboutRow{Cause::Internal,           About::Computer},
};
// clang-format on
static_assert(std::ranges::equal(kAbout, kCauses, {}, &AboutRow::cause),
              "one row per cause, in the order of the enum");

QString certificateOf(const JobError &error)
{
    return error.certificate ? QString::fromLatin1(error.certificate->sha256Hex) : QString();
}

QStringList thingsOf(About about, const JobError &error, const QString &folder)
{
    switch (about) {
    case About::Computer:
        return {};
    case About::Host:
        return {originOf(error.url).host};
    case About::Address:
        return {error.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo)};
    case About::Origin:
        return {text(originOf(error.url))};
    case About::Certificate:
        return {text(originOf(error.url)), certificateOf(error)};
    case About::Proxy:
        return {text(originOf(error.proxy))};
    case About::ProxyToHost:
        return {text(originOf(error.proxy)), originOf(error.url).host};
    case About::Drive:
        return {error.device != 0 ? QString::number(error.device) : QDir::cleanPath(folder)};
    case About::Folder:
        return {QDir::cleanPath(folder)};
    }
    Q_UNREACHABLE();
}

/// What a login is for at its server, by the name that the server gives it (RFC 9110, 11.5).
QString realmOf(const JobError &error)
{
    const auto field = fieldValue(error.evidence.headers, "WWW-Authenticate");
    const QList<Challenge> challenges = parseChallenges(field.value_or(QByteArray()));
    return challenges.isEmpty() ? QString()
                                : QString::fromUtf8(challenges.first().parameters.value("realm"));
}

/// What the same cause is met with differently.
QString kindWithinCause(const JobError &error)
{
    if (error.type == JobType::Upload) {
        const QString other =
            QString::fromLatin1(name(protocolInstead(error).value_or(UploadProtocol::Auto)));
        return QString::fromLatin1(name(error.type)) + u' ' + other;
    }
    if (error.reason) {
        return QString::fromLatin1(name(*error.reason));
    }
    if (error.signIn == SignIn::Unknown) {
        return QStringLiteral("unknown sign-in");
    }
    if (error.cause == Cause::LoginRequired) {
        return realmOf(error);
    }
    if (isAboutRunOutLink(error)) {
        return QStringLiteral("run out");
    }
    if (isUnpackable(error)) {
        return QStringLiteral("unpackable");
    }
    if (isAboutPart(error)) {
        return QStringLiteral("part");
    }
    if (isAboutNameOfFolder(error)) {
        return QStringLiteral("name of the folder");
    }
    return error.otherScheme;
}

struct ReachRow {
    FixKind kind;
    Reach reach;
};

// clang-format off
constexpr std::array kReach{
    ReachRow{FixKind::Retry,            Reach::All},
    ReachRow{FixKind::NewLink,          Reach::EachFile},
    ReachRow{FixKind::Headers,          Reach::All},
    ReachRow{FixKind::Login,            Reach::All},
    ReachRow{FixKind::FreeSpace,        Reach::All},
    ReachRow{FixKind::OtherFolder,      Reach::All},
    ReachRow{FixKind::CreateFolder,     Reach::All},
    ReachRow{FixKind::OtherName,        Reach::OneFile},
    ReachRow{FixKind::KeepBoth,         Reach::All},
    ReachRow{FixKind::Replace,          Reach::All},
    ReachRow{FixKind::Restart,          Reach::All},
    ReachRow{FixKind::Recheck,          Reach::All},
    ReachRow{FixKind::SkipFile,         Reach::All},
    ReachRow{FixKind::TrustCertificate, Reach::All},
    ReachRow{FixKind::Proxy,            Reach::All},
    ReachRow{FixKind::AllowInsecure,    Reach::All},
    ReachRow{FixKind::OtherHash,        Reach::OneFile},
    ReachRow{FixKind::Accept,           Reach::All},
    ReachRow{FixKind::Unpack,           Reach::All},
    ReachRow{FixKind::OtherSource,      Reach::OneFile},
    ReachRow{FixKind::OtherProtocol,    Reach::All},
    ReachRow{FixKind::Wait,             Reach::All},
};
// clang-format on
static_assert(std::ranges::equal(kReach, kFixKinds, {}, &ReachRow::kind));

/// Whether two of them are to go to one place, where one would replace the other.
bool haveOnePlace(const QList<JobError> &errors)
{
    QSet<QString> places;
    for (const JobError &error : errors) {
        places.insert(error.type == JobType::Upload ? error.url.toString(QUrl::FullyEncoded)
                                                    : error.localPath);
    }
    return places.size() < errors.size();
}

} // namespace

QuestionGroup questionGroupOf(const JobError &error, const QString &folder)
{
    QStringList things = thingsOf(kAbout.at(size_t(error.cause)).about, error, folder);
    things.append(kindWithinCause(error));
    return {error.cause, things.join(u'\n')};
}

std::optional<QuestionGroup> questionGroupOf(const JobSnapshot &job)
{
    const auto question = questionOf(job);
    return question ? std::optional(questionGroupOf(*question, job.folder)) : std::nullopt;
}

QString serverOf(const QUrl &url)
{
    return text(originOf(url));
}

Reach reachOf(FixKind kind)
{
    return kReach.at(size_t(kind)).reach;
}

Fix forFile(Fix fix, int fileIndex)
{
    std::visit(
        [fileIndex](auto &each) {
            if constexpr (requires { each.fileIndex; }) {
                each.fileIndex = fileIndex;
            }
        },
        fix);
    return fix;
}

namespace {

/// As far as errors tell of which job they are: by how much of it there is.
bool areAllOfOneJob(const QList<JobError> &errors)
{
    std::map<std::tuple<int, int, qint64>, int> counts;
    return std::ranges::any_of(errors, [&counts](const JobError &error) {
        return ++counts[{error.jobFilesTotal, error.jobFilesDone, error.jobBytesDone}] >=
               error.jobFilesTotal;
    });
}

} // namespace

QList<FixKind> fixesForAll(const QList<JobError> &errors)
{
    QList<FixKind> common = fixesFor(errors.value(0));
    if (errors.size() < 2) {
        return common;
    }
    common.removeIf([isOfOnePlace = haveOnePlace(errors)](FixKind kind) {
        return reachOf(kind) == Reach::OneFile || (kind == FixKind::Replace && isOfOnePlace);
    });
    for (const JobError &error : errors.mid(1)) {
        const QList<FixKind> offered = fixesFor(error);
        common.removeIf([&offered](FixKind kind) { return !offered.contains(kind); });
    }
    if (areAllOfOneJob(errors)) {
        common.removeOne(FixKind::SkipFile); // nothing would be left: that is for Cancel
    }
    return common;
}

} // namespace core
