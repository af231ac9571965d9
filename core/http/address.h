// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace core {

// What typed links and Location fields have in common. QUrl reads some addresses differently from
// the browser they were copied from, and lets some hosts pass that are none; these rules close the
// gaps, so that we never go to another host than the one a person reads.

/// As browsers read http and https addresses: a backslash before the query is a slash. Otherwise
/// "http://a\@b" would lead to b here and to a there.
[[nodiscard]] QString withForwardSlashes(QStringView address);
/// A percent sign before anything but two hexadecimal digits becomes "%25". With one such sign QUrl
/// takes all of them for plain text, and encodes the good escapes again.
[[nodiscard]] QString withoutStrayPercents(const QString &address);

/// The authority as written in an absolute or "//host" reference, nothing where there is none.
[[nodiscard]] std::optional<QStringView> writtenAuthority(QStringView address);

/// The part of an authority behind the userinfo.
[[nodiscard]] QStringView hostAndPort(QStringView authority);

/// Whether the host of an address is a name or number that means one thing only: labels and length
/// as DNS has them, Punycode that decodes, a port above 0, and numbers only as an IPv4 address of
/// four decimal parts that is written as it is read (127.1 and 0177.0.0.1 are not).
[[nodiscard]] bool hasClearHost(const QUrl &url, QStringView authority);

[[nodiscard]] bool isHttpScheme(QStringView scheme);

} // namespace core
