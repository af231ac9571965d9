// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download.h"
#include "core/transfer/exchange/exchange.h"
#include "core/transfer/file/file_transfer.h"
#include "core/transfer/range_manners.h"

namespace core {

/// One attempt at a download while it runs: a file, and the exchange that brings it. Lives in the
/// frame of attemptDownload(), which awaits every step that is given it.
struct DownloadFrame {
    DownloadFrame(TransferWorld given, DownloadOrder what, std::stop_token token,
                  AttemptEvents events)
        : world(given)
        , order(std::move(what))
        , stop(std::move(token))
        , file(world.clock, world.volumes, order.target, order.limits.syncEvery, std::move(events))
        , asksPlainly(world.manners->of(order.file.job, order.url) == RangeManner::Refuses)
    {
    }

    TransferWorld world;
    DownloadOrder order;
    std::stop_token stop;
    FileTransfer file;
    std::shared_ptr<AttemptSession> session = std::make_shared<AttemptSession>();
    std::optional<Exchange> exchange; ///< the one under way, or the last one
    bool asksPlainly;                 ///< without Range, from now on
    bool hasTriedAnother = false;     ///< once, a slow connection is given up for another one

    [[nodiscard]] KnownVersion known() const
    {
        const QString &name = file.facts().name;
        return {.held = file.held(),
                .sizeBytes = file.facts().sizeBytes,
                .validator = file.facts().validator,
                .name = name.isEmpty() ? order.url.path() : name,
                .acceptance = order.target.acceptance};
    }
    /// Begins the exchange that asks for this; the one before is over.
    void ask(ContentAsk content)
    {
        if (asksPlainly) {
            content.range.reset();
        }
        exchange.emplace(world.clock, world.managers,
                         ExchangeOrder{.job = order.file.job,
                                       .url = order.url,
                                       .options = order.options,
                                       .content = std::move(content),
                                       .limits = order.limits.exchange,
                                       .session = session},
                         stop);
    }
};

} // namespace core
