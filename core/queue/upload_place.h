// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

namespace core {

/// Where on which server a file is put, as far as addresses tell: two that are equal are taken for
/// one place, however they are written. To be compared, and asked by nobody.
struct UploadPlace {
    QString server; ///< with its port where that is neither of http nor of https
    QString path;
    QString query; ///< without what signs a link

    bool operator==(const UploadPlace &) const = default;
};

/// http and https of a server lead to the same files, as do the names of this computer. Dot
/// segments and empty ones mean nothing (RFC 3986, 6.2.2; servers merge slashes), nor does which
/// characters are encoded. What would have to be asked, which names lead to one address and where
/// a server leads on to, is not looked at: an answer may be another one a moment later.
[[nodiscard]] UploadPlace uploadPlace(const QUrl &address);

} // namespace core
