// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace core {

/// Whether the value is a well-formed strong entity tag (RFC 9110, 8.8.3): quoted, without W/.
[[nodiscard]] bool isStrongEntityTag(QByteArrayView value);

/// The value to send as If-Range (RFC 9110, 13.1.5): the ETag when it is strong and
/// names something ("" is sent by servers that give every file the same one), else the Last-Modified
/// when there is no ETag and it is 60 s older than the Date of the response (8.8.2.2), else empty: then
/// nothing the server says proves that the file is the same.
[[nodiscard]] QByteArray ifRangeValue(const QByteArray &etag, const QByteArray &lastModified,
                                      const QByteArray &date);

} // namespace core
