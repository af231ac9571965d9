// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/client_environment.h"
#include "core/job/expected_hash.h"
#include "core/job/job_error.h"
#include "core/job/job_state.h"
#include "core/job/upload_mark.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>

namespace core {

/// BITS priorities. Foreground jobs run beside the others; of the rest one level runs at a time.
enum class Priority { Foreground, High, Normal, Low };
template <>
struct EnumRows<Priority> {
    static constexpr std::array rows{
        EnumRow{Priority::Foreground, "Foreground"},
        EnumRow{Priority::High, "High"},
        EnumRow{Priority::Normal, "Normal"},
        EnumRow{Priority::Low, "Low"},
    };
};

/// Which of the files of a job come first; of equal ones those that were added before.
enum class FilePriority { High, Normal, Low };
template <>
struct EnumRows<FilePriority> {
    static constexpr std::array rows{
        EnumRow{FilePriority::High, "High"},
        EnumRow{FilePriority::Normal, "Normal"},
        EnumRow{FilePriority::Low, "Low"},
    };
};

/// What Complete does when a file of the final name is already there; for an upload, what is done
/// when the server has a file of that name: Ask or Replace.
enum class ExistingFile {
    Ask,      ///< leave the job Transferred with the obstacle NameExists
    KeepBoth, ///< publish as "name (1).ext"
    Replace,  ///< put the new file in its place
    Skip,     ///< do not fetch a file whose name is taken
};
template <>
struct EnumRows<ExistingFile> {
    static constexpr std::array rows{
        EnumRow{ExistingFile::Ask, "Ask"},
        EnumRow{ExistingFile::KeepBoth, "KeepBoth"},
        EnumRow{ExistingFile::Replace, "Replace"},
        EnumRow{ExistingFile::Skip, "Skip"},
    };
};

/// Who calls Complete once every file is whole.
enum class CompleteMode { WhenTransferred, OnRequest };
template <>
struct EnumRows<CompleteMode> {
    static constexpr std::array rows{
        EnumRow{CompleteMode::WhenTransferred, "WhenTransferred"},
        EnumRow{CompleteMode::OnRequest, "OnRequest"},
    };
};

/// What is done when the folder files are to be put in, here or on the server, is not there.
enum class MissingFolder { Refuse, Create };
template <>
struct EnumRows<MissingFolder> {
    static constexpr std::array rows{
        EnumRow{MissingFolder::Refuse, "Refuse"},
        EnumRow{MissingFolder::Create, "Create"},
    };
};

/// What is done when https hands over to http, where others can read and change what is sent.
enum class InsecureRedirect { Refuse, Follow };
template <>
struct EnumRows<InsecureRedirect> {
    static constexpr std::array rows{
        EnumRow{InsecureRedirect::Refuse, "Refuse"},
        EnumRow{InsecureRedirect::Follow, "Follow"},
    };
};

/// What a file that failed for good does to its siblings.
enum class FirstError { FinishOthers, StopJob };
template <>
struct EnumRows<FirstError> {
    static constexpr std::array rows{
        EnumRow{FirstError::FinishOthers, "FinishOthers"},
        EnumRow{FirstError::StopJob, "StopJob"},
    };
};

/// A name and password for one origin. Kept in memory, and in the keyring of the desktop where that
/// is wanted (JobOptions::keepSecrets); never written to the store or a log.
struct Login {
    QString user;
    QString password;

    bool operator==(const Login &) const = default;
};

/// One for another origin, to which a redirect of the job led.
struct LoginElsewhere {
    QString origin; ///< "https://example.org:8443"
    Login login;

    bool operator==(const LoginElsewhere &) const = default;
};

/// Where jobs are that were not moved, with room before them and behind.
inline constexpr qint64 kUsualPlace = qint64(1) << 32;

/// How a job is to be carried out. Everything here may be set when the job is made.
struct JobOptions {
    ExistingFile existing = ExistingFile::Ask;
    CompleteMode complete = CompleteMode::WhenTransferred;
    FirstError firstError = FirstError::FinishOthers;
    MissingFolder missingFolder = MissingFolder::Refuse;
    std::chrono::milliseconds minRetryDelay{std::chrono::seconds(1)};
    std::chrono::milliseconds noProgressTimeout{
        std::chrono::hours(24)}; ///< 0: every error is final
    std::optional<qint64> limitBytesPerSecond;
    /// For each file, at most: 1 to kMaxConnections. Absent: as many as turn out to help, up
    /// to 16.
    std::optional<int> connections;
    HeaderFields headers;              ///< sent to the origin of the file's address only
    std::optional<Login> login;        ///< likewise
    QList<LoginElsewhere> otherLogins; ///< each for its origin only
    /// Logins and secret headers are put into the keyring, so that they outlive the engine.
    bool keepSecrets = false;
    QUrl proxy;                        ///< empty: as the environment says; "direct:": none
    QString caFile;                    ///< PEM with further trusted authorities, empty for none
    QList<TrustedCertificate> trusted; ///< by a person, for this job
    InsecureRedirect insecureRedirect = InsecureRedirect::Refuse;
    UploadProtocol protocol = UploadProtocol::Auto; ///< of an upload
    QString notifyCommand; ///< absolute path of a program that is told, as IBackgroundCopyJob2's
                           ///< SetNotifyCmdLine has it; empty for none
    qint64 place = kUsualPlace; ///< in the queue of its priority, before its number
    std::optional<ClientEnvironment> environment; ///< of whoever commanded the job last

    bool operator==(const JobOptions &) const = default;
};

/// Stands in the place of a proxy when none is to be used, whatever the environment says.
[[nodiscard]] QUrl noProxy();
/// "http://host:port" or "socks5://host:port", with a host, or noProxy().
[[nodiscard]] bool isUsableProxy(const QUrl &proxy);
/// Usable, and the address of one.
[[nodiscard]] inline bool isProxyAddress(const QUrl &proxy)
{
    return proxy != noProxy() && isUsableProxy(proxy);
}

/// One file as asked for.
struct FileSpec {
    QUrl url; ///< http or https; of an upload, where it goes: a folder if it ends in a slash
    QString
        name; ///< final name; empty: taken from the first response. Of an upload, the local file
    std::optional<ExpectedHash> hash;

    bool operator==(const FileSpec &) const = default;
};

/// A job as asked for. What it becomes is a JobRecord.
struct JobSpec {
    JobType type = JobType::Download;
    QString name; ///< shown to people; empty: made from the first file
    Priority priority = Priority::Normal;
    QString folder; ///< absolute; of an upload, the one that its file is in
    QList<FileSpec> files;
    JobOptions options;

    bool operator==(const JobSpec &) const = default;
};

/// Limits of BITS that we share or widen.
inline constexpr int kMaxFilesPerJob = 100'000;
inline constexpr int kMaxConnections = 32;
inline constexpr int kMaxJobNameLength = 256;
inline constexpr int kMaxUrlLength = 8'192;
inline constexpr int kMaxHeaderBytes = 16'384;

} // namespace core

Q_DECLARE_METATYPE(core::JobSpec)
