// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

#include <QMetaType>

#include <algorithm>
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
    OtherName,        ///< publish under another name, here or on the server
    KeepBoth,         ///< publish beside the file that is there
    Replace,          ///< publish in place of the file that is there
    Restart,          ///< fetch the file from its first byte; an older version is kept meanwhile
    Recheck,          ///< read what is kept once more; fetch again what is not as it came
    SkipFile,         ///< go on without this file
    TrustCertificate, ///< this very certificate, for this host, for this job
    Proxy,            ///< another proxy, a login for it, or none
    AllowInsecure,    ///< follow https to http, for this job
    OtherHash,        ///< another checksum, or none
    Accept,           ///< it is right as it is: the web page, or the file whose checksum differs
    Unpack,           ///< its coding is undone once all of it is here
    OtherSource,      ///< another local file is what is to be sent, or the same at another place
    OtherProtocol,    ///< to be sent in the other way, to the same address
    Wait,             ///< keep trying
};
template <>
struct EnumRows<FixKind> {
    static constexpr std::array rows{
        EnumRow{FixKind::Retry, "Retry"},
        EnumRow{FixKind::NewLink, "NewLink"},
        EnumRow{FixKind::Headers, "Headers"},
        EnumRow{FixKind::Login, "Login"},
        EnumRow{FixKind::FreeSpace, "FreeSpace"},
        EnumRow{FixKind::OtherFolder, "OtherFolder"},
        EnumRow{FixKind::CreateFolder, "CreateFolder"},
        EnumRow{FixKind::OtherName, "OtherName"},
        EnumRow{FixKind::KeepBoth, "KeepBoth"},
        EnumRow{FixKind::Replace, "Replace"},
        EnumRow{FixKind::Restart, "Restart"},
        EnumRow{FixKind::Recheck, "Recheck"},
        EnumRow{FixKind::SkipFile, "SkipFile"},
        EnumRow{FixKind::TrustCertificate, "TrustCertificate"},
        EnumRow{FixKind::Proxy, "Proxy"},
        EnumRow{FixKind::AllowInsecure, "AllowInsecure"},
        EnumRow{FixKind::OtherHash, "OtherHash"},
        EnumRow{FixKind::Accept, "Accept"},
        EnumRow{FixKind::Unpack, "Unpack"},
        EnumRow{FixKind::OtherSource, "OtherSource"},
        EnumRow{FixKind::OtherProtocol, "OtherProtocol"},
        EnumRow{FixKind::Wait, "Wait"},
    };
};

inline constexpr auto kFixKinds = allOf<FixKind>();

namespace fix {

/// Where fileIndex is absent, the file is meant that the job asks about, or all that ask the same.
/// `keep`: from now on the secrets of the job go to the keyring, or not; absent: as before.
/// `origin`: the server that it is for, as text(Origin) writes it; empty: the only one that asks.
struct Retry {
    static constexpr auto kKind = FixKind::Retry;
    bool operator==(const Retry &) const = default;
};
struct NewLink {
    static constexpr auto kKind = FixKind::NewLink;
    QUrl url;
    std::optional<int> fileIndex;
    bool operator==(const NewLink &) const = default;
};
struct Headers {
    static constexpr auto kKind = FixKind::Headers;
    HeaderFields headers;
    std::optional<bool> keep;
    bool operator==(const Headers &) const = default;
};
struct Login {
    static constexpr auto kKind = FixKind::Login;
    core::Login login;
    std::optional<bool> keep;
    QString origin;
    bool operator==(const Login &) const = default;
};
struct OtherFolder {
    static constexpr auto kKind = FixKind::OtherFolder;
    QString folder;
    bool operator==(const OtherFolder &) const = default;
};
struct CreateFolder {
    static constexpr auto kKind = FixKind::CreateFolder;
    bool operator==(const CreateFolder &) const = default;
};
struct OtherName {
    static constexpr auto kKind = FixKind::OtherName;
    QString name;
    std::optional<int> fileIndex;
    bool operator==(const OtherName &) const = default;
};
struct KeepBoth {
    static constexpr auto kKind = FixKind::KeepBoth;
    std::optional<int> fileIndex;
    bool operator==(const KeepBoth &) const = default;
};
struct Replace {
    static constexpr auto kKind = FixKind::Replace;
    std::optional<int> fileIndex;
    bool operator==(const Replace &) const = default;
};
struct Restart {
    static constexpr auto kKind = FixKind::Restart;
    std::optional<int> fileIndex;
    bool operator==(const Restart &) const = default;
};
/// Of every file of the job that has no final name yet.
struct Recheck {
    static constexpr auto kKind = FixKind::Recheck;
    bool operator==(const Recheck &) const = default;
};
struct TrustCertificate {
    static constexpr auto kKind = FixKind::TrustCertificate;
    QByteArray sha256Hex;
    QString origin;
    bool operator==(const TrustCertificate &) const = default;
};
/// With name and password where the proxy wants them; noProxy() for none, empty as the environment
/// says.
struct Proxy {
    static constexpr auto kKind = FixKind::Proxy;
    QUrl proxy;
    std::optional<bool> keep;
    bool operator==(const Proxy &) const = default;
};
struct AllowInsecure {
    static constexpr auto kKind = FixKind::AllowInsecure;
    bool operator==(const AllowInsecure &) const = default;
};
struct OtherHash {
    static constexpr auto kKind = FixKind::OtherHash;
    std::optional<ExpectedHash> hash;
    std::optional<int> fileIndex;
    bool operator==(const OtherHash &) const = default;
};
struct Accept {
    static constexpr auto kKind = FixKind::Accept;
    std::optional<int> fileIndex;
    bool operator==(const Accept &) const = default;
};
struct Unpack {
    static constexpr auto kKind = FixKind::Unpack;
    std::optional<int> fileIndex;
    bool operator==(const Unpack &) const = default;
};
struct SkipFile {
    static constexpr auto kKind = FixKind::SkipFile;
    std::optional<int> fileIndex;
    bool operator==(const SkipFile &) const = default;
};

/// An absolute path. What was sent before goes on if size and time say that it is the same file.
struct OtherSource {
    static constexpr auto kKind = FixKind::OtherSource;
    QString path;
    bool operator==(const OtherSource &) const = default;
};
/// What was sent in the way of before is of no use.
struct OtherProtocol {
    static constexpr auto kKind = FixKind::OtherProtocol;
    UploadProtocol protocol = UploadProtocol::Put;
    bool operator==(const OtherProtocol &) const = default;
};

} // namespace fix

