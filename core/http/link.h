// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

#include <tl/expected.hpp>

namespace core {

/// Longer addresses are refused; servers refuse them too. The limit of a job (kMaxUrlLength).
inline constexpr int kMaxLinkLength = 8'192;

enum class LinkRefusal { Empty, ControlCharacter, TooLong, NotHttp, NoHost, Malformed, Fragment };

/// An address that may be fetched: absolute, http or https, with a host. A name and password that
/// stood in it are taken out and given apart, so that no URL of ours ever carries them.
struct Link {
    QUrl url;
    QString user;
    QString password;
    bool isSchemeGuessed = false; ///< none was typed: https, and http if that is not to be had

    bool operator==(const Link &) const = default;
};

/// The one door by which an address typed, pasted, listed or imported comes in. Surrounding white
/// space is forgiven, spaces inside are percent-encoded as browsers do; a host that ends in a
/// number must be a valid IPv4 address.
[[nodiscard]] tl::expected<Link, LinkRefusal> parseLink(QStringView typed);

/// The same for what a person has typed as a link and nothing else: "example.org/a.iso" will do.
[[nodiscard]] tl::expected<Link, LinkRefusal> parseTypedLink(QStringView typed);

/// The same for where a file is to be sent to: without a fragment, of which no server is told.
[[nodiscard]] tl::expected<Link, LinkRefusal> parseTarget(QStringView typed);

/// The address of a file of this name in a folder, whose address ends in a slash.
[[nodiscard]] QUrl addressIn(QUrl folder, const QString &fileName);

/// What was typed as it may be quoted: on one line, cut to 80 characters, and without a login.
[[nodiscard]] QString quotableLink(QStringView typed);

} // namespace core
