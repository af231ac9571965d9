// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace core {

/// Which version of the remote file our bytes belong to: the validators of RFC 9110, section 8.8,
/// as they were received. Empty fields were not sent.
struct Validator {
    QByteArray etag;         ///< with quotes, and W/ where the server said so
    QByteArray lastModified; ///< the field value, unparsed
    QByteArray date;         ///< the Date field of the same response, to judge lastModified

    [[nodiscard]] bool isEmpty() const { return etag.isEmpty() && lastModified.isEmpty(); }
    bool operator==(const Validator &) const = default;
};

} // namespace core
