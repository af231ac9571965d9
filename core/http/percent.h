// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace core {

/// %XX as the byte it means; a percent sign before anything else stays as it is.
[[nodiscard]] QByteArray percentDecoded(QByteArrayView text);

/// Whether there are percent signs, and each has two hexadecimal digits behind it.
[[nodiscard]] bool isPercentEncoded(QByteArrayView text);

/// Bytes of unknown coding: UTF-8 when they are that, else ISO-8859-1.
[[nodiscard]] QString textOf(QByteArrayView bytes);

} // namespace core
