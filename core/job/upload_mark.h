// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"
#include "core/job/expected_hash.h"
#include "core/job/validator.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace core {

/// How a file is handed to a server.
enum class UploadProtocol {
    Auto, ///< tus where the address says that it speaks it, else PUT
    Put,  ///< one request with the whole file (RFC 9110, 9.3.4); WebDAV, object stores
    Tus,  ///< piece by piece, and on from where it broke off (tus.io, version 1.0)
};
template <>
struct EnumRows<UploadProtocol> {
    static constexpr std::array rows{
        EnumRow{UploadProtocol::Auto, "Auto"},
        EnumRow{UploadProtocol::Put, "Put"},
        EnumRow{UploadProtocol::Tus, "Tus"},
    };
};

/// A local file as it was when it was looked at. One that differs later was changed meanwhile.
struct SourceStamp {
    qint64 sizeBytes = 0;
    QString modified; ///< seconds and nanoseconds since 1970
    QString fileId;   ///< device and inode; empty: whichever file a person has named

    bool operator==(const SourceStamp &) const = default;
};

/// What a server says of the file at an address.
struct RemoteCopy {
    bool exists = false;
    std::optional<qint64> sizeBytes;
    QByteArray etag;
    QByteArray lastModified;
    QByteArray date; ///< of the answer, by the clock of the server

    bool operator==(const RemoteCopy &) const = default;
};

/// What is known of an upload beside the bytes that the server has confirmed.
struct UploadMark {
    UploadProtocol protocol = UploadProtocol::Auto; ///< that is spoken; Auto: not found out yet
    std::optional<SourceStamp> source;              ///< of what was sent so far
    std::optional<ExpectedHash> proven;             ///< that this very source was found to have
    std::optional<RemoteCopy> before; ///< PUT: what there was before the first byte was sent
    bool isUnanswered = false;        ///< PUT: all was sent, and no answer came
    QUrl resource; ///< tus: the unfinished upload; of a file that is whole: where it is now

    bool operator==(const UploadMark &) const = default;
};

} // namespace core
