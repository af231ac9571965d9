// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/source_file.h"
#include "core/transfer/exchange/exchange.h"
#include "core/transfer/source_body.h"
#include "core/transfer/step_result.h"
#include "core/transfer/transfer_world.h"
#include "core/transfer/upload_order.h"

#include <stop_token>

namespace core {

/// One attempt at an upload while it runs: a local file that is open, and the exchange that takes
/// it. Lives in the frame of attemptUpload(), which awaits every step that is given it.
struct UploadFrame {
    UploadFrame(TransferWorld given, UploadOrder what, std::stop_token token, UploadEvents tells)
        : world(given)
        , order(std::move(what))
        , stop(std::move(token))
        , events(std::move(tells))
        , mark(order.known)
        , confirmedBytes(order.confirmedBytes)
    {
    }

    TransferWorld world;
    UploadOrder order;
    std::stop_token stop;
    UploadEvents events;
    std::function<void()> allGiven; ///< PUT: the last byte went out
    JobError lost;                  ///< what there was in place of an answer, when all was sent
    UploadMark mark;                ///< as it is known now
    qint64 confirmedBytes;          ///< from the first byte on
    QByteArrayList wantedDigests;   ///< fields in which the server wants a SHA-256 of the file
    Volume *volume = nullptr;       ///< of the local file
    bool isAnotherFile = false;     ///< than the one that was sent before
    QUrl outdated;                  ///< tus: what the server has of that one
    OpenSource source;              ///< once it is open
    std::shared_ptr<AttemptSession> session = std::make_shared<AttemptSession>();
    SourceBodyPtr body;                 ///< before what reads it
    std::unique_ptr<Exchange> exchange; ///< the one under way, or the last one

    [[nodiscard]] qint64 sizeBytes() const { return source->stamp.sizeBytes; }
    /// Begins an exchange; the one before is over.
    void begin(ExchangeOrder asked, std::stop_token until)
    {
        asked.job = order.file.job;
        asked.options = order.options;
        asked.session = session;
        exchange = std::make_unique<Exchange>(world.clock, world.managers, std::move(asked),
                                              std::move(until));
    }
    /// Ready once what is known is stored, or could not be.
    [[nodiscard]] QFuture<bool> tell() const { return events.learned(mark, sizeBytes()); }
    void confirm(qint64 bytes)
    {
        confirmedBytes = bytes;
        events.confirmed(bytes);
    }
};

} // namespace core
