// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download.h"
#include "core/transfer/exchange/held_exchanges.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/file/file_transfer.h"
#include "core/transfer/range_manners.h"
#include "core/transfer/segments.h"

namespace core {

/// One attempt at a download while it runs: a file, and the exchanges that bring it. Lives in the
/// frame of attemptDownload(), which awaits every step that is given it.
struct DownloadFrame {
    DownloadFrame(TransferWorld given, DownloadOrder what, std::stop_token token,
                  AttemptEvents events)
        : world(given)
        , order(std::move(what))
        , stop(std::move(token))
        , connection(&world.managers->hosts(), originOf(order.url), order.file.job,
                     HostConnections::Rank::First)
        , file(world.clock, world.volumes, order.target, order.limits.syncEvery, std::move(events))
        , segments(world, &order, &file, stop)
        , asksPlainly(world.manners->of(order.file.job, order.url) == RangeManner::Refuses)
    {
    }

    TransferWorld world;
    DownloadOrder order;
    std::stop_token stop;
    HostConnections::Use connection; ///< of `exchange`
    FileTransfer file;
    RangeLease lease;  ///< what `exchange` is to bring
    Segments segments; ///< what others bring beside it
    std::shared_ptr<AttemptSession> session = std::make_shared<AttemptSession>();
    std::unique_ptr<Exchange> exchange; ///< the one under way, or the last one
    bool asksPlainly;                   ///< without Range, from now on
    bool hasTriedAnother = false;       ///< once, a slow connection is given up for another one

    [[nodiscard]] KnownVersion known() const
    {
        const QString &name = file.facts().name;
        return {.held = file.held(),
                .sizeBytes = file.facts().sizeBytes,
                .validator = file.facts().validator,
                .name = name.isEmpty() ? order.url.path() : name,
                .acceptance = order.target.acceptance};
    }
    /// Whether what is held can be proven to be of the version that comes before new bytes are
    /// written beside it: by the validator, or by comparing what lies before them.
    [[nodiscard]] bool canGoOn() const
    {
        const RangeSet &held = file.held();
        return held.isEmpty() || held.prefixBytes() > 0 || isProof(file.facts().validator);
    }
    /// Begins the exchange that asks for this, or takes up the one that a check has left; the one
    /// before is over.
    void ask(ContentAsk content, bool readsAhead = false)
    {
        if (asksPlainly) {
            content.range.reset();
        }
        ExchangeOrder asked{.job = order.file.job,
                            .url = order.url,
                            .options = order.options,
                            .content = std::move(content),
                            .limits = order.limits.exchange,
                            .readsAhead = readsAhead,
                            .session = session};
        exchange = world.held->take(order.file, asked);
        if (exchange) {
            session = exchange->order().session;
            exchange->obey(stop);
        } else {
            exchange =
                std::make_unique<Exchange>(world.clock, world.managers, std::move(asked), stop);
        }
    }
};

} // namespace core
