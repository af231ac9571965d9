// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/usage_error.h"
#include "core/http/link.h"
#include "core/job/job_id.h"
#include "core/job/job_spec.h"

#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace cli {

/// What to do when a job stops and needs a person.
enum class OnError { Stop, Cancel, Complete, Ask };

/// What to do when the server has a file of that name.
enum class IfExists { Replace, Fail, Ask };

/// One file of a job as a person names it: its number, from 1, or its name.
struct FileReference {
    std::optional<int> index; ///< from 0
    QString name;

    bool operator==(const FileReference &) const = default;
};

// Each of these reads one value as typed, or says in a sentence what would be understood.

/// "500K", "1.5M", "800000": bytes a second; K, M and G are decimal. 0 means no limit.
[[nodiscard]] Parsed<std::optional<qint64>> parseRate(const QString &typed);
/// Seconds with or without a fraction, up to 30 days.
[[nodiscard]] Parsed<std::chrono::milliseconds> parseSeconds(const QString &typed);
/// "sha256:…", or digits whose number tells the algorithm.
[[nodiscard]] Parsed<core::ExpectedHash> parseHash(const QString &typed);
/// The same, or "none": nothing is to be compared.
[[nodiscard]] Parsed<std::optional<core::ExpectedHash>> parseHashOrNone(const QString &typed);
/// 64 hexadecimal digits, with or without colons; lower case without them.
[[nodiscard]] Parsed<QByteArray> parseTrustCert(const QString &typed);
[[nodiscard]] Parsed<core::Priority> parsePriorityOption(const QString &typed);
/// keep-both, replace, skip or fail.
[[nodiscard]] Parsed<core::ExistingFile> parseExisting(const QString &typed);
/// replace, fail or ask: of an upload. Whether somebody is asked is another question.
[[nodiscard]] Parsed<IfExists> parseIfExists(const QString &typed);
/// auto, put or tus.
[[nodiscard]] Parsed<core::UploadProtocol> parseProtocol(const QString &typed);
[[nodiscard]] Parsed<OnError> parseOnError(const QString &typed);
/// 1 to 32.
[[nodiscard]] Parsed<int> parseConnections(const QString &typed);
/// http or socks5, with a host and without a login; "host:port" is one of http. "direct" is
/// core::noProxy(), "system" an empty address.
[[nodiscard]] Parsed<QUrl> parseProxy(const QString &typed);
/// The address with the login in it, as jobs keep it in memory.
[[nodiscard]] QUrl withLogin(QUrl proxy, const core::Login &login);
/// A link as it stands on a command line, as text: where it is not UTF-8 its bytes are
/// percent-encoded, so that the server is asked for just these.
[[nodiscard]] QString linkText(const QByteArray &typed);
/// core::parseTarget() and its sentence.
[[nodiscard]] Parsed<core::Link> parseTarget(const QString &typed);
/// core::parseLink() and its sentence.
[[nodiscard]] Parsed<core::Link> parseTypedLink(const QString &typed);
/// One path component.
[[nodiscard]] Parsed<QString> parseFileName(const QString &typed);
/// The same on a server.
[[nodiscard]] Parsed<QString> parseRemoteName(const QString &typed);
/// A user name as it can stand in Basic credentials (RFC 7617: no colon, no control characters),
/// given with this option.
[[nodiscard]] Parsed<QString> parseUser(const QString &option, const QString &typed);
/// "Name: value", of a field that a job may set.
[[nodiscard]] Parsed<core::HeaderField> parseHeader(const QString &typed);
[[nodiscard]] Parsed<FileReference> parseFileReference(const QString &typed);
/// Numbers of jobs, each once, in the order given.
[[nodiscard]] Parsed<core::JobIds> parseJobIds(const QStringList &typed);

} // namespace cli
