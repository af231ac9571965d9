// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace core {

/// %XX as the byte it means; a percent sign before anything else stays as it is.
[[nodiscard]] QByteArray percentDecoded(QByteArrayView text);

/// Whether there are percent signs, and each has two hexadecimal digits behind it.
[[nodiscard]] bool isPercentEncoded(QByteArrayView text);

} // namespace core
