// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/volume.h"
#include "core/transfer/certificate_check.h"
#include "core/transfer/download.h"
#include "core/transfer/reply_ptr.h"
#include "core/transfer/response_head.h"
#include "core/transfer/watchdog.h"

#include <stop_token>

namespace core {

/// What one attempt knows and holds: its steps read and change it.
struct AttemptFacts {
    AttemptFacts(TransferWorld given, DownloadOrder what, std::stop_token token,
                 AttemptEvents tell);

    TransferWorld world;
    DownloadOrder order;
    std::stop_token stop;
    AttemptEvents events;
    Watchdog watchdog;

    Volume *volume = nullptr;
    std::optional<PartHandle> part;
    PartIdentity identity;
    QString name;
    std::optional<qint64> sizeBytes;
    std::optional<ExpectedHash> promisedHash;
    Validator validator;        ///< of the bytes we have
    Validator offeredValidator; ///< of the response that is being read
    qint64 haveBytes = 0;       ///< prefix written or being written
    qint64 durableBytes = 0;
    bool asRange = true;
    SizeSource sizeSource = SizeSource::Stated;

    QUrl hop; ///< the address that is asked
    ReplyPtr reply;
    CertificateCheck certificates;
    ResponseHead head;
    QList<QUrl> redirects;
};

} // namespace core
