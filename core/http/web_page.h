// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace core {

/// As much of a body as is looked at to tell whether it is a web page, and which.
inline constexpr qint64 kSniffedBytes = qint64(16) * 1024;

/// Whether a Content-Type says that this is a web page.
[[nodiscard]] bool isWebPageType(QByteArrayView contentType);

/// Whether the bytes begin as a web page does, after white space, a byte order mark and comments
/// (the WHATWG rules for HTML of mimesniff, 7.1, less what a text file may begin with as well).
[[nodiscard]] bool beginsAsWebPage(const QByteArray &bytes);

/// Whether the page has a field for a password: it is one to sign in.
[[nodiscard]] bool asksForPassword(const QByteArray &html);

/// Whether a file of this name is something else than a web page as far as the name can tell: it
/// has an ending, and not one of those that pages have. "film.mp4" is, "index.html", "view.php" and
/// "download" are not.
[[nodiscard]] bool isNameOfFile(const QString &name);

/// The title of a web page as one line of plain text, for a person to see what came in place of a
/// file: without markup, control and direction characters, at most 120 characters; empty when the
/// page has none. Total: any bytes may be given.
[[nodiscard]] QString pageTitle(const QByteArray &html);

} // namespace core
