// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace core {

/// The file name a Content-Disposition proposes (RFC 6266; filename* by RFC 8187 wins over
/// filename), and the broken forms servers send: raw UTF-8, percent-encoded plain filename,
/// semicolons in quotes, backslashes, missing quotes, RFC 2047 words. Not yet safe: give it to
/// safeFileName(). Total; nothing when no name can be read.
[[nodiscard]] std::optional<QString> fileNameIn(const QByteArray &contentDisposition);

} // namespace core
