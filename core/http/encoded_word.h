// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace core {

/// Bytes in the coding of that name: UTF-8, US-ASCII or ISO-8859-1; nothing for other codings and
/// for bytes that are not of it.
[[nodiscard]] std::optional<QString> decodedAs(QByteArrayView charset, QByteArrayView bytes);

/// Whether the text holds something of the form =?charset?coding?text?=.
[[nodiscard]] bool hasEncodedWord(QByteArrayView text);

/// Text with the encoded words of RFC 2047 decoded; white space between two of them goes, and a
/// character may be split between them. Nothing when one of them cannot be read.
[[nodiscard]] std::optional<QString> decodedWords(QByteArrayView text);

} // namespace core
