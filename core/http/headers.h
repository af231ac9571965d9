// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>
#include <utility>

namespace core {

/// A field name of RFC 9110, 5.1: a non-empty token.
[[nodiscard]] bool isFieldName(QByteArrayView name);
/// A field value that is safe to send: no control characters but tab, no line break, no NUL
/// (RFC 9110, 5.5).
[[nodiscard]] bool isFieldValue(QByteArrayView value);

/// "Name: value" as typed; nothing when either part is not one.
[[nodiscard]] std::optional<std::pair<QByteArray, QByteArray>> parseHeaderLine(QByteArrayView line);

/// The value of a field, several of the same name joined by ", " (RFC 9110, 5.3); nothing when it
/// is absent.
[[nodiscard]] std::optional<QByteArray>
fieldValue(const QList<std::pair<QByteArray, QByteArray>> &fields, QByteArrayView name);

/// Fields that a job may not set because the transfer owns them: Range, If-Range, Host, …
[[nodiscard]] bool isReservedFieldName(QByteArrayView name);

/// The value as it may be sent: a Referer goes without the login and the fragment of its address
/// (RFC 9110, 10.1.3).
[[nodiscard]] QByteArray valueToSend(QByteArrayView name, const QByteArray &value);

/// Whether the value of such a field is a secret: it stays in memory and out of logs and reports.
[[nodiscard]] bool isSecretFieldName(QByteArrayView name);

} // namespace core
