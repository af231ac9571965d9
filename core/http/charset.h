// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace core {

/// Bytes in the coding of that name, in whatever spelling: UTF-8, and those that the Encoding
/// Standard has for files of before. ISO-8859-1 means windows-1252, as everywhere on the web.
/// Nothing for other codings, and for bytes that are not of it.
[[nodiscard]] std::optional<QString> decodedAs(QByteArrayView charset, QByteArrayView bytes);

/// Bytes of unknown coding: UTF-8 when they are that, else windows-1252.
[[nodiscard]] QString textOf(QByteArrayView bytes);

} // namespace core
