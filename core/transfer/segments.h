// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/attempt.h"
#include "core/transfer/connection_count.h"
#include "core/transfer/download.h"
#include "core/transfer/exchange/host_connections.h"
#include "core/transfer/file/file_transfer.h"
#include "core/transfer/segment_plan.h"

#include <QCoroTask>
#include <QPromise>

#include <memory>
#include <vector>

namespace core {

/// The connections of one attempt beside its first one. Once the answer to that has proven size,
/// ranges and version, each of them fetches a piece that nobody does, or takes over a share of what
/// would take longest. Nothing is taken from a connection before the answer is there that brings
/// it: a link that works once, or no more, is used to its end. What one of them is refused is its
/// own affair: it is given up, the host is asked for fewer from then on, and the others go on.
/// Every piece passes the same gate: the very range that was asked for, of a file of the same size
/// and validator, in no coding. Belongs to the frame of the attempt, which awaits finish() before
/// it ends.
class Segments {
public:
    Segments(TransferWorld world, const DownloadOrder *order, FileTransfer *file,
             std::stop_token stop);

    /// The first connection reads this body from now on. What it has not come to may be fetched by
    /// others, where the head and the plan prove enough.
    void begin(Exchange *first, const BodyPlan &plan, RangeLease lease);
    /// The first connection is done with its lease, however that went. Ready when the others are,
    /// too: nothing is in flight then, but bytes may be missing.
    [[nodiscard]] QCoro::Task<> finish();
    /// Ends them all soon, and begins no more in this attempt.
    void stop() { m_stop.request_stop(); }

private:
    struct Connection {
        std::optional<ByteRange>
            asking; ///< for a share of a lease: whose it is, the answer decides
        std::optional<RangeLease> lease;
        Exchange *exchange = nullptr;  ///< of the frame that awaits it; absent when idle
        std::optional<BootTime> begun; ///< when that was; absent: it makes way for a new one
        LeaseSpeed speed;
        int losses = 0;
        bool isOver = false;
        QCoro::Task<> work; ///< none for the first one
    };

    [[nodiscard]] bool isWorthSharing(const Exchange &first, const BodyPlan &plan) const;
    [[nodiscard]] qint64 sizeBytes() const { return m_file->facts().sizeBytes.value_or(0); }
    [[nodiscard]] int countOpen() const;
    [[nodiscard]] int countServing() const;
    [[nodiscard]] bool isBehind() const;
    void giveBack(int surplus);
    void replaceSlow(BootTime now);
    [[nodiscard]] QList<Remainder> remainders() const;
    [[nodiscard]] bool mayOpenAnother() const;
    void widen();
    [[nodiscard]] std::optional<ByteRange> nextPiece(Connection *idle, qint64 leastBytes);
    [[nodiscard]] bool takeOver(Connection *connection, ByteRange piece);
    void wakeIfDone(RangeLease lease);

    [[nodiscard]] QCoro::Task<> work(Connection *connection, ByteRange piece);
    [[nodiscard]] QCoro::Task<bool> fetch(Connection *connection, ByteRange piece);
    [[nodiscard]] QCoro::Task<bool> read(Connection *connection, BodyPlan plan);
    [[nodiscard]] bool isWorthAnotherTry(Connection *connection, qint64 bytesBrought);
    [[nodiscard]] ExchangeOrder orderFor(ByteRange piece) const;

    void look();

    TransferWorld m_world;
    const DownloadOrder *m_order;
    FileTransfer *m_file;
    Origin m_host;
    std::shared_ptr<AttemptSession> m_session;
    std::vector<std::unique_ptr<Connection>> m_connections; ///< the first one first
    ConnectionCount m_count;  ///< of this file, the first one included
    bool m_isProven = false;  ///< the host has served one beside the first: till then one is tried
    bool m_hasSaidSo = false; ///< that the host refused one
    QPromise<void> m_changed;

    Alarm m_lookAlarm;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_onStop;
};

} // namespace core