/// A repair as a value: given to resume(ids, fixes), applied by the engine before the job is
/// queued.
using Fix =
    std::variant<fix::Retry, fix::NewLink, fix::Headers, fix::Login, fix::OtherFolder,
                 fix::CreateFolder, fix::OtherName, fix::KeepBoth, fix::Replace, fix::Restart,
                 fix::Recheck, fix::SkipFile, fix::TrustCertificate, fix::Proxy, fix::AllowInsecure,
                 fix::OtherHash, fix::Accept, fix::Unpack, fix::OtherSource, fix::OtherProtocol>;
using Fixes = QList<Fix>;

/// What the person does elsewhere, or leaves to time: there is nothing to tell the engine.
inline constexpr std::array kFixesWithoutValue{FixKind::FreeSpace, FixKind::Wait};

template <typename... Fixes>
[[nodiscard]] consteval bool everyFixHasItsKind(const std::variant<Fixes...> * /*type*/)
{
    return std::ranges::all_of(kFixKinds, [](FixKind kind) {
        const auto values = (int(Fixes::kKind == kind) + ...);
        return values + std::ranges::count(kFixesWithoutValue, kind) == 1;
    });
}
static_assert(everyFixHasItsKind(static_cast<const Fix *>(nullptr)),
              "each kind is one of the structs, or one of kFixesWithoutValue");

[[nodiscard]] constexpr FixKind kindOf(const Fix &fix)
{
    return std::visit([](const auto &each) { return each.kKind; }, fix);
}

/// Whether it is one of those that are for one file.
[[nodiscard]] inline bool canNameFile(const Fix &fix)
{
    return std::visit(
        [](const auto &each) {
            return requires
            {
                each.fileIndex;
            };
        },
        fix);
}

/// The file that the repair names; nothing where it names none.
[[nodiscard]] inline std::optional<int> fileOf(const Fix &fix)
{
    return std::visit(
        [](const auto &each) -> std::optional<int> {
            if constexpr (requires { each.fileIndex; }) {
                return each.fileIndex;
            } else {
                return std::nullopt;
            }
        },
        fix);
}

/// The server that the repair names; empty where it names none.
[[nodiscard]] inline QString originIn(const Fix &fix)
{
    return std::visit(
        [](const auto &each) {
            if constexpr (requires { each.origin; }) {
                return each.origin;
            } else {
                return QString();
            }
        },
        fix);
}

/// Whether it is one of those that are for one server.
[[nodiscard]] inline bool canNameOrigin(const Fix &fix)
{
    return std::visit(
        [](const auto &each) {
            return requires
            {
                each.origin;
            };
        },
        fix);
}

/// Where it is for one server.
inline void setOrigin(const QString &origin, Fix *fix)
{
    std::visit(
        [&origin](auto &each) {
            if constexpr (requires { each.origin; }) {
                each.origin = origin;
            }
        },
        *fix);
}

/// Whether the secrets of the job are put into the keyring from now on; absent: as before.
[[nodiscard]] inline std::optional<bool> keepIn(const Fix &fix)
{
    return std::visit(
        [](const auto &each) -> std::optional<bool> {
            if constexpr (requires { each.keep; }) {
                return each.keep;
            } else {
                return std::nullopt;
            }
        },
        fix);
}

/// Where the repair has secrets.
inline void setKeep(std::optional<bool> keep, Fix *fix)
{
    std::visit(
        [keep](auto &each) {
            if constexpr (requires { each.keep; }) {
                each.keep = keep;
            }
        },
        *fix);
}

/// The same as far as it changes what is asked of a server.
[[nodiscard]] inline Fixes asAsked(Fixes fixes)
{
    for (Fix &fix : fixes) {
        setKeep(std::nullopt, &fix);
    }
    return fixes;
}

} // namespace core

Q_DECLARE_METATYPE(core::Fix)
