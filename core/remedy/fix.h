// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

#include <QMetaType>

#include <array>
#include <variant>

namespace core {

/// What a person may offer as a repair. One kind, one control in the dialog, one option of `bhop`.
enum class FixKind {
    Retry,            ///< nothing was changed here; try again now
    NewLink,          ///< another address for the same file
    Headers,          ///< further request headers
    Login,            ///< a name and a password
    FreeSpace,        ///< make room, then go on
    OtherFolder,      ///< put the files somewhere else
    CreateFolder,     ///< make the missing folder
    OtherName,        ///< publish under another name
    KeepBoth,         ///< publish beside the file that is there
    Replace,          ///< publish in place of the file that is there
    Restart,          ///< fetch the file from its first byte; the old part is kept meanwhile
    SkipFile,         ///< go on without this file
    TrustCertificate, ///< this very certificate, for this host, for this job
    Proxy,            ///< another proxy, a login for it, or none
    AllowInsecure,    ///< follow https to http, for this job
    OtherHash,        ///< another checksum, or none
    Accept,           ///< it is right as it is: the web page, or the file whose checksum differs
    Wait,             ///< keep trying
};

inline constexpr std::array kFixKinds{
    FixKind::Retry,
    FixKind::NewLink,
    FixKind::Headers,
    FixKind::Login,
    FixKind::FreeSpace,
    FixKind::OtherFolder,
    FixKind::CreateFolder,
    FixKind::OtherName,
    FixKind::KeepBoth,
    FixKind::Replace,
    FixKind::Restart,
    FixKind::SkipFile,
    FixKind::TrustCertificate,
    FixKind::Proxy,
    FixKind::AllowInsecure,
    FixKind::OtherHash,
    FixKind::Accept,
    FixKind::Wait,
};

[[nodiscard]] const char *name(FixKind kind);
[[nodiscard]] std::optional<FixKind> parseFixKind(QStringView name);

namespace fix {

/// Where fileIndex is absent, the file is meant that the question of the job is about.
struct Retry {
    bool operator==(const Retry &) const = default;
};
struct NewLink {
    QUrl url;
    std::optional<int> fileIndex;
    bool operator==(const NewLink &) const = default;
};
struct Headers {
    HeaderFields headers;
    bool operator==(const Headers &) const = default;
};
struct Login {
    core::Login login;
    bool operator==(const Login &) const = default;
};
struct OtherFolder {
    QString folder;
    bool operator==(const OtherFolder &) const = default;
};
struct CreateFolder {
    bool operator==(const CreateFolder &) const = default;
};
struct OtherName {
    QString name;
    std::optional<int> fileIndex;
    bool operator==(const OtherName &) const = default;
};
struct KeepBoth {
    std::optional<int> fileIndex;
    bool operator==(const KeepBoth &) const = default;
};
struct Replace {
    std::optional<int> fileIndex;
    bool operator==(const Replace &) const = default;
};
struct Restart {
    std::optional<int> fileIndex;
    bool operator==(const Restart &) const = default;
};
/// The host is the one that the certificate in the question of the job is of.
struct TrustCertificate {
    QByteArray sha256Hex;
    bool operator==(const TrustCertificate &) const = default;
};
/// With name and password where the proxy wants them; noProxy() for none, empty as the environment
/// says.
struct Proxy {
    QUrl proxy;
    bool operator==(const Proxy &) const = default;
};
struct AllowInsecure {
    bool operator==(const AllowInsecure &) const = default;
};
struct OtherHash {
    std::optional<ExpectedHash> hash;
    std::optional<int> fileIndex;
    bool operator==(const OtherHash &) const = default;
};
struct Accept {
    std::optional<int> fileIndex;
    bool operator==(const Accept &) const = default;
};
struct SkipFile {
    std::optional<int> fileIndex;
    bool operator==(const SkipFile &) const = default;
};

} // namespace fix

/// A repair as a value: given to resume(ids, fixes), applied by the engine before the job is
/// queued.
using Fix = std::variant<fix::Retry, fix::NewLink, fix::Headers, fix::Login, fix::OtherFolder,
                         fix::CreateFolder, fix::OtherName, fix::KeepBoth, fix::Replace,
                         fix::Restart, fix::SkipFile, fix::TrustCertificate, fix::Proxy,
                         fix::AllowInsecure, fix::OtherHash, fix::Accept>;
using Fixes = QList<Fix>;

} // namespace core

Q_DECLARE_METATYPE(core::Fix)
