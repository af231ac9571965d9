// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/volumes.h"
#include "core/system/when_ready.h"
#include "core/transfer/download.h"
#include "core/transfer/exchange/held_exchanges.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/range_manners.h"
#include "core/transfer/throttle.h"
#include "tests/core/disk/planted.h"
#include "tests/support/http_server.h"
#include "tests/support/manual_clock.h"
#include "tests/support/run_task.h"

#include <QTemporaryDir>

/// Attempts at one file of a scripted server, without an engine around them: what they use of it,
/// and all that they tell.
class AttemptRig {
public:
    static constexpr auto kPath = "/film.bin";
    static constexpr quint64 kSeed = 7;

    [[nodiscard]] static QByteArray film(core::ByteRange range)
    {
        return patternBytes(kSeed, range.first, range.sizeBytes());
    }

    [[nodiscard]] QString partPath() const
    {
        return folder.filePath(QStringLiteral("film.bin.part"));
    }
    [[nodiscard]] QByteArray content() const { return planted::content(partPath()); }

    /// Nothing of it is there yet.
    [[nodiscard]] core::DownloadOrder order() const
    {
        core::DownloadOrder made{.url = server.url(QString::fromLatin1(kPath))};
        made.target.folder = folder.path();
        return made;
    }
    /// Bytes of the film where they are said to be held, and rubbish in between.
    [[nodiscard]] core::DownloadOrder
    order(const core::RangeSet &durable, const core::Validator &validator, qint64 sizeBytes) const
    {
        QByteArray bytes(durable.end(), '?');
        for (const core::ByteRange &range : durable.ranges()) {
            bytes.replace(range.first, range.sizeBytes(), film(range));
        }
        planted::file(partPath(), bytes, 0600);
        core::DownloadOrder made = order();
        made.target.known = {.name = QStringLiteral("film.bin"),
                             .sizeBytes = sizeBytes,
                             .validator = validator,
                             .part = planted::identity(partPath())};
        made.target.durable = durable;
        return made;
    }

    [[nodiscard]] QCoro::Task<core::AttemptOutcome> begin(core::DownloadOrder order)
    {
        const core::TransferWorld world{&clock, &managers, &throttles, &volumes, &manners, &held};
        managers.hosts().ask(order.file.job, order.options.connections);
        return core::attemptDownload(world, std::move(order), stop.get_token(), events());
    }
    core::AttemptOutcome attempt(core::DownloadOrder order)
    {
        return runFor(begin(std::move(order)), std::chrono::seconds(20)).value_or(core::Stopped{});
    }

    /// What was asked for, in the order in which it came.
    [[nodiscard]] QList<QByteArray> asked() const
    {
        QList<QByteArray> fields;
        for (const HttpRequest &request : server.requests(kPath)) {
            fields.append(request.header("Range").value_or("none"));
        }
        return fields;
    }

    QTemporaryDir folder;
    HttpServer server;
    ManualClock clock;
    core::NetworkManagerPool managers;
    core::Throttles throttles;
    core::RangeManners manners;
    core::Volumes volumes;
    core::HeldExchanges held{&clock};
    std::stop_source stop;
    qint64 received = 0;
    QList<core::RangeSet> claims;
    QList<core::Note> notes;
    core::Identification identified; ///< last
    std::optional<core::UnpackedPart> unpacked;

private:
    core::AttemptEvents events()
    {
        return {.named = [](const QString &proposed) { return proposed; },
                .noted = [this](core::Note note) { notes.append(note); },
                .identified =
                    [this](const core::Identification &what) {
                        identified = what;
                        return core::readyFuture(true);
                    },
                .copied = [](const core::PartIdentity &) { return core::readyFuture(true); },
                .unpacked =
                    [this](const core::UnpackedPart &what) {
                        unpacked = what;
                        return core::readyFuture(true);
                    },
                .arrived = [] {},
                .received = [this](qint64 bytes) { received = bytes; },
                .durable = [this](const core::RangeSet &claimed,
                                  const core::PartSeal & /*seal*/) { claims.append(claimed); },
                .rechecked = [](qint64, qint64) { QFAIL("nobody touched the part"); },
                .partLost = [] { QFAIL("the part was there"); }};
    }
};
