// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

namespace core {

/// The file names a Content-Disposition proposes, the best first (RFC 6266; filename* by RFC 8187
/// wins over filename), and the broken forms servers send: raw UTF-8, percent-encoded plain
/// filename, semicolons in quotes, backslashes, missing quotes, RFC 2047 words. A broken filename*
/// comes after a good filename, and a second field after the first. Not yet safe: give them to
/// safeFileName(). Total; empty when no name can be read.
[[nodiscard]] QStringList fileNamesIn(const QByteArray &contentDisposition);

} // namespace core
