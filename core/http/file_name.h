// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace core {

inline constexpr int kMaxFileNameBytes = 255;
/// Room left for ".part" and the number of a second part.
inline constexpr int kFileNameReserveBytes = 16;

/// Makes one path component out of whatever was proposed: the part after the last slash or
/// backslash, without control, bidirectional and zero-width characters (joiners stay where they are
/// needed), without leading dots,
/// trailing dots and spaces, or characters other systems forbid; reserved device names get an
/// underscore; at most 255 bytes of UTF-8 less the reserve, the extension kept. Empty when nothing
/// is left. Idempotent.
[[nodiscard]] QString safeFileName(const QString &proposed);

/// The last path segment of the address, decoded and made safe; empty when it has none.
[[nodiscard]] QString fileNameFrom(const QUrl &url);

/// What to call a file before any response: by its address, else by its server.
[[nodiscard]] QString nameBefore(const QUrl &url);

/// The name of a downloaded file: what Content-Disposition says, else the final address, else the
/// first address, else "download".
[[nodiscard]] QString chooseFileName(const QByteArray &contentDisposition, const QUrl &finalUrl,
                                     const QUrl &firstUrl);

/// The name with the extension that files of this Content-Type usually have, where it has none and
/// the type says what the file is.
[[nodiscard]] QString withUsualExtension(const QString &fileName, const QByteArray &contentType);

/// "a.tar.gz", 2 -> "a (2).tar.gz": for keeping both.
[[nodiscard]] QString numbered(const QString &fileName, int number);

} // namespace core
