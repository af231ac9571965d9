// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

namespace core {

/// One parameter of a field: what stands in "; name=value", unquoted.
struct HeaderParameter {
    QByteArray name; ///< lower case
    QByteArray value;
    bool isQuoted = false;

    bool operator==(const HeaderParameter &) const = default;
};

/// The parameters behind the first word of a field such as Content-Disposition, in order. Forgives
/// what servers get wrong: no first word, no semicolon behind it, white space around "=", a quote
/// that is missing or not escaped, a backslash that escapes nothing, several fields in one.
[[nodiscard]] QList<HeaderParameter> parseHeaderParameters(QByteArrayView field);

} // namespace core
