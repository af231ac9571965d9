// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace core {

/// Whether the text holds something of the form =?charset?coding?text?=.
[[nodiscard]] bool hasEncodedWord(QByteArrayView text);

/// Text with the encoded words of RFC 2047 decoded; white space between two of them goes, and a
/// character may be split between them. Nothing when one of them cannot be read.
[[nodiscard]] std::optional<QString> decodedWords(QByteArrayView text);

} // namespace core
